// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.catalog.Catalog;
import dev.pokecheck.corpus.ScenarioText;
import dev.pokecheck.explore.verdict.Check;
import dev.pokecheck.explore.verdict.CheckOptions;
import dev.pokecheck.explore.verdict.Verdict;
import dev.pokecheck.explore.verdict.Verdict.Kind;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.machine.Scenario;
import dev.pokecheck.property.Level;
import dev.pokecheck.property.Property;
import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Local;
import dev.pokecheck.protocol.Shared;
import dev.pokecheck.text.Site;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;

/** A lock operation and its unlock, patched together, whose versions agree on the lock or do not. */
class PairedLockTest {
    private static Verdict check(String protocol, String work, Level level) {
        Scenario scenario = ScenarioText.parse(
                        "cpus=2 site0=call->call site1=call->call chunk=8 fetch=coherent thread=none nmi=1"
                                + " nmi-work=" + work)
                .with(s -> s.watch(level.watch()).reduce(true));
        Machine machine =
                new Machine(scenario, Catalog.find(protocol).orElseThrow().record(scenario.setting()));
        return Check.search(machine, CheckOptions.defaults().require(level));
    }

    private static Property violated(Verdict verdict) {
        assertEquals(Kind.VIOLATED, verdict.kind(), verdict.sentence());
        return verdict.violation().orElseThrow().property();
    }

    @Test
    void oldLockAndNewUnlockOfDifferentRepresentation() {
        assertEquals(Property.DEADLOCK, violated(check("text_poke_late@repaired", "ticket", Level.ATOMIC)));
        assertEquals(Property.BUG, violated(check("text_poke_bp_batch", "ticket", Level.REGULAR)));
        assertEquals(
                Kind.HOLDS,
                check("text_poke_late@captured", "ticket", Level.GROUP).kind());
    }

    @Test
    void aMixOfTheSameRepresentationIsHarmless() {
        assertEquals(Property.GROUP, violated(check("text_poke_late@repaired", "pair", Level.GROUP)));
        assertEquals(
                Kind.HOLDS,
                check("text_poke_late@repaired", "pair", Level.ATOMIC).kind());
        assertEquals(
                Kind.HOLDS, check("text_poke_bp_batch", "pair", Level.REGULAR).kind());
    }

    @Test
    void aPairIsTwoSites() {
        Scenario one = ScenarioText.parse("cpus=2 site0=call->call nmi=1 nmi-work=ticket");
        IllegalArgumentException complaint = assertThrows(
                IllegalArgumentException.class,
                () -> Catalog.find("naive").orElseThrow().record(one.setting()));
        assertTrue(String.valueOf(complaint.getMessage()).contains("give two sites"), complaint.toString());
    }

    /** The version is that of the code that ran, and of equal code the first. */
    @Test
    void anExecutionTellsItsVersion() {
        assertTrue(isVersion("nop5->call", false, 0) && !isVersion("nop5->call", false, 1));
        assertTrue(isVersion("nop5->call", true, 1) && !isVersion("nop5->call", true, 0));
    }

    /** Whether some run executes a version of a site, before the patch call or behind it. */
    private static boolean isVersion(String spec, boolean behind, int asked) {
        Scenario scenario = ScenarioText.parse("cpus=2 thread=none fetch=coherent site0=" + spec);
        Machine machine = Machine.of(scenario, "p", b -> {
            Site site = b.sites().get(0);
            Shared turn = b.shared("turn", behind ? 0 : 1, 0, 2);
            b.patcher(r -> {
                r.await("patcher", turn.value().eq(0));
                r.patchBegin("begin", site, 1);
                r.textPoke("poke", site, 0, site.bytes(1));
                r.patchEnd("end", site, 1);
                r.store("next", turn, Expr.of(1));
            });
            b.thread(1, r -> {
                Local version = r.local("version", 0, 1);
                r.await("thread", turn.value().eq(1));
                r.execute("site", site, version);
                r.bugOn(version.value().eq(asked), "it was this version");
                r.store("next", turn, Expr.of(0));
            });
        });
        Verdict verdict = Check.search(machine, CheckOptions.defaults().lookFor(EnumSet.of(Property.BUG)));
        return verdict.kind() == Kind.VIOLATED;
    }
}
