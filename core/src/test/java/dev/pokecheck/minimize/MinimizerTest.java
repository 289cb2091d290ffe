// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.minimize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.Pins;
import dev.pokecheck.corpus.ScenarioText;
import dev.pokecheck.data.DataModel;
import dev.pokecheck.explore.verdict.Check;
import dev.pokecheck.explore.verdict.CheckOptions;
import dev.pokecheck.explore.verdict.Shortcuts;
import dev.pokecheck.explore.verdict.Verdict;
import dev.pokecheck.judge.Symptom;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.machine.Scenario;
import dev.pokecheck.machine.SiteSpec;
import dev.pokecheck.property.Property;
import dev.pokecheck.property.Watch;
import dev.pokecheck.schedule.PctScheduler;
import dev.pokecheck.schedule.RandomScheduler;
import dev.pokecheck.schedule.RecordingScheduler;
import dev.pokecheck.schedule.ReplayScheduler;
import dev.pokecheck.schedule.Walk;
import dev.pokecheck.text.FetchModel;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What each pass makes of a schedule, by names: before and after. */
class MinimizerTest {
    private static final String LINES = "cpus=2 site0=nop5->jmp32@62 fetch=stale-insn split=line chunk=64";

    private static final List<String> TORN =
            List.of("cpu0 patch1.site0", "cpu0 memcpy.site0 site0+0 [e9 2f]", "cpu1 fetch site0 [e9 2f 44 00 00]");

    private static Machine machine(String protocol, String scenario) {
        return Case.machine(protocol, ScenarioText.parse(scenario).with(b -> b.watch(Watch.NOTHING)))
                .unreduced();
    }

    private static int[] actions(Machine machine, List<String> names) {
        RecordingScheduler replay = new RecordingScheduler(new ReplayScheduler(machine, names));
        new Walk(machine, new Walk.Limits(0, names.size(), true)).run(replay, 0);
        return replay.actions();
    }

    private static Minimizer minimizer(String protocol) {
        return Minimizer.of(scenario -> Case.machine(protocol, scenario));
    }

    private static Optional<Minimized> minimized(
            Minimizer with, String protocol, String scenario, Property property, List<String> names) {
        Machine machine = machine(protocol, scenario);
        return with.minimize(machine, actions(machine, names), property);
    }

    private static Minimized torn(Minimizer with, String scenario, List<String> names) {
        return minimized(with, "naive", scenario, Property.TORN, names).orElseThrow();
    }

    @Pins("minimize.truncate")
    @Test
    void whatComesBehindTheViolationIsCutOff() {
        Minimized minimized = torn(
                minimizer("naive").keepScenario(true),
                LINES,
                List.of(TORN.get(0), TORN.get(1), TORN.get(2), "cpu0 memcpy.site0 site0+2 [58 36 03]"));
        assertEquals(TORN, minimized.steps());
        assertEquals(new Pass("truncate", 1, 1, 1), minimized.passes().get(0));
    }

    @Pins("minimize.drop")
    @Test
    void stepsThatAreNotNeededAreDropped() {
        Minimized minimized = torn(
                minimizer("naive").keepScenario(true),
                LINES,
                List.of(
                        "cpu1 fetch site0 [0f 1f 44 00 00]",
                        TORN.get(0),
                        "cpu1 fetch site0 [0f 1f 44 00 00]",
                        TORN.get(1),
                        TORN.get(2)));
        assertEquals(TORN, minimized.steps());
        assertEquals(2, minimized.passes().get(1).stepsGone());
        assertEquals(new Size(5, 4, 0, 2, 1), minimized.before());
        assertEquals(new Size(3, 1, 0, 2, 1), minimized.after());
    }

    @Pins("minimize.drop")
    @Test
    void anInterruptGoesWithAllThatItDoes() {
        Minimized minimized = torn(
                minimizer("naive").keepScenario(true),
                LINES + " nmi=1 nmi-work=site",
                List.of(
                        TORN.get(0),
                        "cpu1 nmi",
                        "cpu1.nmi fetch site0 [0f 1f 44 00 00]",
                        "cpu1.nmi iret",
                        TORN.get(1),
                        TORN.get(2)));
        assertEquals(TORN, minimized.steps());
        assertEquals(1, minimized.before().interrupts());
        assertEquals(0, minimized.after().interrupts());
    }

