// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MinimalCommandTest {
    private static final String TWO_CALLS = "--sites nop2->jmp8->nop2 --changes clear-first,reset-map,seq-acks";

    @Test
    void theMinimalSetsAreThoseThatHoldWhileNoProperSubsetDoes() {
        List<String> names = List.of("clear-first", "reset-map", "seq-acks");
        List<Integer> holding =
                IntStream.range(0, 8).filter(set -> holds(names, set)).boxed().toList();
        String expected = holding.stream()
                .filter(set -> holding.stream().noneMatch(other -> !other.equals(set) && (other & set) == other))
                .sorted(Comparator.comparing(Integer::bitCount))
                .map(set -> String.join(" + ", names(names, set)))
                .collect(Collectors.joining("; "));
        assertEquals("seq-acks; clear-first + reset-map", expected);
        Outcome outcome = Outcome.of("minimal text_poke_late@rfc18 " + TWO_CALLS);
        assertEquals(0, outcome.code(), outcome.err());
        assertTrue(outcome.out().contains("  " + expected + "\n"), outcome.out());
        assertTrue(outcome.out().contains("\n8 sets of changes, 5 different programs searched; "), outcome.out());
    }

    private static List<String> names(List<String> all, int set) {
        return IntStream.range(0, all.size())
                .filter(i -> (set >> i & 1) != 0)
                .mapToObj(all::get)
                .toList();
    }

    private static boolean holds(List<String> all, int set) {
        String changes = names(all, set).stream().map(name -> "+" + name).collect(Collectors.joining());
        return Outcome.of("check text_poke_late@rfc18" + changes + " --level safe --quiet --sites nop2->jmp8->nop2")
                        .code()
                == 0;
    }

    @Test
    void whatHoldsNeedsNothingAndWhatNothingMendsSaysSo() {
        Outcome holds = Outcome.of("minimal text_poke_late@repaired --changes out-of-line --markdown");
        assertTrue(holds.out().contains("| nothing needed "), holds.out());
        Outcome lost = Outcome.of("minimal text_poke_late@rfc15 --changes clear-first,reset-map");
        assertEquals(0, lost.code());
        assertTrue(lost.out().contains("  no set\n"), lost.out());
        assertTrue(lost.out().contains("\n4 sets of changes, 1 different program searched; "), lost.out());
    }

    /** Nobody executes a site: safe cannot be tested, and was not asked for by its name. */
    @Test
    void aHandshakeHoldsForWhatCanBeTested() {
        String command = "minimal text_poke_late@rfc18 --changes clear-first,reset-map --workload none";
        Outcome outcome = Outcome.of(command);
        assertEquals(0, outcome.code(), outcome.err());
        assertTrue(outcome.out().contains("thread=none  clear-first\n"), outcome.out());
        assertEquals(
                "No level is shown in cpus=2 site0=nop5->jmp32 thread=none, where nobody executes a site; what holds there, holds for"
                        + " deadlock, livelock, dead-object, lost-patch.",
                outcome.lastLine());
        Outcome asked = Outcome.of(command + " --level safe");
        assertEquals(4, asked.code());
        assertTrue(asked.out().contains("VACUOUS"), asked.out());
    }

    @Test
    void theChangesOfACFileAreMacros(@TempDir Path folder) {
        String file = CFiles.write(folder.resolve("it.c"), CFiles.STRANGER).toString();
        Outcome outcome = Outcome.of("minimal", file, "--changes", "SECOND_SYNC");
        assertEquals(0, outcome.code(), outcome.err());
        assertTrue(outcome.out().contains("cpus=2 site0=nop5->jmp32  SECOND_SYNC\n"), outcome.out());
        Outcome defined = Outcome.of("minimal", file, "-D", "SECOND_SYNC", "--changes", "SECOND_SYNC");
        assertTrue(defined.out().contains("cpus=2 site0=nop5->jmp32  nothing needed\n"), defined.out());
        Outcome empty = Outcome.of("minimal", file, "--changes", "");
        assertEquals(2, empty.code());
        assertTrue(empty.err().contains("--changes: \"\" stands nowhere in "), empty.err());
    }

    @Test
    void scenariosAreRows() {
        Outcome outcome = Outcome.of(
                "minimal",
                "text_poke_late@rfc18",
                "text_poke_late@rfc19",
                "--changes",
                "clear-first",
                "--in",
                "cpus=2 site0=nop5->jmp32",
                "--in",
                "cpus=2 site0=nop2->jmp8->nop2");
        assertTrue(outcome.lines().contains("question   level safe"), outcome.out());
        assertTrue(
                outcome.lines().stream()
                        .anyMatch(line -> line.matches("cpus=2 site0=nop5->jmp32 +clear-first +clear-first")),
                outcome.out());
        assertTrue(
                outcome.lines().stream()
                        .anyMatch(line -> line.matches("cpus=2 site0=nop2->jmp8->nop2 +no set +no set")),
                outcome.out());
    }

    @Test
    void whatIsNotDecidedIsNoAnswer() {
        Outcome bounded = Outcome.of("minimal text_poke_late@repaired --changes out-of-line --max-states 20");
        assertEquals(4, bounded.code());
        assertTrue(bounded.out().contains("  no set (?)\n"), bounded.out());
        assertTrue(
                bounded.out().contains("text_poke_late@repaired: NO VIOLATION WITHIN a bound of 20 states"),
                bounded.out());
        assertTrue(bounded.out().contains("\nNot decided: 2 sets:\n  text_poke_late@repaired"), bounded.out());
        Outcome refused = Outcome.of("minimal text_poke_late@rfc18 --changes out-of-line --sites pvcall->unlock");
        assertEquals(4, refused.code());
        assertTrue(refused.out().contains("rfc18+out-of-line: version 1 of site0 is not one NOP"), refused.out());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "minimal | Missing required parameter: 'PROTOCOL'",
                "minimal stop_machine | stop_machine: nothing in it can be changed by name; 'pokecheck list' shows what can",
                "minimal text_poke_late@rfc18 --changes clear | --changes: protocol \"text_poke_late\" has no change \"clear\"",
                "minimal text_poke_late@rfc18 --in cpus=2 --nmi 1 | --in has a whole scenario",
                "check text_poke_late@rfc18+clear-frist | it has clear-first, reset-map, seq-acks",
                "check stop_machine@barrier+clear-first | nothing in it can be changed by name"
            })
    void badInputIsNamed(String command, String complaint) {
        Outcome outcome = Outcome.of(command);
        assertEquals(2, outcome.code(), outcome.out());
        assertTrue(outcome.err().contains(complaint), outcome.err());
    }
}
