// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.catalog;

import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.ProtocolBuilder;
import dev.pokecheck.protocol.Setting;
import dev.pokecheck.source.CSource;
import dev.pokecheck.source.token.Complaint;
import dev.pokecheck.source.token.SourceException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A shipped file of C as a definition. To read one takes milliseconds, which a fuzzer with some scenarios must not spend on each input; so what it recorded of late for a setting is
 * kept.
 */
record Recorded(CSource file) implements Protocol.Definition {
    private static final int MOST = 256;

    /** The longest unused first. */
    private static final Map<Key, Protocol> LATELY = new LinkedHashMap<>(MOST, 0.75f, true);

    /** Settings are the same if their sites are the same objects, to which a protocol points. */
    private record Key(String name, Setting setting) {}

    @Override
    public void record(ProtocolBuilder builder) {
        file.record(builder);
    }

    /**
     * The protocol of that full name for a setting.
     *
     * @throws IllegalArgumentException if the file complains: it has no mistakes, as its tests show, so the setting is one that it is not for
     */
    Protocol protocol(String name, Setting setting) {
        Key key = new Key(name, setting);
        synchronized (LATELY) {
            Protocol known = LATELY.get(key);
            if (known == null) {
                known = record(name, setting);
                LATELY.put(key, known);
                if (LATELY.size() > MOST) {
                    LATELY.remove(LATELY.keySet().iterator().next());
                }
            }
            return known;
        }
    }

    private Protocol record(String name, Setting setting) {
        try {
            return Protocol.record(name, setting, this);
        } catch (SourceException e) {
            Complaint first = e.complaints().get(0);
            throw new IllegalArgumentException(
                    first.what() + (first.remedy().isEmpty() ? "" : "; " + first.remedy()), e);
        }
    }
}
