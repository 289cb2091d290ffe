// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.text;

import dev.pokecheck.insn.Decoder;
import dev.pokecheck.insn.Insn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A patch site: an address range and the versions of the code in it. Version 0 is there at the start; a protocol brings version
 * 1, then 2, and so on. The instructions of a version are those that control can come to from its first byte; they lie in the site. All else is
 * data, whatever it would decode to: what stands after a jump, a RET or a UD2 that nothing jumps over. A version may be a <em>probe</em>, an
 * earlier version whose first byte is INT3 for the time being, as a kprobe has it.
 */
public final class Site {
    /** The longest site, in bytes; the longest that the kernel's own tables hold is far below. */
    public static final int MAX_LENGTH = 32;

    /** The most versions of a site: sets of them are the bits of an {@code int} that is not negative. */
    public static final int MAX_VERSIONS = 31;

    private static final byte INT3 = (byte) 0xcc;
    private static final int NONE = -1;

    private final int index;
    private final String name;
    private final long address;
    private final byte[][] versions;
    private final List<List<Insn>> instructions = new ArrayList<>();
    /** Where an execution may begin: 0 first. */
    private final int[] entries;
    /** For each version, the version that it is a probe on, or -1. */
    private final int[] displaced;

    /**
     * @param index its number among the sites of a scenario, ascending by address
     * @param name its name in schedules and reports
     * @param address the address of its first byte
     * @param versions 2..31 byte sequences of one length, 1..32
     * @throws IllegalArgumentException if control can come to bytes of a version that are no whole instruction, or if there are too many
     */
    public Site(int index, String name, long address, List<byte[]> versions) {
        this(index, name, address, versions, List.of());
    }

    /**
     * A site that executions may also enter behind its first byte.
     *
     * @param furtherEntries the offsets at which they may; at each, some version has an instruction
     */
    public Site(int index, String name, long address, List<byte[]> versions, List<Integer> furtherEntries) {
        entries = IntStream.concat(IntStream.of(0), furtherEntries.stream().mapToInt(offset -> offset))
                .sorted()
                .distinct()
                .toArray();
        this.index = index;
        this.name = name;
        this.address = address;
        this.versions = versions.stream().map(byte[]::clone).toArray(byte[][]::new);
        if (versions.size() < 2) {
            throw new IllegalArgumentException(name + ": a site needs an old and a new version");
        }
        if (versions.size() > MAX_VERSIONS) {
            throw new IllegalArgumentException(name + ": " + versions.size() + " versions; a site has at most "
                    + MAX_VERSIONS + ", so use a shorter chain");
        }
        displaced = new int[this.versions.length];
        for (int v = 0; v < this.versions.length; v++) {
            if (this.versions[v].length != length() || length() < 1 || length() > MAX_LENGTH) {
                throw new IllegalArgumentException(name + ": version " + v + " has " + this.versions[v].length
                        + " bytes; all versions have one length of 1.." + MAX_LENGTH);
            }
            displaced[v] = displacedBy(v);
            instructions.add(displaced[v] < 0 ? decoded(v) : probe(instructions.get(displaced[v])));
        }
        for (int entry : entries) {
            checkEntry(entry);
        }
    }

    private void checkEntry(int offset) {
        if (offset < 0 || offset >= length()) {
            throw new IllegalArgumentException(
                    name + ": there is no entry +" + offset + "; the site has the bytes 0.." + (length() - 1));
        }
        if (IntStream.range(0, versions.length).noneMatch(v -> isBoundary(v, offset))) {
            throw new IllegalArgumentException(name + ": no version has an instruction at the entry +" + offset
                    + "; an execution can enter where one begins");
        }
    }

    private int displacedBy(int version) {
        if (versions[version][0] != INT3) {
            return NONE;
        }
        for (int v = version - 1; v >= 0; v--) {
            if (versions[v][0] != INT3
                    && Arrays.mismatch(versions[v], versions[version]) == 0
                    && Arrays.equals(versions[v], 1, length(), versions[version], 1, length())) {
                return v;
            }
        }
        return NONE;
    }

