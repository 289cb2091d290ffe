// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.corpus;

import dev.pokecheck.protocol.CPrinter;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.dump.Dump;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * A short text that stands for a protocol, by which a later reader notices that it has changed: {@code ir1-} and the first 16 hexadecimal digits of the
 * SHA-256 of its {@linkplain Dump canonical form}. Eight hexadecimal digits alone are of the <em>old kind</em>: the CRC-32 of the listing of {@link CPrinter},
 * which {@code show} once printed. They are still read, and compared with what that listing is now.
 */
public final class Fingerprint {
    private static final Pattern PRESENT = Pattern.compile(Pattern.quote(Dump.VERSION) + "-[0-9a-f]{16}");
    private static final Pattern OLD = Pattern.compile("[0-9a-f]{8}");
    private static final int BYTES = 8;

    private Fingerprint() {}

    /** That of a protocol. */
    public static String of(Protocol protocol) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(Dump.of(protocol).getBytes(StandardCharsets.UTF_8));
            return Dump.VERSION + "-" + HexFormat.of().formatHex(digest, 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** That of the old kind: the CRC-32 of the listing of {@link CPrinter}, in eight hexadecimal digits. */
    public static String ofText(Protocol protocol) {
        CRC32 crc = new CRC32();
        crc.update(CPrinter.print(protocol).getBytes(StandardCharsets.UTF_8));
        return String.format(Locale.ROOT, "%08x", crc.getValue());
    }

    /** Whether a fingerprint is of the old kind. */
    public static boolean isOld(String fingerprint) {
        return OLD.matcher(fingerprint).matches();
    }

    /**
     * The same text, if it is a fingerprint of either kind.
     *
     * @throws IllegalArgumentException if it is none
     */
    static String checked(String text) {
        if (!PRESENT.matcher(text).matches() && !isOld(text)) {
            throw new IllegalArgumentException("fingerprint \"" + text + "\" is not " + Dump.VERSION
                    + "- with sixteen hexadecimal digits behind it; leave the line out");
        }
        return text;
    }

    /** What to say of an entry whose protocol is no longer the one that it was written for; empty if it is, or if the entry does not tell. */
    public static Optional<String> change(Entry entry, Protocol protocol) {
        return entry.fingerprint().flatMap(saved -> change(saved, protocol));
    }

    private static Optional<String> change(String saved, Protocol protocol) {
        String now = isOld(saved) ? ofText(protocol) : of(protocol);
        if (saved.equals(now)) {
            return Optional.empty();
        }
        String what = isOld(saved) ? "the protocol, or the wording of its listing," : "the protocol";
        return Optional.of(
                what + " has changed since the entry was written (fingerprint " + saved + " then, " + now + " now)");
    }

    /** What to say of an entry that has a fingerprint of the old kind, which is that of the protocol. */
    public static Optional<String> note(Entry entry) {
        return entry.fingerprint()
                .filter(Fingerprint::isOld)
                .map(saved -> "fingerprint " + saved + " is of the old kind, and still that of the listing");
    }
}
