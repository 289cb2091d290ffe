// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import dev.pokecheck.insn.Encoder;
import dev.pokecheck.insn.NopTable;
import dev.pokecheck.text.Site;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a user writes for a site: {@code old->new}, or a longer chain {@code old->new->old}, with optional further entries {@code +k}, offsets at which
 * executions may enter it besides its first byte, and an optional {@code @offset} in its 64-byte cache line, or {@code @siteN+k}: {@code k} bytes
 * after the first byte of an earlier site, which it then overlaps. A version is a name ({@link #names}) or hex bytes. Versions shorter than the first are padded with the
 * kernel's NOPs.
 */
public final class SiteSpec {
    /** The address of the first site's cache line; further sites follow at a distance of a page. */
    private static final long TEXT = 0x81000000L;

    private static final long PAGE = 0x1000;
    private static final long LINE = 64;
    /** Functions that sites call lie far enough away that all bytes of a displacement differ between two of them. */
    private static final long FUNCTIONS = 0x82345670L;

    private static final Pattern OVERLAP = Pattern.compile("site([0-9])\\+([0-9]{1,2})");

    private static final String PROBE = "probe";

    private static final List<String> NAMES = List.of(
            "nop1..nop11",
            "call",
            "jmp32",
            "jmp8",
            "jcc32",
            "pvcall",
            "unlock",
            "ret",
            "endbr64",
            "ud2",
            "int3",
            "probe");

    private final String text;
    private final List<String> versions;
    private final List<Integer> entries;
    /** The number of the site that it overlaps; -1 if it has a cache line of its own. */
    private final int under;
    /** From the first byte of that site, or of its cache line. */
    private final int offset;

    private SiteSpec(String text, List<String> versions, List<Integer> entries, int under, int offset) {
        this.text = text;
        this.versions = versions;
        this.entries = entries;
        this.under = under;
        this.offset = offset;
    }

    /**
     * Reads a specification.
     *
     * @throws IllegalArgumentException with what is wrong and what would be right
     */
    public static SiteSpec parse(String text) {
        String body = text;
        int under = -1;
        int offset = 0;
        int at = text.lastIndexOf('@');
        if (at >= 0) {
            body = text.substring(0, at);
            Matcher overlap = OVERLAP.matcher(text.substring(at + 1));
            under = overlap.matches() ? Integer.parseInt(overlap.group(1)) : -1;
            offset = overlap.matches() ? Integer.parseInt(overlap.group(2)) : parseOffset(text, text.substring(at + 1));
        }
        List<String> parts = List.of(body.split("\\+", -1));
        List<Integer> entries =
                parts.stream().skip(1).map(entry -> parseEntry(text, entry)).toList();
        List<String> versions = List.of(parts.get(0).split("->", -1));
        if (versions.size() < 2) {
            throw new IllegalArgumentException(
                    "site \"" + text + "\" has no new version; write old->new, as in nop5->jmp32");
        }
        SiteSpec spec = new SiteSpec(text, versions, entries, under, offset);
        spec.place(0);
        return spec;
    }

    private static int parseOffset(String text, String digits) {
        if (digits.startsWith("site")) {
            throw new IllegalArgumentException("site \"" + text + "\": \"" + digits
                    + "\" is no place in another site; write siteN+k, as in nop2->jmp8@site0+3");
        }
        if (!digits.matches("[0-9]{1,2}") || Integer.parseInt(digits) >= LINE) {
            throw new IllegalArgumentException(
                    "site \"" + text + "\": the offset \"" + digits + "\" in its cache line is not 0..63");
        }
        return Integer.parseInt(digits);
    }

    private static int parseEntry(String text, String digits) {
        if (!digits.matches("[0-9]{1,2}")) {
            throw new IllegalArgumentException("site \"" + text + "\": the entry \"" + digits
                    + "\" is no offset; write +k, as in 66906690->jmp8+2");
        }
        return Integer.parseInt(digits);
    }

    /** The names that stand for instructions. */
    public static List<String> names() {
        return NAMES;
    }

    /** The text it was read from. */
    public String text() {
        return text;
    }

    /** This specification at another offset in its cache line, 0..63, where it overlaps nothing. */
    public SiteSpec at(int newOffset) {
        String entered = entries.stream().map(entry -> "+" + entry).collect(Collectors.joining());
        return parse(String.join("->", versions) + entered + (newOffset == 0 ? "" : "@" + newOffset));
    }

    /** Whether an offset in its cache line was given. */
    public boolean hasOffset() {
        return text.indexOf('@') >= 0;
    }

    /** The number of the site that it is to overlap; -1 if it has a cache line of its own. */
    public int under() {
        return under;
    }

    /** The site with a number among its scenario's, at the address that the number and the offset give where it overlaps nothing. */
    public Site place(int index) {
        return at(index, TEXT + index * PAGE + offset);
    }

    /**
     * The sites of a scenario, each at the address that its number and its offset give.
     *
     * @throws IllegalArgumentException if one is to overlap a site that it cannot
     */
    public static List<Site> placed(List<SiteSpec> specs) {
        List<Site> sites = new ArrayList<>();
        for (SiteSpec spec : specs) {
            sites.add(spec.under >= 0 ? spec.at(sites.size(), spec.over(sites)) : spec.place(sites.size()));
        }
        return sites;
    }

    /** The address at which it overlaps one of the sites before it. */
    private long over(List<Site> before) {
        String name = "sites: site" + before.size();
        if (under >= before.size()) {
            throw new IllegalArgumentException(name + " is to overlap site" + under
                    + ", but only a site with a smaller number can be overlapped; put that one first");
        }
        Site first = before.get(under);
        Site last = before.get(before.size() - 1);
        if (offset >= first.length()) {
            throw new IllegalArgumentException(name + " is to begin at " + first.name() + "+" + offset
                    + ", which has only " + first.length() + " bytes; choose an offset in it");
        }
        if (first.address() + offset < last.address()) {
            throw new IllegalArgumentException(
                    name + " would lie before " + last.name() + "; write sites in the order of their addresses");
        }
        return first.address() + offset;
    }

    private Site at(int index, long address) {
        List<byte[]> bytes = new ArrayList<>();
        for (int v = 0; v < versions.size(); v++) {
            byte[] code = versions.get(v).equals(PROBE) ? probe(bytes) : assemble(versions.get(v), address, index, v);
            if (v > 0) {
                code = pad(code, bytes.get(0).length, versions.get(v));
            }
            bytes.add(code);
        }
        return new Site(index, "site" + index, address, bytes, entries);
    }

    /** The version before, with INT3 as its first byte. */
    private byte[] probe(List<byte[]> before) {
        if (before.isEmpty()) {
            throw new IllegalArgumentException(
                    "site \"" + text + "\" begins with a probe; write what it is put on first, as in nop5->probe");
        }
        byte[] probe = before.get(before.size() - 1).clone();
        probe[0] = Encoder.int3()[0];
        return probe;
    }

    private byte[] pad(byte[] code, int length, String version) {
        if (code.length > length) {
            throw new IllegalArgumentException("site \"" + text + "\": " + version + " has " + code.length
                    + " bytes and does not fit into the " + length + " of " + versions.get(0));
        }
        byte[] padded = Arrays.copyOf(code, length);
        byte[] nops = NopTable.LINUX_6_1.pad(length - code.length);
        System.arraycopy(nops, 0, padded, code.length, nops.length);
        return padded;
    }

    /** Function {@code version} of a site; a version that occurs twice in a chain calls the same function. */
    private long function(int index, int version) {
        int first = versions.indexOf(versions.get(version));
        boolean sameNameMeansOther = first != version && versions.size() == 2;
        int number = 8 * index + (sameNameMeansOther ? version : first);
        return FUNCTIONS + 0x01010101L * (number + 1);
    }

    private byte[] assemble(String version, long address, int index, int v) {
        long target = function(index, v);
        if (version.matches("nop[0-9]{1,2}")) {
            int length = Integer.parseInt(version.substring(3));
            if (length >= 1 && length <= NopTable.LINUX_6_12.longest()) {
                return length <= NopTable.LINUX_6_1.longest()
                        ? NopTable.LINUX_6_1.nop(length)
                        : NopTable.LINUX_6_12.nop(length);
            }
        }
        return switch (version) {
            case "call" -> Encoder.call(address, target);
            case "jmp32" -> Encoder.jmp32(address, target);
            case "jmp8" -> Encoder.jmp8(address, address + 0x40);
            case "jcc32" -> Encoder.jcc32(4, address, target);
            case "pvcall" -> Encoder.callIndirectRip(address, target);
            case "unlock" -> new byte[] {(byte) 0xc6, 0x07, 0x00};
            case "ret" -> Encoder.ret();
            case "endbr64" -> Encoder.endbr64();
            case "ud2" -> Encoder.ud2();
            case "int3" -> Encoder.int3();
            default -> hex(version);
        };
    }

    private byte[] hex(String version) {
        if (!version.matches("([0-9a-fA-F]{2})+")) {
            throw new IllegalArgumentException("site \"" + text + "\": \"" + version
                    + "\" is neither hex bytes nor one of " + String.join(", ", NAMES) + Nearest.hint(version, NAMES));
        }
        byte[] bytes = new byte[version.length() / 2];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Integer.parseInt(version.substring(2 * i, 2 * i + 2), 16);
        }
        return bytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SiteSpec spec && spec.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
