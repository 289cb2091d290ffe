// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.catalog.Museum;
import dev.pokecheck.corpus.Corpus;
import dev.pokecheck.corpus.ScenarioText;
import dev.pokecheck.fuzz.claim.Claims;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.property.Level;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a violation is: refused, expected, beyond what is promised, or news; and when two are the same. */
class StandingTest {
    private static final Path FAIL = Path.of(System.getProperty("basedir", ".")).resolve("../corpus/fail");

    private static Machine machine(String protocol, String scenario) {
        var parsed = ScenarioText.parse(scenario);
        return new Machine(parsed, Menu.find(protocol).record(parsed.setting()));
    }

    /** A protocol that says BUG for a site that it does not support is no finding. */
    @Test
    void refusals() {
        assertTrue(Refusal.of(machine("smp_text_poke_batch", "cpus=2 site0=pvcall->ff15cbf89f01")));
        assertThrows(IllegalArgumentException.class, () -> machine("kprobe", "cpus=2 site0=nop5->jmp32"));
        assertFalse(Refusal.of(machine("smp_text_poke_batch", "cpus=2 site0=nop5->jmp32")));
    }

    /** What the museum shows is never taken for a refusal, not even an assertion that fails. */
    @Test
    void theMuseumIsNotRefused() {
        Museum.all().forEach(exhibit -> {
            assertFalse(Refusal.of(machine(exhibit.broken(), exhibit.scenario())), exhibit.id());
            assertFalse(Refusal.of(machine(exhibit.fixed(), exhibit.fixedScenario())), exhibit.id());
        });
    }

    /** A protocol promises what the museum shows that it holds, where it shows it. */
    @Test
    void theMuseumsPromises() {
        Museum.all().forEach(exhibit -> {
            Optional<Level> level = Level.of(exhibit.level());
            assertTrue(Claims.anyOf(exhibit.fixed()), exhibit.id());
            assertTrue(
                    Claims.of(exhibit.fixed(), ScenarioText.parse(exhibit.fixedScenario()))
                                    .isPresent()
                            && level.isPresent(),
                    exhibit.id());
        });
        assertFalse(Claims.anyOf("naive"));
        assertFalse(Claims.anyOf("text_poke_bp_batch@no-sync2"));
        assertFalse(Claims.anyOf(Canary.NAME));
        assertEquals(Optional.empty(), Claims.of("kprobe", ScenarioText.parse("cpus=3 site0=nop5->probe->nop5")));
    }

    private static Cause cause(String file) {
        return Cause.of(Corpus.read(FAIL.resolve(file))).orElseThrow();
    }

    @Test
    void causesInWords() {
        assertEquals(
                "torn in text_poke_bp_batch@no-sync2: fetch sees head new, bytes after it old; during it, head new, bytes after it new",
                cause("torn+no-sync2.poke").text());
        assertEquals(
                "deadlock in text_poke_late@rfc18: patch_worker.poke.SYNC_0.acks.all, sync_finish.sync_site.wait_state; during it, head int3, bytes after it old",
                cause("deadlock+stale-ack+no-nmi.poke").text());
        assertEquals(
                "bug in smp_text_poke_single@full-unchecked: WRITE_ONCE(text_poke_array.nr_entries, 2);; during it, head old, bytes after it old",
                cause("bug+array-full.poke").text());
    }

    /** Neither the number of CPUs nor the sites' lengths make another cause; another phase does. */
    @Test
    void oneCauseInManyScenarios() {
        assertEquals(cause("torn+no-sync2.poke"), cause("torn+no-sync2+stale-tail.poke"));
        assertNotEquals(cause("deadlock+lost-ack+no-nmi.poke"), cause("deadlock+lost-ack+sync-done.poke"));
    }

    @Test
    void anEntryOfAProtocolThatIsNotShippedHasNone() {
        assertTrue(Cause.of(Corpus.read(FAIL.resolve("torn+xen-livepatch+nmi.poke")))
                .isEmpty());
    }
}