    /** INT3, then bytes inside the displaced instruction, then what stood behind it. */
    private static List<Insn> probe(List<Insn> under) {
        List<Insn> byOffset = new ArrayList<>(under);
        byOffset.set(0, Decoder.decode(new byte[] {INT3}, 0, 1, 0));
        return byOffset;
    }

    private List<Insn> decoded(int version) {
        Instructions found = new Instructions(address, versions[version], entries);
        if (found.undecoded().isPresent()) {
            throw new IllegalArgumentException(name + ": version " + version + " has no whole instruction at +"
                    + found.undecoded().getAsInt() + "; give bytes that decode to whole instructions");
        }
        return List.of(found.byOffset());
    }

    /** Its number among the sites of its scenario. */
    public int index() {
        return index;
    }

    /** Its name. */
    public String name() {
        return name;
    }

    /** The address of its first byte. */
    public long address() {
        return address;
    }

    /** Its length in bytes. */
    public int length() {
        return versions[0].length;
    }

    /** The offsets at which an execution may begin, ascending from 0. */
    public int[] entries() {
        return entries.clone();
    }

    /** The number of versions. */
    public int versions() {
        return versions.length;
    }

    /** All of them, as a set of bits. */
    public int allVersions() {
        return (int) ((1L << versions.length) - 1);
    }

    /**
     * A copy of the bytes of a version.
     *
     * @throws IllegalArgumentException if there is no such version
     */
    public byte[] bytes(int version) {
        if (version < 0 || version >= versions.length) {
            throw new IllegalArgumentException(
                    name + " has no version " + version + "; it has 0 to " + (versions.length - 1));
        }
        return versions[version].clone();
    }

    /** One byte of a version. */
    public byte at(int version, int offset) {
        return versions[version][offset];
    }

    /**
     * Whether an instruction of a version begins at an offset, 0 ≤ offset ≤ length. Where control cannot come to none does, even if the bytes
     * decode: a context that is there is in no code of that version. The end counts as a beginning.
     */
    public boolean isBoundary(int version, int offset) {
        return offset == length() || instructions.get(version).get(offset).isValid();
    }

    /** The instruction of a version that begins at an offset, or {@link Insn#INVALID}. */
    public Insn instruction(int version, int offset) {
        return instructions.get(version).get(offset);
    }

    /** Whether a version is a probe: an earlier version with INT3 as its first byte. */
    public boolean isProbe(int version) {
        return displaced[version] != NONE;
    }

    /** The versions that are a probe on the same version as this one is; if it is none, all that are no probe; as a set of bits. */
    public int versionsLike(int version) {
        int alike = 0;
        for (int v = 0; v < versions.length; v++) {
            if (displaced[v] == displaced[version]) {
                alike |= 1 << v;
            }
        }
        return alike;
    }

    /** The first byte of the version that a probe is on. */
    public byte displacedHead(int probe) {
        return versions[displaced[probe]][0];
    }

    /** What a handler has to emulate for the first instruction of a version: that instruction, or the one that a probe displaces. */
    public Insn emulated(int version) {
        return emulated(version, 0);
    }

    /** What a handler has to emulate for the instruction of a version at an offset. */
    public Insn emulated(int version, int offset) {
        return instruction(offset == 0 && isProbe(version) ? displaced[version] : version, offset);
    }

    /** The versions that have exactly these bytes as one instruction at an offset, as a set of bits. */
    public int versionsWith(int offset, byte[] insn) {
        int found = 0;
        for (int v = 0; v < versions.length; v++) {
            if (isBoundary(v, offset) && instruction(v, offset).length() == insn.length && matches(v, offset, insn)) {
                found |= 1 << v;
            }
        }
        return found;
    }

    private boolean matches(int version, int offset, byte[] insn) {
        for (int i = 0; i < insn.length; i++) {
            if (versions[version][offset + i] != insn[i]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return name;
    }
}
