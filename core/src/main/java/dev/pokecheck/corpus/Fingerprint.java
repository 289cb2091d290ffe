// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.corpus;

import dev.pokecheck.protocol.CPrinter;
import dev.pokecheck.protocol.Protocol;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32;

/** A short number for the text of a protocol, by which a later reader notices that it has changed. */
public final class Fingerprint {
    private Fingerprint() {}

    /** The CRC-32 of its C-like form, in eight hexadecimal digits. */
    public static String of(Protocol protocol) {
        CRC32 crc = new CRC32();
        crc.update(CPrinter.print(protocol).getBytes(StandardCharsets.UTF_8));
        return String.format(Locale.ROOT, "%08x", crc.getValue());
    }

    /**
     * What to say of an entry whose protocol is no longer the one that it was written for; empty if it is, or if the entry does not tell.
     *
     * @param entry the entry
     * @param present the fingerprint of the protocol as it is now
     */
    public static Optional<String> change(Entry entry, String present) {
        return entry.fingerprint()
                .filter(saved -> !saved.equals(present))
                .map(saved -> "the protocol has changed since the entry was written (fingerprint " + saved + " then, "
                        + present + " now)");
    }
}
