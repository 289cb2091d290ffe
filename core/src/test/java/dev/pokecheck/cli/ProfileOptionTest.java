// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.corpus.Corpus;
import dev.pokecheck.corpus.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hardware profiles by name and from a file, and what of them an entry keeps. */
class ProfileOptionTest {
    private static final String MINE = """
            profile: mine
            title: a CPU of one's own
            window: serialized
              source: a
            shape: tail
              source: b
            chunk: 16
              source: c
            split: word
              source: d
            serializing: iret mfence
              source: e
            lock-orders-fetch: yes
              source: f
            self-modification: jump
              source: g
            alias-modification: serialize
              source: h
            xmc-documented: no
              source: i
            ipi-send: bare
              source: j
            syscall-drains: no
              source: k
            """;

    @TempDir
    private Path folder;

    private Path mine;
    private Path saved;

    @BeforeEach
    void files() throws IOException {
        mine = Files.writeString(folder.resolve("mine.profile"), MINE);
        saved = folder.resolve("saved.poke");
    }

    private Outcome check(String... more) {
        List<String> words = new ArrayList<>(List.of("check", "naive", "--save", saved.toString()));
        words.addAll(List.of(more));
        return Outcome.of(words.toArray(String[]::new));
    }

    private Entry entry() {
        return Corpus.read(saved);
    }

