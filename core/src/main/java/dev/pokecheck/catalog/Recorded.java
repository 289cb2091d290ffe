// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.catalog;

import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.ProtocolBuilder;
import dev.pokecheck.protocol.Setting;
import dev.pokecheck.source.CSource;
import dev.pokecheck.source.token.Complaint;
import dev.pokecheck.source.token.SourceException;
import dev.pokecheck.text.Site;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A shipped file of C as a definition. To read one can take longer than a search, which is not to be spent on each input of a fuzzer, or each cell of a table; so what it recorded
 * of late for a setting is kept.
 */
record Recorded(CSource file) implements Protocol.Definition {
    private static final int MOST = 256;

    /** The longest unused first. */
    private static final Map<Key, Protocol> LATELY = new LinkedHashMap<>(MOST, 0.75f, true);

    /** What a setting is: one with equal sites is the same, whatever objects they are. */
    private record Key(String name, List<Object> setting) {
        static Key of(String name, Setting setting) {
            List<Object> all = new ArrayList<>(List.of(
                    setting.cpus(),
                    setting.thread(),
                    setting.nmiWork(),
                    setting.irqs(),
                    setting.mcs(),
                    setting.widestStore()));
            for (Site site : setting.sites()) {
                all.addAll(List.of(site.name(), site.index(), site.address(), Arrays.toString(site.entries())));
                for (int version = 0; version < site.versions(); version++) {
                    all.add(HexFormat.of().formatHex(site.bytes(version)));
                }
            }
            return new Key(name, all);
        }
    }

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
        Key key = Key.of(name, setting);
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
