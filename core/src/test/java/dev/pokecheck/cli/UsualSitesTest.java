// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Protocols that are for sites of their own. */
class UsualSitesTest {
    private static final String REASON = "\nsites      nop5->probe->nop5: what kprobe is for; --sites takes others\n";

    @Test
    void withoutSitesAProtocolIsCheckedOnItsOwn() {
        Outcome usual = Outcome.of("check kprobe");
        assertEquals(0, usual.code(), usual.err());
        assertTrue(usual.out().contains("\nscenario   cpus=2 site0=nop5->probe->nop5" + REASON), usual.out());
        Outcome given = Outcome.of("check kprobe --sites nop5->probe->nop5");
        assertFalse(given.out().contains("\nsites "), given.out());
        assertEquals(usual.lastLine(), given.lastLine());
        assertTrue(Outcome.of("show kprobe").out().replace("\n * ", "\n").contains(REASON));
        assertFalse(Outcome.of("check naive").out().contains("\nsites "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"check", "show", "levels", "mutate"})
    void otherSitesAreRefusedAndNoBug(String command) {
        Outcome outcome = Outcome.of(command + " kprobe --sites nop5->jmp32");
        assertEquals(2, outcome.code(), outcome.out());
        assertEquals(
                "pokecheck: kprobe: a kprobe puts a breakpoint on what is there, and takes it off again; it is for"
                        + " --sites 'nop5->probe->nop5'\n",
                outcome.err().replace("\r", ""));
    }

    @Test
    void listSaysWhatEachIsFor() {
        List<String> lines = Outcome.of("list").lines();
        int heading = lines.indexOf("Sites, taken unless --sites gives others: nop5->jmp32, but for");
        assertTrue(heading > 0, lines.toString());
        assertTrue(
                lines.subList(heading, lines.size()).stream()
                        .anyMatch(line -> line.matches("kprobe +nop5->probe->nop5")),
                lines.toString());
    }

    @Test
    void listNamesTheFilesOfCAndWhatTheyExpect() {
        List<String> lines = Outcome.of("list").lines();
        int heading =
                lines.indexOf("Files of C, in dev/pokecheck/catalog of the jar, and what each expects of itself:");
        List<String> files = lines.subList(heading + 1, lines.size());
        assertEquals(
                List.of("naive.c", "    violates torn", "    -D SYNC violates torn"), files.subList(0, 3), "in order");
        assertTrue(files.contains("xen_livepatch.c"), files.toString());
        assertFalse(files.contains("xray.c"), "that one is in Java");
    }

    @Test
    void aTableHasARowForEachOnItsOwnSites() {
        Outcome outcome = Outcome.of("levels naive naive@sync kprobe --models coherent");
        assertEquals(0, outcome.code(), outcome.err());
        List<String> lines = outcome.lines();
        assertEquals("scenario   naive, naive@sync: cpus=2 site0=nop5->jmp32", lines.get(0));
        assertEquals("scenario   kprobe: cpus=2 site0=nop5->probe->nop5", lines.get(1));
        assertTrue(outcome.lastLine().matches("kprobe +atomic *"), outcome.lastLine());
        String json = Outcome.of("levels naive kprobe --models coherent --json").out();
        assertTrue(json.contains("cpus=2 site0=nop5->probe->nop5") && json.contains("cpus=2 site0=nop5->jmp32"), json);
    }

    /** An entry says itself what is patched. */
    @Test
    void anEntryOfSuchAProtocolHasItsOwnScenario() {
        Outcome outcome = Outcome.of("check ../corpus/hold/regular+kprobe+nmis.poke --max-states 1000");
        assertFalse(outcome.out().isEmpty() || outcome.out().contains("\nsites "), outcome.err());
    }

    /** First what was demanded, the decisive one before all; then what was not, and each by its length. */
    @Test
    void whatWasNotDemandedComesLastAndSaysSo() {
        List<String> found = Outcome.of("check naive --all").lines().stream()
                .filter(line -> line.startsWith("found ") || line.startsWith("also found "))
                .map(line -> line.replaceFirst(": [^;]*", ""))
                .toList();
        assertEquals(
                List.of(
                        "found      torn after 3 steps",
                        "also found stale after 8 steps; not demanded: level safe allows it",
                        "also found backwards after 8 steps; not demanded: level safe allows it"),
                found);
        String asked = Outcome.of("check naive --all --level atomic").out();
        assertFalse(asked.contains("\nalso found "), asked);
        String named = Outcome.of("check naive --all --property torn,stale").out();
        assertTrue(named.contains("\nfound      stale after "), named);
    }
}
