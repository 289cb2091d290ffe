// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.data.DataModel;
import dev.pokecheck.insn.Sync;
import dev.pokecheck.property.Watch;
import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Local;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.Setting.InterruptWork;
import dev.pokecheck.protocol.Shared;
import dev.pokecheck.text.FetchModel;
import dev.pokecheck.text.Site;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two states that differ only in their history are equal word by word. */
class CanonicalStatesTest {
    /** The states that are met first, as many as a test looks at. */
    private static final int STATES = 20_000;

    private static Set<List<Long>> states(Machine machine) {
        long[] state = new long[machine.words()];
        machine.initial(state);
        Set<List<Long>> seen = new HashSet<>(Set.of(boxed(state)));
        Deque<List<Long>> open = new ArrayDeque<>(seen);
        ActionList actions = new ActionList();
        while (!open.isEmpty() && seen.size() < STATES) {
            long[] from = unboxed(open.removeFirst());
            machine.enabled(from, actions);
            for (int i = 0; i < actions.size(); i++) {
                long[] to = from.clone();
                if (machine.apply(to, actions.get(i)) == 0 && seen.add(boxed(to))) {
                    open.addLast(boxed(to));
                }
            }
        }
        return seen;
    }

    private static List<Long> boxed(long[] state) {
        return Arrays.stream(state).boxed().toList();
    }

    private static long[] unboxed(List<Long> state) {
        return state.stream().mapToLong(Long::longValue).toArray();
    }

    /** Actions of different CPUs in both orders; returns how many pairs there were. */
    private static int commutes(Machine machine) {
        int pairs = 0;
        ActionList actions = new ActionList();
        for (List<Long> words : states(machine)) {
            long[] state = unboxed(words);
            machine.enabled(state, actions);
            for (int i = 0; i < actions.size(); i++) {
                for (int j = 0; j < i; j++) {
                    if (machine.agent(actions.get(i)) != machine.agent(actions.get(j))) {
                        long[] one = state.clone();
                        machine.apply(one, actions.get(i));
                        machine.apply(one, actions.get(j));
                        long[] other = state.clone();
                        machine.apply(other, actions.get(j));
                        machine.apply(other, actions.get(i));
                        assertArrayEquals(
                                one,
                                other,
                                machine.describe(state, actions.get(i)) + " and "
                                        + machine.describe(state, actions.get(j)));
                        pairs++;
                    }
                }
            }
        }
        return pairs;
    }

    /** Each CPU has a variable and a site of its own; nobody writes text. */
    private static Protocol.Definition apart() {
        return b -> {
            for (int cpu = 0; cpu < 2; cpu++) {
                Shared own = b.shared("x" + cpu, 0, 0, 3);
                Site site = b.sites().get(cpu);
                b.thread(cpu, r -> {
                    Local local = r.local("l", 0, 3);
                    r.store("store", own, Expr.of(2));
                    r.load("load", local, own);
                    r.execute("exec", site);
                    r.irqDisable("cli");
                    r.store("again", own, local.value().minus(1));
                    r.irqEnable("sti");
                    r.fence("fence");
                });
            }
            b.breakpoint(r -> {
                for (Site site : b.sites()) {
                    r.ifThen(
                            Expr.savedAddress().eq(b.addressOf(site).plus(1)),
                            () -> r.emulate("emulate." + site.name(), site, 1, true));
                }
            });
        };
    }

    @ParameterizedTest
    @EnumSource
    void whatTwoCpusDoToDifferentThingsCommutes(DataModel data) {
        int pairs = commutes(Litmus.sites("int3->nop1", "nop3->nop3")
                .with(b -> b.data(data).nmis(1).nmiWork(InterruptWork.SITE).watch(Watch.NOTHING))
                .machine(apart()));
        assertTrue(pairs > 1000, () -> pairs + " pairs");
    }

    @Test
    void storesToDifferentSitesCommute() {
        int pairs = commutes(Litmus.sites("nop2->jmp8", "nop2->jmp8")
                .with(b -> b.cpus(3))
                .machine(b -> {
                    for (int cpu = 0; cpu < 2; cpu++) {
                        Site site = b.sites().get(cpu);
                        b.thread(cpu, r -> r.textPoke("poke", site, 0, site.bytes(1)));
                    }
                }));
        assertTrue(pairs >= 9, () -> pairs + " pairs");
    }

