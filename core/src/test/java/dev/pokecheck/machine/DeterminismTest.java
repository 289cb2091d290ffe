// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.Pins;
import dev.pokecheck.catalog.Catalog;
import dev.pokecheck.catalog.FittingSites;
import dev.pokecheck.cpu.NmiModel;
import dev.pokecheck.data.DataModel;
import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.Setting.InterruptWork;
import dev.pokecheck.protocol.Shared;
import dev.pokecheck.text.FetchModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names pick actions, and everything is a function of the state. */
class DeterminismTest {
    private static final long NAMES_SEED = 20250740;

    private static final long SPONTANEOUS_SEED = 20250742;

    private static final int WALKS = 20;
    private static final int STEPS = 200;

    private static Machine machine(String protocol) {
        Scenario busy = Scenario.of(List.of(SiteSpec.parse("nop5->jmp32@6"), SiteSpec.parse("call->nop5")))
                .with(b -> b.cpus(3)
                        .data(DataModel.TSO)
                        .fetch(FetchModel.STALE_TAIL)
                        .chunk(8)
                        .nmi(NmiModel.HARDWARE)
                        .nmis(2)
                        .nmiWork(InterruptWork.SITE)
                        .irqs(1)
                        .mcs(1));
        Scenario scenario = FittingSites.in(protocol, busy);
        return new Machine(scenario, Catalog.find(protocol).orElseThrow().record(scenario.setting()));
    }

    private static List<String> names(Machine machine, long[] state) {
        ActionList actions = new ActionList();
        machine.enabled(state, actions);
        List<String> names = new ArrayList<>();
        for (int i = 0; i < actions.size(); i++) {
            names.add(machine.describe(state, actions.get(i)));
        }
        return names;
    }

