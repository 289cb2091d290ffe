// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.checkpoint.file.CheckpointHead;
import dev.pokecheck.checkpoint.file.OtherHead;
import dev.pokecheck.cli.run.Build;
import dev.pokecheck.cli.run.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code check} with checkpoints, in this process: a bound of states stops it. What is killed is in {@link KilledSearchTest}. */
class ResumeCommandTest {
    private static final String SEARCH = "check text_poke_bp_batch --cpus 3 --nmi 1 --nmi-work site --workload none";

    @TempDir
    private Path folder;

    private Path file() {
        return folder.resolve("s.ck");
    }

    /** A checkpoint of a search that a bound has stopped. */
    private Path stopped(String search) {
        Outcome outcome = Outcome.of(search + " --max-states 8000 --checkpoint " + file() + " --checkpoint-every 1ms");
        assertTrue(outcome.code() == ExitCode.INCONCLUSIVE.number() || search.contains("--all"), outcome.out());
        assertTrue(outcome.err().contains("checkpoint 1: "), outcome.err());
        assertTrue(outcome.err().contains("checkpoints: "), outcome.err());
        assertTrue(
                outcome.out()
                        .contains("resume     java -jar pokecheck.jar check --resume " + file()
                                + ", with a higher bound if one has ended it\n"),
                outcome.out());
        return file();
    }

