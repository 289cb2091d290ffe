// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import dev.pokecheck.insn.Insn;
import dev.pokecheck.protocol.BranchTargets;
import dev.pokecheck.protocol.Places;
import dev.pokecheck.protocol.Setting;
import dev.pokecheck.source.lower.CObject.Kind;
import dev.pokecheck.source.type.ArrayType;
import dev.pokecheck.source.type.IntegerType;
import dev.pokecheck.text.Site;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * The bytes of the versions of sites, as constants of a file. Addresses are {@link Places}, but for functions, which lie farther from each other, and so a displacement that a file reads is the distance of two places:
 * code as it would be assembled for these addresses. To be stored to a site it becomes what it is.
 */
final class VersionBytes {
    /** Between the numbers of functions, so that a displacement that is wrong by a few bytes leads to none. */
    private static final int GAP = 11;

    private final Map<String, Version> versions = new TreeMap<>();
    /** For each site the bytes of its versions as a file reads them. */
    private final List<byte[][]> asRead = new ArrayList<>();

    private final Places places;
    private final BranchTargets targets;

    /** One version of a site. */
    record Version(Site site, int number) {}

    VersionBytes(Setting setting) {
        places = setting.places();
        targets = new BranchTargets(setting.sites(), places);
        for (Site site : setting.sites()) {
            byte[][] read = new byte[site.versions()][];
            for (int version = 0; version < read.length; version++) {
                versions.put(name(site, version), new Version(site, version));
                read[version] = inTheModel(site, version);
            }
            asRead.add(read);
        }
    }

    private static String name(Site site, int version) {
        return site.name() + " version " + version;
    }

    /** How many functions there are. */
    int functions() {
        return targets.count();
    }

    /** The address of a function. */
    int addressOf(int function) {
        return places.firstFunction() + GAP * (function + 1);
    }

    /** The place of a function. */
    int placeOf(int function) {
        return places.firstFunction() + function;
    }

    /** The address to which a branch of a site leads. */
    int target(Site site, Insn branch) {
        int place = targets.placeOf(site, branch);
        int function = place - places.firstFunction();
        return function < 0 ? place : addressOf(function);
    }

    /** A number that is the address of nothing, and beyond all addresses. */
    int beyond() {
        return addressOf(targets.count());
    }

    /** The first of the bytes of a version. */
    CPlace of(Site site, int version) {
        String name = name(site, version);
        CObject object = new CObject(name, name, new ArrayType(IntegerType.UNSIGNED_CHAR, site.length()), Kind.BYTES);
        return new CPlace(object, "", CValue.Num.of(0), site.length(), IntegerType.UNSIGNED_CHAR);
    }

    /** The version that an object has the bytes of. */
    Version version(CObject object) {
        Version version = versions.get(object.key());
        if (version == null) {
            throw new IllegalArgumentException(object.key());
        }
        return version;
    }

    /** The bytes of a version as a file reads them. */
    byte[] asRead(Site site, int version) {
        return asRead.get(site.index())[version].clone();
    }

    /** The bytes of a version with the displacements that they have between addresses of the model. */
    private byte[] inTheModel(Site site, int version) {
        byte[] code = site.bytes(version);
        for (int offset = 0; offset < site.length(); offset++) {
            Insn insn = site.instruction(version, offset);
            if (insn.isValid() && insn.kind().isRelativeBranch()) {
                int distance = target(site, insn) - places.of(site, offset + insn.length());
                int bytes = insn.length() - opcode(insn);
                for (int i = 0; i < bytes; i++) {
                    code[offset + insn.length() - bytes + i] = (byte) (distance >> (8 * i));
                }
            }
        }
        return code;
    }

    /** How many bytes of a relative branch are not its displacement. */
    private static int opcode(Insn insn) {
        return switch (insn.kind()) {
            case JMP_REL8, JCC_REL8 -> insn.length() - 1;
            default -> insn.length() - Integer.BYTES;
        };
    }

    /** What a file reads where a site has some bytes: those of a version as that reads, or else these, but for bytes that a version has there. */
    byte[] read(Site site, int offset, byte... code) {
        byte[] read = code.clone();
        for (int v = site.versions() - 1; v >= 0; v--) {
            byte[] bytes = site.bytes(v);
            byte[] seen = asRead(site, v);
            if (Arrays.equals(bytes, offset, offset + code.length, code, 0, code.length)) {
                return Arrays.copyOfRange(seen, offset, offset + code.length);
            }
            for (int i = 0; i < code.length; i++) {
                if (code[i] == bytes[offset + i]) {
                    read[i] = seen[offset + i];
                }
            }
        }
        return read;
    }

    /**
     * Whether bytes of code may be those of two versions that a file reads as different ones: the lowest byte of two displacements, say, where the real ones have it in
     * common. What the file reads then tells nothing.
     */
    boolean isAmbiguous(Site site, int offset, byte... code) {
        SortedSet<String> whole = readings(site, offset, code);
        if (!whole.isEmpty()) {
            return whole.size() > 1;
        }
        return IntStream.range(0, code.length)
                .anyMatch(i -> readings(site, offset + i, code[i]).size() > 1);
    }

    /** As what a file reads the same bytes of versions. */
    private SortedSet<String> readings(Site site, int offset, byte... code) {
        SortedSet<String> readings = new TreeSet<>();
        int end = offset + code.length;
        for (int v = 0; v < site.versions(); v++) {
            if (Arrays.equals(site.bytes(v), offset, end, code, 0, code.length)) {
                readings.add(Arrays.toString(Arrays.copyOfRange(asRead(site, v), offset, end)));
            }
        }
        return readings;
    }

    /** The bytes to store for some that a file has: those of a version that reads so, or else these. */
    byte[] toStore(Site site, int offset, byte... read) {
        for (int v = 0; v < site.versions(); v++) {
            byte[] version = asRead(site, v);
            if (Arrays.equals(version, offset, offset + read.length, read, 0, read.length)) {
                return Arrays.copyOfRange(site.bytes(v), offset, offset + read.length);
            }
        }
        return read;
    }
}