    @ParameterizedTest
    @MethodSource("dev.pokecheck.catalog.Representatives#ofEachName")
    void namesAreUniqueAndActionsAFunctionOfTheState(String protocol, TestReporter reporter) {
        Machine machine = machine(protocol);
        reporter.publishEntry("seed", Long.toString(NAMES_SEED));
        SplittableRandom random = new SplittableRandom(NAMES_SEED);
        ActionList actions = new ActionList();
        for (int walk = 0; walk < WALKS; walk++) {
            long[] state = new long[machine.words()];
            machine.initial(state);
            long incidents = 0;
            for (int step = 0; step < STEPS && incidents == 0; step++) {
                List<String> names = names(machine, state);
                assertEquals(names.size(), new TreeSet<>(names).size(), names::toString);
                assertEquals(names, names(machine, state));
                machine.enabled(state, actions);
                if (actions.size() == 0) {
                    break;
                }
                int action = actions.get(random.nextInt(actions.size()));
                assertEquals(ActionKind.cpu(action), machine.agent(action));
                long[] again = state.clone();
                incidents = machine.apply(state, action);
                assertEquals(incidents, machine.apply(again, action));
                assertTrue(Arrays.equals(state, again));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dev.pokecheck.catalog.Representatives#ofEachName")
    void aMachineThatHasSeenMoreNamesTheSameActions(String protocol) {
        together(protocol);
    }

    @Tag("full")
    @ParameterizedTest
    @MethodSource("dev.pokecheck.catalog.Representatives#others")
    void soItIsWithAllOthers(String protocol, TestReporter reporter) {
        namesAreUniqueAndActionsAFunctionOfTheState(protocol, reporter);
        together(protocol);
    }

    /** Two CPUs write the site in either order and once again, so that two histories with the same contents meet in one view. */
    private static Script pokes(Machine machine, String... order) {
        Script script = new Script(machine);
        for (String cpu : order) {
            script.take("cpu" + cpu);
        }
        return script;
    }

    @Test
    void aMachineThatHasSeenMoreNamesThemInTheSameOrder() {
        Protocol.Definition definition = b -> {
            b.thread(0, r -> {
                r.textPoke("a", b.sites().get(0), 0, (byte) 0xf4);
                r.textPoke("again", b.sites().get(0), 0, (byte) 0xf4);
            });
            b.thread(1, r -> r.textPoke("b", b.sites().get(0), 0, (byte) 0xf5));
            b.thread(2, r -> r.execute("exec", b.sites().get(0)));
        };
        Litmus litmus = Litmus.sites("nop1->f4->f5").with(b -> b.cpus(3));
        Machine warm = litmus.machine(definition);
        // Here memory held f4, then f5; below f5, then f4, which is the same set.
        pokes(warm, "0 a", "1 b", "0 again");
        String[] order = {"1 b", "0 a", "0 again"};
        assertEquals(
                pokes(litmus.machine(definition), order).enabled(),
                pokes(warm, order).enabled());
    }

    /** Two machines go the same way by name; one has been elsewhere before. */
    private static void together(String protocol) {
        Machine warm = machine(protocol);
        SplittableRandom random = new SplittableRandom(20250741);
        for (int walk = 0; walk < WALKS; walk++) {
            Machine cold = machine(protocol);
            long[] one = new long[cold.words()];
            long[] other = new long[warm.words()];
            cold.initial(one);
            warm.initial(other);
            long incidents = 0;
            for (int step = 0; step < STEPS && incidents == 0; step++) {
                List<String> names = names(cold, one);
                List<String> warmNames = names(warm, other);
                assertEquals(new TreeSet<>(names), new TreeSet<>(warmNames));
                if (names.isEmpty()) {
                    break;
                }
                String name = names.get(random.nextInt(names.size()));
                incidents = take(cold, one, name);
                assertEquals(incidents, take(warm, other, name));
            }
        }
    }

    private static long take(Machine machine, long[] state, String name) {
        ActionList actions = new ActionList();
        machine.enabled(state, actions);
        for (int i = 0; i < actions.size(); i++) {
            if (machine.describe(state, actions.get(i)).equals(name)) {
                return machine.apply(state, actions.get(i));
            }
        }
        throw new AssertionError(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nmi", "irq", "mc", "ipi", "stop"})
    void aLabelIsToldFromAnInterrupt(String label) {
        Protocol.Definition definition = b -> {
            Shared x = b.shared("x", 0, 0, 1);
            b.thread(0, r -> r.store(label, x, Expr.of(1)));
        };
        Litmus litmus = Litmus.sites("nop1->nop1").with(b -> b.cpus(1));
        assertThrows(IllegalArgumentException.class, () -> litmus.machine(definition));
    }

    @Test
    void namesTellContextsAndKindsApart() {
        Script script = new Script(Litmus.sites("nop1->f4")
                .with(b -> b.data(DataModel.TSO).nmis(1).irqs(1).mcs(1))
                .machine(new Assembly("x=1; poke; sync iret", "exec")));
        assertEquals(
                List.of(
                        "cpu0 s0",
                        "cpu0 nmi",
                        "cpu0 mc",
                        "cpu0 irq",
                        "cpu1 fetch site0 [90]",
                        "cpu1 nmi",
                        "cpu1 mc",
                        "cpu1 irq"),
                script.enabled());
        assertEquals(
                List.of("cpu0 drain x=1", "cpu0 s1"),
                script.take("cpu0 s0").enabled().subList(0, 2));
        script.take("cpu0 s1", "cpu0 drain x=1", "cpu0 drain site0+0 [f4]", "cpu0 s2");
        assertTrue(script.enabled().contains("cpu1 ipi"));
        assertTrue(script.take("cpu1 irq").enabled().contains("cpu1.irq fetch site0 [90]"));
        assertTrue(script.enabled().contains("cpu1.irq fetch site0 [f4]"));
        assertTrue(script.take("cpu1.irq nmi").enabled().contains("cpu1.nmi iret"));
    }

    @Pins("machine.no-progress")
    @Test
    void spontaneousAreTheActionsThatNobodyOwes(TestReporter reporter) {
        Machine machine = machine("text_poke_bp_batch");
        reporter.publishEntry("seed", Long.toString(SPONTANEOUS_SEED));
        SplittableRandom random = new SplittableRandom(SPONTANEOUS_SEED);
        ActionList actions = new ActionList();
        long[] state = new long[machine.words()];
        machine.initial(state);
        for (int step = 0; step < STEPS; step++) {
            machine.enabled(state, actions);
            for (int i = 0; i < actions.size(); i++) {
                String name = machine.describe(state, actions.get(i));
                assertEquals(name.matches("cpu\\d(\\.\\w+)? (nmi|irq|mc)"), machine.spontaneous(actions.get(i)), name);
            }
            if (machine.apply(state, actions.get(random.nextInt(actions.size()))) != 0) {
                machine.initial(state);
            }
        }
    }
}
