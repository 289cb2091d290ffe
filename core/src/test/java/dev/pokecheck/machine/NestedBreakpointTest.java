// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.Pins;
import dev.pokecheck.data.DataModel;
import dev.pokecheck.explore.verdict.Check;
import dev.pokecheck.explore.verdict.CheckOptions;
import dev.pokecheck.explore.verdict.Verdict.Kind;
import dev.pokecheck.property.Incident;
import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Local;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.ProtocolBuilder;
import dev.pokecheck.protocol.Recorder;
import dev.pokecheck.protocol.Shared;
import dev.pokecheck.text.Site;
import dev.pokecheck.text.TableFullException;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Breakpoint handlers that hit breakpoints: how deep the stack is, and which of them never come to an end. */
class NestedBreakpointTest {
    private static final Set<Incident> NOTHING = Set.of();
    private static final Set<Incident> RECURSION = Set.of(Incident.RECURSION);

    private static Site site(ProtocolBuilder b, int number) {
        return b.sites().get(number);
    }

    /** CPU 0 executes site 1; all sites are breakpoints that stand for a NOP. */
    private static Protocol.Definition program(BiConsumer<ProtocolBuilder, Recorder> handler) {
        return b -> {
            b.thread(0, r -> r.execute("exec", site(b, 1)));
            b.breakpoint(r -> handler.accept(b, r));
        };
    }

    private static Litmus litmus(DataModel data) {
        return Litmus.sites("int3->nop1", "int3->nop1").with(b -> b.cpus(1).data(data));
    }

    private static Set<Incident> incidents(BiConsumer<ProtocolBuilder, Recorder> handler) {
        Set<Incident> all = EnumSet.noneOf(Incident.class);
        for (DataModel data : DataModel.values()) {
            all.addAll(litmus(data).run(program(handler)).incidents());
        }
        all.remove(Incident.LOST_PATCH);
        return all;
    }

    private static void emulate(ProtocolBuilder b, Recorder r, int number) {
        r.emulate("emulate" + number, site(b, number), 1, true);
    }

    private static Expr isAt(ProtocolBuilder b, int number) {
        return Expr.savedAddress().eq(b.addressOf(site(b, number)).plus(1));
    }

    /** The handler of site 1 executes site 0, that of site 0 does something. */
    private static BiConsumer<ProtocolBuilder, Recorder> executesSite0(BiConsumer<ProtocolBuilder, Recorder> then) {
        return (b, r) -> r.ifElse(
                isAt(b, 1),
                () -> {
                    r.execute("inner", site(b, 0));
                    emulate(b, r, 1);
                },
                () -> {
                    then.accept(b, r);
                    emulate(b, r, 0);
                });
    }

    private static final BiConsumer<ProtocolBuilder, Recorder> EMULATED_AT_ONCE = executesSite0((b, r) -> {});

    @Pins("machine.recursion")
    @Test
    void aHandlerMayHitAnotherBreakpoint() {
        assertEquals(NOTHING, incidents(EMULATED_AT_ONCE));
        assertTrue(litmus(DataModel.SC).run(program(EMULATED_AT_ONCE)).took("cpu0.bp fetch site0 [cc]"));
    }

    @Pins("machine.recursion")
    @Test
    void aHandlerThatHitsItsOwnBreakpointIsRecursion() {
        assertEquals(RECURSION, incidents((b, r) -> {
            r.execute("inner", site(b, 1));
            emulate(b, r, 1);
        }));
    }

    @Pins("machine.recursion")
    @Test
    void twoHandlersThatHitEachOthersBreakpointsAreRecursion() {
        assertEquals(RECURSION, incidents(executesSite0((b, r) -> r.execute("again", site(b, 1)))));
    }

    @Pins("machine.recursion")
    @Test
    void aHandlerWithABreakpointOfSomebodyElseInItIsRecursion() {
        Protocol.Definition program = b -> {
            b.thread(0, r -> r.foreignInt3("int3"));
            b.breakpoint(r -> {
                r.foreignInt3("inner");
                r.unhandled("not_ours");
            });
        };
        Set<Incident> incidents = litmus(DataModel.SC).run(program).incidents();
        incidents.remove(Incident.LOST_PATCH);
        assertEquals(RECURSION, incidents);
    }

    /** The handler hits its own breakpoint until a counter has a value. */
    private static BiConsumer<ProtocolBuilder, Recorder> counts(int most) {
        return (b, r) -> {
            Shared count = b.shared("count", 0, 0, 7);
            Local seen = r.local("seen", 0, 7);
            r.load("load", seen, count);
            r.ifThen(seen.value().lt(Expr.of(most)), () -> {
                r.store("store", count, seen.value().plus(1));
                r.execute("inner", site(b, 1));
            });
            emulate(b, r, 1);
        };
    }