    /** Four CPUs, two sites, interrupts, store buffers; the fault needs two CPUs, one site and a line boundary. */
    @Pins("minimize.scenario")
    @Test
    void theScenarioShrinksToWhatTheViolationNeeds() {
        Machine machine = machine(
                "naive",
                "cpus=4 site0=call->nop5 site1=nop5->jmp32@62 nmi=2 nmi-work=site irq=1 mc=1 data=tso chunk=64 split=line");
        CheckOptions torn = CheckOptions.defaults().lookFor(EnumSet.of(Property.TORN));
        Verdict found = Check.sample(machine, torn, new RandomScheduler(1), "seed 1", 1000, 500);
        Minimized minimized = minimizer("naive")
                .shortener(Shortcuts.quick()::shorten)
                .minimize(machine, found.violation().orElseThrow().finding().schedule(), Property.TORN)
                .orElseThrow();
        Scenario left = minimized.scenario();
        assertEquals("site0", minimized.symptom().site());
        assertTrue(left.cpus() <= 2, left.toString());
        assertEquals(
                List.of("nop5->jmp32@62"),
                left.sites().stream().map(SiteSpec::text).toList());
        assertEquals(DataModel.SC, left.data());
        assertEquals(FetchModel.COHERENT, left.fetch());
        assertTrue(left.nmis() + left.irqs() + left.mcs() <= 1, left.toString());
    }

    @Pins("minimize.switches")
    @Test
    void stepsOfOneCpuAreBroughtTogether() {
        Minimized minimized = entry("corrupt-frame+breakpoint-in-nmi", true);
        assertEquals(minimized.before().steps(), minimized.after().steps());
        assertEquals(9, minimized.before().switches());
        assertEquals(5, minimized.after().switches());
    }

    private static Minimized entry(String name, boolean keepScenario) {
        Case known = Case.of(name);
        return known.minimized(known.minimizer().keepScenario(keepScenario));
    }

    /** With NMIs away, another deadlock of this protocol would be left: two CPUs that wait for each other, and nobody in an NMI. */
    @Test
    void aStuckRunStaysStuckInTheSameContexts() {
        Minimized minimized = entry("deadlock+stuck+lock", false);
        assertEquals("nmi at spin_lock", minimized.symptom().context());
        assertEquals(2, minimized.after().interrupts());
        assertTrue(minimized.after().steps() <= minimized.before().steps());
    }

    @Test
    void aScheduleThatDoesNotViolateThePropertyIsNotMinimised() {
        assertEquals(
                Optional.empty(), minimized(minimizer("naive"), "naive", LINES, Property.TORN, TORN.subList(0, 2)));
        assertEquals(Optional.empty(), minimized(minimizer("naive"), "naive", LINES, Property.BUG, TORN));
    }

    @Pins("minimize.replayed")
    @Test
    void aShortenerThatFindsSomethingElseIsAFault() {
        Minimizer wrong = minimizer("naive")
                .keepScenario(true)
                .shortener((machine, known, target) -> Optional.of(new int[] {known[0]}));
        assertThrows(IllegalStateException.class, () -> torn(wrong, LINES, TORN));
    }

    /** Halves of the text are torn in several phases; the one that was found is kept, unless the phase may change. */
    @Test
    void thePhaseIsKeptUnlessItMayChange() {
        Machine machine = machine("text_poke_bp_batch@no-sync1", "cpus=2 site0=nop5->jmp32");
        CheckOptions torn = CheckOptions.defaults().lookFor(EnumSet.of(Property.TORN));
        Verdict found = Check.sample(machine, torn, new PctScheduler(machine, 1, 4, 500), "seed 1", 1000, 500);
        int[] schedule = found.violation().orElseThrow().finding().schedule();
        Minimizer with = minimizer("text_poke_bp_batch@no-sync1")
                .shortener(Shortcuts.quick()::shorten)
                .keepScenario(true);
        Minimized same = with.minimize(machine, schedule, Property.TORN).orElseThrow();
        Minimized any =
                with.keepPhase(false).minimize(machine, schedule, Property.TORN).orElseThrow();
        assertEquals(Symptom.of(machine, schedule, Property.TORN), same.symptom());
        assertNotEquals(same.symptom(), any.symptom());
        assertTrue(any.after().steps() < same.after().steps());
    }

    @Pins("minimize.shorten")
    @Test
    void aSearchFindsWhatDroppingCannot() {
        Case known = Case.of("deadlock+stuck+lock", 1);
        Minimizer with = known.minimizer().keepScenario(true);
        Minimized dropped = known.minimized(with.shortener(Shortener.NONE));
        Minimized searched = known.minimized(with);
        assertTrue(searched.after().steps() < dropped.after().steps());
        assertEquals(1, searched.passes().get(2).successes());
        assertEquals(dropped.symptom(), searched.symptom());
    }

    /** Machines of smaller scenarios merge no steps either, whatever the scenario says. */
    @Pins("minimize.full-machine")
    @Test
    void schedulesAreThoseOfTheMachineWithoutReduction() {
        Case known = Case.of("deadlock+stale-ack+repaired");
        Minimized usual = known.minimized(known.minimizer());
        assertNotEquals(known.machine().scenario(), usual.scenario(), "there was a smaller scenario");
        assertEquals(
                usual.steps(),
                known.minimized(known.minimizer(b -> b.reduce(true))).steps());
    }
}