    static String withoutTimes(String text) {
        return text.replaceAll("[0-9.]+ seconds", "S seconds")
                .replaceAll("\"seconds\": [0-9.]+", "\"seconds\": S")
                .replaceAll("bounds     [^;]*;", "bounds     B;")
                .replaceAll("resume     .*\n", "")
                .replaceAll("\"arguments\": .*\n", "");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                SEARCH,
                SEARCH + " --order dfs --level regular",
                SEARCH + " --all --property torn,backwards,deadlock",
                "check text_poke_late@rfc19 --cpus 2 --workload none --nmi 1 --nmi-work lock --sites pvcall->unlock --data tso --all",
            })
    void endsAsIfItHadNeverStopped(String search) {
        assertEndsAsIfItHadNeverStopped(search);
    }

    @Tag("full")
    @Test
    void soDoesALargerSearch() {
        assertEndsAsIfItHadNeverStopped(
                "check text_poke_late@rfc19 --cpus 3 --workload none --nmi 1 --nmi-work lock --sites pvcall->unlock --data tso --all");
    }

    private void assertEndsAsIfItHadNeverStopped(String search) {
        Outcome undisturbed = Outcome.of(search);
        stopped(search);
        Outcome again = Outcome.of("check --resume " + file() + " --max-states 2000000");
        assertEquals(undisturbed.code(), again.code(), again.err());
        assertEquals(withoutTimes(undisturbed.out()), withoutTimes(again.out()));
        assertTrue(Files.notExists(file()), "the search is over");
    }

    @Test
    void theWholeCommandMayBeRepeatedAndJsonIsPure() {
        String json = Outcome.of(SEARCH + " --json -").out();
        stopped(SEARCH);
        Outcome again = Outcome.of(SEARCH + " --json - --resume " + file());
        assertEquals(withoutTimes(json), withoutTimes(again.out()), again.err());
        assertTrue(again.err().contains("HOLDS at level "), again.err());
    }

    @Test
    void aBoundIsKeptUntilAnotherIsGiven() {
        stopped(SEARCH);
        Outcome same = Outcome.of("check --quiet --resume " + file());
        assertEquals(ExitCode.INCONCLUSIVE.number(), same.code());
        assertEquals(
                "NO VIOLATION WITHIN a bound of 8000 states; 8000 states visited, nothing is known of the others.\n",
                same.out());
        assertTrue(Files.exists(file()));
        Outcome lower = Outcome.of("check --resume " + file() + " --max-states 10");
        assertEquals(ExitCode.USAGE.number(), lower.code());
        assertTrue(lower.err().contains("and at most 10 are to be kept; give a higher bound"), lower.err());
    }

    private static void refuses(String complaint, int code, String... words) {
        Outcome outcome = Outcome.of(words);
        assertEquals(code, outcome.code(), outcome.out() + outcome.err());
        assertTrue(outcome.err().contains(complaint), outcome.err());
        assertEquals(-1, outcome.err().indexOf("\tat "), outcome.err());
    }

    private void refuses(String complaint, String command) {
        refuses(
                complaint,
                ExitCode.USAGE.number(),
                command.replace("FILE", file().toString()).split(" ", -1));
    }

    @Test
    void refusesAnotherSearch() {
        stopped(SEARCH);
        refuses("the protocol is \"text_poke_bp_batch\" there and \"naive\" here", "check naive --resume FILE");
        refuses(
                "the scenario is \"cpus=3 site0=nop5->jmp32 thread=none nmi=1 nmi-work=site\" there and",
                SEARCH + " --data tso --resume FILE");
        refuses(", without reduction\" here", SEARCH + " --no-reduce --resume FILE");
        refuses("what is demanded is \"level safe, and the strongest; ", SEARCH + " --level safe --resume FILE");
        refuses("what is demanded is ", SEARCH + " --order dfs --resume FILE");
        refuses("what is demanded is ", SEARCH + " --all --resume FILE");
        refuses("so \"--cpus=2\" has no place here; give bounds only, or the whole", "check --cpus 2 --resume FILE");
        refuses("FILE exists already; go on from it".replace("FILE", file().toString()), SEARCH + " --checkpoint FILE");
        assertTrue(Files.exists(file()), "and leaves the file as it is");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "check --resume FILE | FILE: there is no such file",
                "check naive --checkpoint FILE --checkpoint-every soon | \"soon\" is not a time; write a number and ms, s, m or h",
                "check naive --checkpoint FILE --checkpoint-every 0s | \"0s\" is not a time",
                "check naive --checkpoint /no/such/folder/x | --checkpoint: /no/such/folder/x.tmp cannot be written",
                "check naive --checkpoint FILE --scheduler pct | --checkpoint: random runs have nothing to resume",
                "check --checkpoint FILE | Missing required parameter: 'PROTOCOL'"
            })
    void badInput(String command, String complaint) {
        refuses(complaint.replace("FILE", file().toString()), command);
    }

    @Test
    void severalShapesAreSeveralSearches() throws IOException {
        Path table = Files.writeString(folder.resolve("sites.tsv"), """
                kind\torig\trepl\toff64
                para\tff15cbf89f01\te8ecc99c0090\t63
                para\tff15b4697e01\t660f1f440000\t10
                """);
        refuses(
                "one search can be resumed, and these are 2; choose a row",
                ExitCode.USAGE.number(),
                "check",
                "stop_machine",
                "--sites",
                "tsv:" + table + "?kind=para",
                "--checkpoint",
                file().toString());
    }

    @Test
    void damageIsRefused() throws IOException {
        byte[] whole = Files.readAllBytes(stopped(SEARCH));
        List<byte[]> damaged = new ArrayList<>();
        for (int at = 30; at < whole.length; at += whole.length / 20) {
            byte[] bytes = whole.clone();
            bytes[at] ^= 16;
            damaged.add(bytes);
            damaged.add(Arrays.copyOf(whole, at));
        }
        for (byte[] bytes : damaged) {
            Files.write(file(), bytes);
            refuses("nothing can be gone on from, search anew", "check --resume FILE");
        }
    }

    /** The same checkpoint with another head. */
    private void rewrite(UnaryOperator<CheckpointHead> change) throws IOException {
        OtherHead.put(file(), change);
    }

    @Test
    void aChangedProtocolDiverges() throws IOException {
        stopped(SEARCH);
        rewrite(head -> new CheckpointHead(
                head.protocol(),
                "ir1-0badf00d0badf00d",
                "pokecheck of long ago",
                head.scenario(),
                head.demanded(),
                head.words()));
        refuses(
                "the protocol has changed since the checkpoint was written (fingerprint ir1-0badf00d0badf00d then, ",
                ExitCode.DIVERGED.number(),
                "check",
                "--resume",
                file().toString());
    }

    @Test
    void aFingerprintOfTheOldKindIsOfAnotherBuild() throws IOException {
        stopped(SEARCH);
        rewrite(head -> new CheckpointHead(
                head.protocol(), "0badf00d", "pokecheck of long ago", head.scenario(), head.demanded(), head.words()));
        refuses("was written by another build (pokecheck of long ago then, pokecheck ", "check --resume FILE");
    }

    @Test
    void anotherBuildIsRefused() throws IOException {
        stopped(SEARCH);
        rewrite(head -> new CheckpointHead(
                head.protocol(),
                head.fingerprint(),
                "pokecheck of long ago",
                head.scenario(),
                head.demanded(),
                head.words()));
        refuses("was written by another build (pokecheck of long ago then, pokecheck ", "check --resume FILE");
        assertEquals(Build.name(), Build.name());
        assertTrue(Build.name().matches("pokecheck .* [0-9a-f]{8}"), Build.name());
    }

    /** A bound of states ends it before the first checkpoint is due. */
    @Test
    void aSearchThatLeavesNoneSaysSo() throws IOException {
        Outcome outcome = Outcome.of("check text_poke_bp_batch --cpus 3 --max-states 100 --checkpoint " + file());
        assertEquals(ExitCode.INCONCLUSIVE.number(), outcome.code(), outcome.err());
        assertTrue(
                outcome.out().contains("\ncheckpoint none was written, as the search ended before the first was due;"),
                outcome.out());
        try (var left = Files.list(folder)) {
            assertEquals(List.of(), left.toList());
        }
    }

    @Test
    void aSearchThatIsSoonOverLeavesNothing() throws IOException {
        Outcome outcome = Outcome.of("check naive --checkpoint " + file());
        assertEquals(ExitCode.VIOLATED.number(), outcome.code());
        assertEquals("", outcome.err());
        try (var left = Files.list(folder)) {
            assertEquals(List.of(), left.toList());
        }
    }
}
