// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.insn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Lengths and texts against objdump: over all code of the JVM that runs the test, and over made-up code that has every
 * opcode of every map. Every disagreement must have one of the named explanations.
 */
@Timeout(60)
class ObjdumpTest {
    /** Why objdump differs. */
    private enum Explanation {
        /** {@code 9b d9 38}: FWAIT and the x87 instruction behind it are shown as one. */
        FWAIT_JOINED,
        /** {@code rex.W}, {@code repz}: a prefix that it will not combine with what follows is shown as a line. */
        LONE_PREFIX,
        /** {@code (bad)}: #UD for a reserved extension, mandatory prefix, VEX.L or EVEX bit; we only judge opcodes. */
        RESERVED,
        /** {@code 0f a6}, {@code 0f a7}: VIA PadLock, which neither Intel nor AMD has. */
        PADLOCK,
        /** REX2 and EVEX map 4, which only newer versions of objdump know. */
        APX,
        UNEXPLAINED
    }

    private static final Pattern ONLY_PREFIXES =
            Pattern.compile("((rex(\\.\\w+)?|data16|addr32|lock|repn?z|[c-gs]s) *)+");

    private static final Pattern PADLOCK_NAME = Pattern.compile("\\b(xstore|xcrypt|xsha|montmul)");

    @TempDir
    Path directory;

    private final Map<Explanation, List<String>> disagreements = new TreeMap<>();
    private int compared;

    @Tag("full")
    @Test
    void lengthsOfTheJvmAgree() throws IOException, InterruptedException {
        Path jvm = Path.of(System.getProperty("java.home"), "lib", "server", "libjvm.so");
        assumeTrue(Files.isRegularFile(jvm), () -> "skipped: no " + jvm + " to disassemble");
        assumeTrue(System.getProperty("os.arch").equals("amd64"), "skipped: this JVM is not made of x86-64 code");
        Objdump.ofElf(jvm, line -> compare(line.code(), 0, line));
        report(jvm.toString());
        assertTrue(compared >= 1_000_000, "only " + compared + " instructions");
        assertExplainedBy(EnumSet.noneOf(Explanation.class));
    }

    @Test
    void lengthsOfAllOpcodesAgree() throws IOException, InterruptedException {
        byte[] image = Encodings.allOpcodes();
        Path file = Files.write(directory.resolve("opcodes.bin"), image);
        Objdump.ofBytes(file, "att", line -> {
            if (line.address() % Encodings.CELL == 0) {
                compare(image, (int) line.address(), line);
            }
        });
        report("made-up opcodes");
        assertEquals(image.length / Encodings.CELL, compared);
        assertExplainedBy(EnumSet.of(
                Explanation.FWAIT_JOINED, Explanation.LONE_PREFIX, Explanation.RESERVED, Explanation.PADLOCK));
    }

    @Test
    void attTextsAgree() throws IOException, InterruptedException {
        assertTextsAgree("att");
    }

    @Test
    void intelTextsAgree() throws IOException, InterruptedException {
        assertTextsAgree("intel");
    }

    private void assertTextsAgree(String syntax) throws IOException, InterruptedException {
        byte[] image = Encodings.siteForms();
        Path file = Files.write(directory.resolve("forms.bin"), image);
        List<String> differences = new ArrayList<>();
        Objdump.ofBytes(file, syntax, line -> {
            int at = (int) line.address();
            if (at % Encodings.CELL != 0) {
                return;
            }
            Kind kind = Decoder.decode(image, at, image.length, at).kind();
            if (kind == Kind.OTHER || (isIndirect(kind) && hidesAnOverride(line.code()))) {
                return;
            }
            String ours = syntax.equals("att")
                    ? Printer.att(image, at, image.length, at)
                    : Printer.intel(image, at, image.length, at);
            String theirs = line.text().strip().replaceAll(" +", " ");
            compared++;
            if (!comparable(ours).equals(comparable(theirs))) {
                differences.add(Printer.hex(line.code()) + ": ours " + ours + ", theirs " + theirs);
            }
        });
        report("made-up sites in " + syntax);
        assertTrue(compared > 10_000, "only " + compared);
        assertEquals(
                List.of(), differences.subList(0, Math.min(10, differences.size())), differences.size() + " in all");
    }

    /**
     * Objdump says which bits of REX had no use, we do not; and which of several prefixes it calls NOTRACK is its own
     * affair.
     */
    private static String comparable(String text) {
        return text.replaceFirst("\\brex(\\.\\w+)? ", "").replaceFirst("\\b(ds notrack|ds cs|notrack) ", "ds ");
    }

    private static boolean isIndirect(Kind kind) {
        return kind == Kind.CALL_INDIRECT || kind == Kind.JMP_INDIRECT;
    }

    /** Where another segment override follows the 3e of an indirect branch, objdump calls the 3e NOTRACK, and the override is not to be seen. */
    private static boolean hidesAnOverride(byte[] code) {
        return code.length > 2 && code[0] == 0x3e && (code[1] & 0xfe) == 0x64;
    }

    private void report(String what) {
        Map<Explanation, String> counts = new TreeMap<>();
        disagreements.forEach((why, lines) -> counts.put(why, lines.size() + ", e.g. " + lines.get(0)));
        System.out.printf("objdump: %,d instructions of %s compared; disagreements: %s%n", compared, what, counts);
    }

    private void assertExplainedBy(Set<Explanation> explanations) {
        assertEquals(List.of(), disagreements.getOrDefault(Explanation.UNEXPLAINED, List.of()));
        Set<Explanation> found = EnumSet.noneOf(Explanation.class);
        found.addAll(disagreements.keySet());
        found.remove(Explanation.APX);
        assertEquals(explanations, found);
    }

    private void compare(byte[] code, int offset, Objdump.Line line) {
        compared++;
        boolean isBad = line.text().contains("(bad)");
        int theirs = isBad ? LengthDecoder.INVALID : line.code().length;
        int ours = LengthDecoder.length(code, offset, code.length);
        if (ours != theirs) {
            Explanation why = isBad ? Explanation.RESERVED : explain(code, offset, ours, theirs, line.text());
            disagreements
                    .computeIfAbsent(why, key -> new ArrayList<>())
                    .add(Printer.hex(line.code()) + " (theirs " + line.text() + ", ours " + ours + ")");
        }
    }

    private static Explanation explain(byte[] code, int offset, int ours, int theirs, String text) {
        int next = offset + ours;
        if (ours > 0 && ours < theirs && code[next - 1] == (byte) 0x9b && (code[next] & 0xf8) == 0xd8) {
            boolean joined = LengthDecoder.length(code, next, code.length) == theirs - ours;
            return joined ? Explanation.FWAIT_JOINED : Explanation.UNEXPLAINED;
        }
        if (ONLY_PREFIXES.matcher(text).matches()) {
            return Explanation.LONE_PREFIX;
        }
        if (PADLOCK_NAME.matcher(text).find()) {
            return Explanation.PADLOCK;
        }
        int opcodeAt = offset + Prefixes.at(code, offset).length();
        boolean isApx = code[opcodeAt] == (byte) 0xd5 || (code[opcodeAt] == 0x62 && (code[opcodeAt + 1] & 7) == 4);
        return isApx ? Explanation.APX : Explanation.UNEXPLAINED;
    }
}