    @Pins("machine.changed")
    @Test
    void aHandlerThatDoesSomethingElseTheNextTimeIsNone() {
        assertEquals(NOTHING, incidents(counts(1)));
    }

    @Pins("machine.changed")
    @Test
    void anotherCpuMayHaveChangedSomething() {
        Protocol.Definition program = b -> {
            Shared flag = b.shared("flag", 0, 0, 1);
            b.thread(0, r -> r.execute("exec", site(b, 1)));
            b.thread(1, r -> r.store("set", flag, Expr.of(1)));
            b.breakpoint(r -> {
                r.await("wait", flag.value().eq(1));
                emulate(b, r, 1);
            });
        };
        assertEquals(
                Set.of(Incident.LOST_PATCH),
                litmus(DataModel.SC).with(b -> b.cpus(2)).run(program).incidents());
        Protocol.Definition executes = b -> {
            Shared flag = b.shared("flag", 0, 0, 1);
            b.thread(0, r -> r.execute("exec", site(b, 1)));
            b.thread(1, r -> r.store("set", flag, Expr.of(1)));
            b.breakpoint(r -> {
                Local seen = r.local("seen", 0, 1);
                r.load("load", seen, flag);
                r.await("wait", flag.value().eq(1));
                r.ifThen(seen.value().eq(0), () -> r.execute("inner", site(b, 1)));
                emulate(b, r, 1);
            });
        };
        Set<Incident> incidents =
                litmus(DataModel.SC).with(b -> b.cpus(2)).run(executes).incidents();
        assertEquals(Set.of(Incident.LOST_PATCH), incidents);
    }

    @Pins("machine.changed")
    @Test
    void anInterruptThatCameInBetweenNeedNotComeAgain() {
        Protocol.Definition program = b -> {
            b.thread(0, r -> r.execute("exec", site(b, 1)));
            b.nmi(r -> r.execute("inner", site(b, 1)));
            b.breakpoint(r -> emulate(b, r, 1));
        };
        Set<Incident> incidents =
                litmus(DataModel.SC).with(b -> b.nmis(1)).run(program).incidents();
        assertEquals(Set.of(Incident.LOST_PATCH), incidents);
    }

    /** However its steps are merged: a handler that has changed something and taken it back may have been seen to. */
    @Pins("machine.changed")
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aChangeThatIsTakenBackIsOne(boolean reduce) {
        Machine machine = litmus(DataModel.SC)
                .with(b -> b.depth(4).reduce(reduce))
                .machine(program((b, r) -> {
                    Shared flag = b.shared("flag", 0, 0, 1);
                    r.store("set", flag, Expr.of(1));
                    r.store("reset", flag, Expr.of(0));
                    r.execute("inner", site(b, 1));
                    emulate(b, r, 1);
                }));
        assertEquals(
                Kind.NO_VIOLATION_WITHIN,
                Check.search(machine, CheckOptions.defaults()).kind());
    }

    // ---- depth

    private static Machine machine(int depth, BiConsumer<ProtocolBuilder, Recorder> handler) {
        return litmus(DataModel.SC).with(b -> b.depth(depth)).machine(program(handler));
    }

    @Pins("cpu.depth")
    @Test
    void toNeedMoreContextsThanTheStackHoldsIsABound() {
        TableFullException full = assertThrows(
                TableFullException.class,
                () -> new Script(machine(2, EMULATED_AT_ONCE))
                        .take("cpu0 fetch site1 [cc]", "cpu0.bp fetch site0 [cc]"));
        assertEquals("the stack of contexts of cpu0 (full with 2, see --depth)", full.bound());
        assertFalse(new Script(machine(3, EMULATED_AT_ONCE))
                .take("cpu0 fetch site1 [cc]", "cpu0.bp fetch site0 [cc]")
                .enabled()
                .isEmpty());
    }

    @Pins("cpu.depth")
    @Test
    void aVerdictNamesIt() {
        var bounded = Check.search(machine(4, counts(7)), CheckOptions.defaults());
        assertEquals(Kind.NO_VIOLATION_WITHIN, bounded.kind(), bounded::sentence);
        assertEquals("the stack of contexts of cpu0 (full with 4, see --depth)", bounded.bounds());
        assertEquals(
                Kind.NO_VIOLATION_WITHIN,
                Check.search(machine(8, counts(7)), CheckOptions.defaults()).kind());
        assertTrue(Check.search(machine(9, counts(7)), CheckOptions.defaults())
                .bounds()
                .isEmpty());
    }
}
