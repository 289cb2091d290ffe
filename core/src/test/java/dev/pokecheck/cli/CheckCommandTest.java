// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.cli.run.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckCommandTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "check text_poke_bp_batch | 0 | HOLDS at level atomic",
                "check naive | 1 | VIOLATED: torn after 3 steps (bytes of no version were executed).",
                "check naive --split word --fetch stale-insn | 0 | HOLDS at level safe",
                "check naive --split word --fetch stale-insn --level regular | 1 | VIOLATED: stale after 4 steps",
                "check text_poke_bp_batch --property deadlock,group | 0 | HOLDS for deadlock;",
                "check naive --property deadlock,bug | 4 | VACUOUS: all ",
                "check naive --property lost-patch | 4 | NO VIOLATION WITHIN runs up to torn (not looked for);",
                "check text_poke_bp_batch --property group | 4 | VACUOUS: all ",
                "check naive --property unhandled-int3 | 4 | VACUOUS: all ",
                "check text_poke_late@repaired --workload none | 0 | HOLDS for ",
                "check text_poke_late@repaired --workload none --level safe | 4 | VACUOUS: ",
                "check text_poke_bp_batch@stack-desc --workload foreign --sites nop2->jmp8->nop2 --property unhandled-int3 | 1 | VIOLATED: unhandled-int3",
                "check text_poke_bp_batch@stack-desc --workload foreign --property torn --dead-objects end | 4 | NO VIOLATION WITHIN runs up to dead-object (not looked for);",
                "check text_poke_late@captured --nmi-work site --workload none --fetch coherent | 0 | HOLDS at level safe",
                "check text_poke_early --mc 1 --nmi-work lock | 1 | VIOLATED",
                "check text_poke_bp_batch@stack-desc --workload foreign --property torn | 4 | NO VIOLATION WITHIN runs up to bug (not looked for) and runs in which the memory",
                "check naive --workload none | 4 | VACUOUS: ",
                "check text_poke_bp_batch --max-states 50 | 4 | NO VIOLATION WITHIN a bound of 50 states;",
                "check text_poke_bp_batch --scheduler random --runs 20 | 4 | SAMPLED 20 runs of at most 500 steps, random scheduler, seed 1;",
                "check naive --scheduler pct --seed 7 | 1 | VIOLATED: torn after",
                "check text_poke_late@rfc18 --order dfs | 1 | VIOLATED: ",
                "check text_poke_late@rfc18 --no-merge --no-reduce | 1 | VIOLATED: deadlock after",
                "check text_poke_late@rfc18 --data tso --buffer 2 --nmi-model hardware --fetch-coherent | 1 | VIOLATED: ",
                "check stop_machine --irq 1 --mc 1 | 1 | VIOLATED: torn after",
                "check stop_machine --sites jmp32->ffe0cccccc | 0 | HOLDS at level atomic",
                "check stop_machine --sites nop11->ff25000000000606060606 | 0 | HOLDS at level atomic",
                "check stop_machine --sites jmp32->6690cccccc | 1 | VIOLATED: unhandled-int3 after",
                "check naive --sites nop8->e900010000222222 --split word --fetch stale-insn | 0 | HOLDS at level safe",
                "check naive --sites 6690->ebfe->6690 --split word --fetch coherent | 0 | HOLDS at level atomic",
                "check naive --sites 6690->ebfe --split word --fetch coherent | 0 | HOLDS at level atomic",
                "check naive --sites 48b8112233445566aa01->48b8998877665544bb02 --chunk 64 --split line --fetch coherent | 1 | VIOLATED: torn after"
            })
    void theLastLineIsTheVerdict(String line, int code, String verdict) {
        Outcome outcome = Outcome.of(line);
        assertEquals(code, outcome.code(), outcome.err());
        assertTrue(outcome.lastLine().startsWith(verdict), outcome.lastLine());
        assertEquals('.', outcome.lastLine().charAt(outcome.lastLine().length() - 1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "check stop_machine --all-deadlocks | deadlocks  none",
                "check text_poke_late@rfc18 --workload none --fetch coherent --all-deadlocks | deadlocks  4 states of 4 sorts",
                "check text_poke_bp_batch --all-deadlocks --max-states 20 | deadlocks  none within a bound of 20 states"
            })
    void howManyDeadlocksThereAreIsSaid(String line, String said) {
        Outcome outcome = Outcome.of(line);
        assertTrue(outcome.lines().contains(said), outcome.out());
        String other = line.replace(" --all-deadlocks", "");
        assertFalse(Outcome.of(other).out().contains("\ndeadlocks "), "it was not asked");
    }

    @Test
    void theManualsAreCitedForWhatTheySay() {
        String manuals = "(SDM vol. 3, \"Serializing Instructions\"; APM vol. 2, 7.6.4)";
        assertTrue(Outcome.of("show naive").out().contains(" no other instruction " + manuals + "\n"));
        for (String less : List.of("--no-serialize cpuid", "--also-serialize lfence", "--profile observed-zen4")) {
            String out = Outcome.of("show naive " + less).out();
            assertTrue(out.contains(", and no other instruction\n"), out);
        }
    }

    @Test
    void theFirstLinesSayWhatIsAssumed() {
        List<String> lines = Outcome.of("check naive --data tso --chunk 8 --nmi 1 --max-states 1000")
                .lines();
        List<String> head = lines.stream()
                .limit(14)
                .map(line -> line.substring(0, 10).strip())
                .toList();
        assertEquals(
                List.of(
                        "protocol",
                        "source",
                        "scenario",
                        "site",
                        "profile",
                        "",
                        "fetch",
                        "data",
                        "text",
                        "serialize",
                        "nmi",
                        "work",
                        "demanded",
                        "bounds"),
                head);
        assertTrue(lines.get(6).contains("stale-chunk, chunk 8: a fetch may see what is as old as"), lines.get(6));
        assertTrue(lines.get(7).contains("tso, 4 entries: stores wait in a FIFO buffer"), lines.get(7));
        assertTrue(lines.get(13).contains("1000 states; breadth first, up to the first violation"), lines.get(13));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "check naive --all",
                "check text_poke_late@rfc19 --nmi 1 --nmi-work lock --data tso",
                "check text_poke_bp_batch --sites nop5->call,call->nop5 --nmi 1",
                "check text_poke_bp_batch --scheduler random --runs 100 --seed 3"
            })
    void twoRunsAreIdenticalExceptForTheSeconds(String line) {
        assertEquals(
                withoutSeconds(Outcome.of(line).out()),
                withoutSeconds(Outcome.of(line).out()));
        String json = line + " --json -";
        assertEquals(
                withoutSeconds(Outcome.of(json).out()),
                withoutSeconds(Outcome.of(json).out()));
    }

    private static String withoutSeconds(String text) {
        return text.replaceAll("[0-9.]+ seconds", "S seconds").replaceAll("\"seconds\": [0-9.]+", "\"seconds\": S");
    }

    @Test
    void jsonOnTheStandardOutputIsAllThereIs() {
        Outcome outcome = Outcome.of("check naive --json -");
        assertEquals(ExitCode.VIOLATED.number(), outcome.code());
        assertEquals(
                """
                {
                  "format": "pokecheck-results 1",
                  "version": "(built from source)",
                  "command": "check",
                  "arguments": ["check", "naive", "--json", "-"],
                  "exitCode": 1,
                  "results": [
                    {"name": "naive × cpus=2 site0=nop5->jmp32 × stale-chunk, sc", "protocol": "naive", \
                "scenario": "cpus=2 site0=nop5->jmp32", "verdict": "violated", \
                "sentence": "VIOLATED: torn after 3 steps (bytes of no version were executed)", "seconds": S, "file": null, "notModelled": [], \
                "property": "torn", "level": null, "states": 4, "transitions": 7, "depth": 3, \
                "bytesPerState": B, "reached": ["a site executed during the patch call", \
                "a fetch that saw other bytes than memory held", \
                "code executed that had changed since the CPU serialized, by more than a breakpoint"], "missing": [], "untested": [], "steps": ["cpu0 patch1.site0", "cpu0 memcpy.site0 site0+0 [e9]", \
                "cpu1 fetch site0 [e9 1f 44 00 00]"], "origins": [\
                {"kind": "catalog", "file": "naive.c", "line": N, "column": N, "text": "poke_begin_version(s, v);"}, \
                {"kind": "catalog", "file": "naive.c", "line": N, "column": N, "text": "text_poke(POKE_ADDR(s), POKE_BYTES(s, v), POKE_LEN(s));"}, null], "loop": null}
                  ]
                }
                """,
                withoutSeconds(outcome.out())
                        .replaceAll("\"bytesPerState\": [0-9.]+", "\"bytesPerState\": B")
                        .replaceAll("\"(line|column)\": [0-9]+", "\"$1\": N"));
        assertTrue(outcome.err().endsWith("VIOLATED: torn after 3 steps (bytes of no version were executed).\n"));
    }

    @Test
    void jsonGoesToAFile() throws IOException {
        Path file = folder.resolve("out.json");
        Outcome outcome = Outcome.of("check text_poke_late@repaired --nmi 1 --json " + file);
        assertEquals(ExitCode.HOLDS.number(), outcome.code());
        String json = Files.readString(file);
        assertTrue(
                json.contains("\"protocol\": \"text_poke_late@repaired\", \"scenario\":"
                        + " \"cpus=2 site0=nop5->jmp32 nmi=1\", \"verdict\": \"holds\","),
                json);
        assertTrue(json.contains("\"property\": null, \"level\": \"atomic\", \"states\": "), json);
        assertTrue(
                json.contains(", \"missing\": [], \"untested\": [\"mid-instruction\", \"group\", \"unhandled-int3\","
                        + " \"lost-call\", \"wrong-target\", \"corrupt-frame\", \"bug\", \"recursion\", \"ensure\"], \"steps\": [],"
                        + " \"origins\": [], \"loop\": null}\n"),
                json);
    }

    @Test
    void aLivelockComesWithItsLoop() {
        Path file = folder.resolve("saved.poke");
        Outcome check = Outcome.of("check text_poke_late@rfc18 --sites pvcall->unlock --workload none --nmi 1"
                + " --nmi-work lock --property livelock --save " + file + " --json -");
        assertEquals(ExitCode.VIOLATED.number(), check.code());
        assertTrue(check.out().contains("\"property\": \"livelock\""), check.out());
        assertTrue(check.out().contains("\"loop\": 42}\n"), check.out());
        assertTrue(check.err().contains("\n└─ back to step 42\n"), check.err());
        Outcome replay = Outcome.of("replay " + file);
        assertEquals(file + ": REPRODUCED: violated livelock.", replay.lastLine());
        assertTrue(replay.out().contains("\n┌─ loop: steps 42-54 for ever"), replay.out());
    }

    @Test
    void whatWasNeverComeToIsListed() {
        List<String> lines =
                Outcome.of("check naive --split word --fetch stale-insn").lines();
        assertTrue(lines.contains("untested   deadlock: never met a CPU that had to wait"), lines.toString());
        assertTrue(
                lines.contains("untested   lost-call, wrong-target: never met a breakpoint handler that went on"
                        + " behind the breakpoint"),
                lines.toString());
        assertTrue(lines.stream().noneMatch(line -> line.startsWith("untested   torn")), lines.toString());
    }

    @Test
    void aDeadlockComesWithItsCycle() {
        String out = Outcome.of("check text_poke_late@rfc18").out();
        assertTrue(out.contains("cycle: cpu0 → cpu1 → cpu0"), out);
    }

    @Test
    void aViolationIsSavedAndReplayed() {
        Path file = folder.resolve("saved.poke");
        Outcome check = Outcome.of("check text_poke_late@rfc18 --save " + file);
        List<String> lines = check.lines();
        assertEquals("replay     java -jar pokecheck.jar replay " + file, lines.get(lines.size() - 2));
        Outcome replay = Outcome.of("replay " + file);
        assertEquals(ExitCode.VIOLATED.number(), replay.code());
        assertEquals(file + ": REPRODUCED: violated deadlock.", replay.lastLine());
        assertEquals(
                ExitCode.HOLDS.number(),
                Outcome.of("replay --expected --quiet " + file).code());
    }

    @Test
    void whatHoldsIsSavedAndSearchedAgain() {
        Path file = folder.resolve("saved.poke");
        assertEquals(
                0,
                Outcome.of("check text_poke_bp_batch --data tso --save " + file).code());
        Outcome replay = Outcome.of("replay " + file);
        assertEquals(ExitCode.HOLDS.number(), replay.code());
        assertTrue(replay.lastLine().contains(": HOLDS at level atomic"), replay.lastLine());
    }

    @Test
    void whatIsInconclusiveIsNotSaved() {
        Path file = folder.resolve("saved.poke");
        Outcome check = Outcome.of("check text_poke_bp_batch --max-states 10 --save " + file);
        assertTrue(check.out().contains("nothing was saved: the run is inconclusive"), check.out());
        assertTrue(Files.notExists(file));
    }

    @Test
    void aViolationSaysHowToSaveIt() {
        assertTrue(Outcome.of("check naive").out().contains("repeat this command with --save FILE.poke"));
    }

    @Test
    void rowsOfOneShapeAreCheckedOnce() throws IOException {
        Path table = Files.writeString(folder.resolve("sites.tsv"), """
                kind\torig\trepl\toff64
                para\tff15cbf89f01\te8ecc99c0090\t63
                para\tff1573699c01\te8bc07000090\t10
                para\tff15b4697e01\t660f1f440000\t10
                para\tff15b4697e01\t\t10
                jump\t6690\teb54\t63
                """);
        Outcome bytes = Outcome.of("check", "stop_machine", "--sites", "tsv:" + table + "?kind=para");
        assertEquals(ExitCode.HOLDS.number(), bytes.code(), bytes.err());
        assertTrue(bytes.lastLine().startsWith("3 rows of 2 shapes; 2 shapes as the first of them, row 1, "));
        Outcome lines = Outcome.of(
                "check", "stop_machine", "--sites", "tsv:" + table + "?kind=para", "--chunk", "64", "--json", "-");
        assertEquals(3, Stream.of(lines.out().split("\"protocol\"", -1)).count() - 1);
        Outcome back = Outcome.of("check", "stop_machine", "--sites", "tsv:" + table + "?kind=para->orig");
        assertTrue(back.lastLine().contains(": VIOLATED: mid-instruction after"), "returns to +5 of the original call");
        Outcome one = Outcome.of("check", "naive", "--sites", "tsv:" + table + "#5");
        assertTrue(one.out().contains("scenario   cpus=2 site0=6690->eb54@63\n"), one.out());
    }

    @Test
    void listAndShowAndHelp() {
        assertTrue(Outcome.of("list").out().contains("text_poke_late@rfc18 "));
        String show = Outcome.of("show text_poke_bp_batch --sites nop5->call --cpus 3")
                .out();
        assertTrue(show.contains("source     Linux 6.0 to 6.15"), show);
        assertTrue(show.contains("scenario   cpus=3 site0=nop5->call\n"), show);
        assertTrue(show.contains("#include <pokecheck/steps.h>"), show);
        for (String command : List.of("list", "show", "check", "replay")) {
            Outcome help = Outcome.of(command + " --help");
            assertEquals(0, help.code());
            assertTrue(help.out().startsWith("Usage: pokecheck " + command), help.out());
        }
        assertTrue(Outcome.of("check --help").out().contains("--max-seconds=S"));
        assertEquals(ExitCode.USAGE.number(), Outcome.of(new String[0]).code());
    }
}