    /** How many different states a program can end in. */
    private static int ends(Litmus litmus, Protocol.Definition definition) {
        Machine machine = litmus.machine(definition);
        Set<List<Long>> ends = new HashSet<>();
        for (List<Long> words : states(machine)) {
            if (machine.complete(unboxed(words))) {
                ends.add(words);
            }
        }
        return ends.size();
    }

    @ParameterizedTest
    @EnumSource
    void aLocalVariableThatIsReadNoMoreIsForgotten(DataModel data) {
        Protocol.Definition definition = b -> {
            Shared x = b.shared("x", 0, 0, 1);
            b.thread(0, r -> r.store("x", x, Expr.of(1)));
            b.thread(1, r -> {
                Local l = r.local("l", 0, 1);
                r.load("load", l, x);
                r.ifThen(l.value().eq(1), () -> r.serialize("sync", Sync.CPUID));
                r.bugOn("last", x.value().eq(2), "never");
            });
        };
        assertEquals(1, ends(Litmus.data(data), definition));
    }

    @Test
    void aValueThatWasReadIsNotForgottenBefore() {
        Protocol.Definition definition = b -> {
            Shared x = b.shared("x", 0, 0, 1);
            Shared y = b.shared("y", 0, 0, 1);
            b.thread(0, r -> r.store("x", x, Expr.of(1)));
            b.thread(1, r -> {
                Local l = r.local("l", 0, 1);
                r.load("load", l, x);
                r.fence("fence");
                r.store("y", y, l.value());
            });
        };
        assertEquals(2, ends(Litmus.data(DataModel.SC), definition));
    }

    @Test
    void aBufferThatWasUsedIsAsGoodAsNew() {
        assertEquals(1, ends(Litmus.data(DataModel.TSO), new Assembly("x=1; y=2; x=3", "z=1; z=2")));
    }

    @Test
    void anInterruptLeavesNothingBehind() {
        Protocol.Definition definition = b -> {
            b.thread(0, r -> {
                r.sendNmi("send", Expr.of(1));
                r.syncEachCpu("sync", Sync.IRET);
            });
            b.thread(1, r -> {
                r.execute("exec0", b.sites().get(0));
                r.irqDisable("cli");
                r.irqEnable("sti");
            });
            b.nmi(r -> {
                Local l = r.local("l", 0, 3);
                r.assign(l, Expr.of(2));
                r.execute("exec", b.sites().get(0));
                r.bugOn(l.value().ne(2), "never");
            });
        };
        assertEquals(1, ends(Litmus.sites("e80001000090->e80001000090"), definition));
    }

    @Test
    void stopMachineLeavesNothingBehind() {
        Protocol.Definition definition = b -> {
            b.thread(
                    0,
                    r -> r.stopMachine("stop", () -> r.serialize("cpuid", Sync.CPUID), b.routine("others", other -> {
                        Local l = other.local("l", 0, 3);
                        other.assign(l, Expr.of(2));
                        other.serialize("cpuid", Sync.CPUID);
                        other.bugOn(l.value().ne(2), "never");
                    })));
            b.thread(1, r -> r.execute("exec", b.sites().get(0)));
        };
        assertEquals(1, ends(Litmus.sites("9090->9090").with(b -> b.cpus(3)), definition));
    }

    @Test
    void theWayOfAStoreToMemoryIsForgottenWhenAllHaveSerialized() {
        assertEquals(
                1,
                ends(
                        Litmus.sites("nop5->jmp32")
                                .with(b -> b.fetch(FetchModel.STALE_HEAD).data(DataModel.TSO)),
                        new Assembly("poke; sync iret", "")));
    }

    @Test
    void anExecutionLeavesNothingBehindUnlessItIsWatched() {
        Assembly program = new Assembly("poke; sync iret", "exec");
        Litmus litmus = Litmus.sites("nop1->f4");
        assertEquals(1, ends(litmus.with(b -> b.watch(Watch.NOTHING)), program));
        assertEquals(2, ends(litmus, program));
    }
}