    private static List<String> settings(String text) {
        return text.lines()
                .filter(line -> line.startsWith("profile:") || line.startsWith("scenario:"))
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "observed-zen4 | | cpus=2 site0=nop5->jmp32",
                "observed-zen4 | --fetch stale-chunk | cpus=2 site0=nop5->jmp32 fetch=stale-chunk",
                "observed-zen4 | --no-serialize mfence | cpus=2 site0=nop5->jmp32 no-serialize=mfence",
                "observed-zen4 | --also-serialize serialize | cpus=2 site0=nop5->jmp32 also-serialize=serialize",
                "observed-intel-6-207 | --chunk 8 | cpus=2 site0=nop5->jmp32 chunk=8",
                "architecture | --split word --fetch coherent | cpus=2 site0=nop5->jmp32 fetch=coherent split=word"
            })
    void anEntryNamesAShippedProfileAndWhatDiffersFromIt(String profile, String more, String scenario)
            throws IOException {
        String line = "check naive --level atomic --profile " + profile + (more == null ? "" : " " + more) + " --save ";
        Outcome checked = Outcome.of((line + "FILE").replace("FILE", saved.toString()));
        assertTrue(checked.code() < 2, checked.err());
        String text = Files.readString(saved);
        assertEquals(List.of("profile: " + profile, "scenario: " + scenario), settings(text));
        Outcome replayed = Outcome.of("replay", "--expected", saved.toString());
        assertEquals(0, replayed.code(), replayed.out());
        assertEquals(line(checked, "scenario   "), line(replayed, "scenario   "));
        assertTrue(replayed.out().contains("\nprofile    " + profile + ": "), replayed.out());
        assertTrue(replayed.out().contains("           syscall-drains: no ("), "with its sources");
    }

    /** A line that a single option overrules is none that the run assumes. */
    @Test
    void whatASingleOptionOverrulesIsToldApart() {
        String out = check("--profile", "observed-zen4", "--chunk", "8", "--no-serialize", "mfence")
                .out();
        assertTrue(
                out.contains("\n           changed: chunk 8 instead of 64, serializing cpuid iret mov_cr instead of"
                        + " cpuid iret mov_cr mfence\n"),
                out);
        assertFalse(out.contains("\n           chunk: ") || out.contains("\n           serializing: "), out);
        assertTrue(out.contains("\n           shape: head ("), out);
    }

    @Test
    void everyRunNamesItsProfile() {
        String usual =
                "\nprofile    architecture: the worst case of the manuals, and what serializes on both vendors' CPUs;"
                        + " --profile architecture prints the source of each line\n";
        String plain = Outcome.of("check naive").out();
        assertTrue(plain.contains(usual + "fetch "), plain);
        String changed = Outcome.of("check naive --fetch coherent --split word").out();
        assertTrue(
                changed.contains(usual
                        + "           changed: window now instead of serialized, shape insn instead of chunk,"
                        + " split word instead of byte\n"),
                changed);
        assertTrue(Outcome.of("show naive").out().replace("\n * ", "\n").contains(usual));
    }

    private static String line(Outcome outcome, String key) {
        return outcome.lines().stream()
                .filter(line -> line.startsWith(key))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void ofAProfileOfOnesOwnAnEntryHasAllLinesAndTheNameInAComment() throws IOException {
        Outcome checked = check("--profile", mine.toString());
        assertEquals(0, checked.code(), checked.err());
        String text = Files.readString(saved);
        assertTrue(
                text.contains(
                        "\n# Under the hardware profile mine, a CPU of one's own, whose lines stand in the scenario.\n"),
                text);
        assertEquals(
                List.of("scenario: cpus=2 site0=nop5->jmp32 fetch=stale-tail chunk=16 split=word"
                        + " no-serialize=cpuid,serialize,mov_cr also-serialize=mfence lock-orders-fetch=yes"),
                settings(text));
        assertEquals(Optional.empty(), entry().hardware());
        Files.delete(mine);
        assertEquals(0, Outcome.of("replay", "--expected", saved.toString()).code());
    }

    @Test
    void showSaysWhatWasMeasured() {
        String line =
                "\n * measured   sb.mfence: store buffering towards fetch, after MFENCE: old code and an old flag: 0 of 1.2e7 executions\n";
        assertTrue(Outcome.of("show naive --profile observed-zen4").out().contains(line));
        for (String other : List.of("architecture", mine.toString())) {
            String out = Outcome.of("show", "naive", "--profile", other).out();
            assertFalse(out.contains("measured "), out);
        }
    }

    @Test
    void minimizeKeepsTheProfile() throws IOException {
        check("--profile", "observed-intel-6-207", "--nmi", "1", "--sites", "nop5->jmp32@62");
        Path small = folder.resolve("small.poke");
        Outcome outcome = Outcome.of("minimize", saved.toString(), "--save", small.toString());
        assertEquals(1, outcome.code(), outcome.err());
        assertTrue(outcome.out().contains("\nprofile    observed-intel-6-207: "), outcome.out());
        assertTrue(Files.readString(small).contains("\nprofile: observed-intel-6-207\n"), Files.readString(small));
        assertEquals(0, Outcome.of("replay", "--expected", small.toString()).code());
    }

    @Test
    void aProfileThatIsNotShippedIsNoneForAnEntry() throws IOException {
        check("--profile", "observed-zen4");
        Files.writeString(saved, Files.readString(saved).replace("profile: observed-zen4", "profile: observed-zen5"));
        Outcome outcome = Outcome.of("replay", saved.toString());
        assertEquals(2, outcome.code());
        assertTrue(
                outcome.err().contains(" profile \"observed-zen5\" is none of coherent, observed-zen4,"),
                outcome.err());
        assertTrue(outcome.err().contains("; did you mean observed-zen4?"), outcome.err());
    }

    @Test
    void aFileMayNotTakeTheNameOfAShippedProfile() throws IOException {
        Files.writeString(mine, MINE.replace("profile: mine", "profile: architecture"));
        for (String[] words : new String[][] {
            {"check", "naive", "--profile", mine.toString()}, {"levels", "naive", "--profiles", mine.toString()}
        }) {
            Outcome outcome = Outcome.of(words);
            assertEquals(2, outcome.code());
            assertTrue(
                    outcome.err()
                            .contains(mine + ":1: profile: \"architecture\" is the name of a shipped profile;"
                                    + " give this one another"),
                    outcome.err());
        }
    }

    @Test
    void aByteOrderMarkIsNoMistakeAndWhatIsNoTextIsOne() throws IOException {
        Files.writeString(mine, "\uFEFF" + MINE);
        assertEquals(0, check("--profile", mine.toString()).code());
        Files.write(mine, new byte[] {(byte) 0xff, (byte) 0xfe});
        assertTrue(check("--profile", mine.toString()).err().contains(mine + ": is not UTF-8 text"));
        Files.writeString(mine, "#".repeat((1 << 16) + 1));
        assertTrue(check("--profile", mine.toString())
                .err()
                .contains(mine + ": has more than 65536 bytes, which no profile needs"));
    }

    @ParameterizedTest
    @CsvSource({
        "nop5->jmp32, true",
        "nop5->jmp32@61, false",
        "nop5->jmp32@59, true",
        "'nop5->jmp32,nop5->call@63', false"
    })
    void itIsSaidWhereNoSiteCrossesAChunk(String sites, boolean said) {
        String line = "           no site crosses two chunks of 64 bytes, so that crossing is not tried;";
        Outcome zen4 = Outcome.of("show", "naive", "--profile", "observed-zen4", "--sites", sites);
        assertEquals(said, zen4.out().contains(line), zen4.out());
        Outcome bytes = Outcome.of("show", "naive", "--profile", "architecture", "--sites", sites);
        assertFalse(bytes.out().contains("crosses"), bytes.out());
    }
}
