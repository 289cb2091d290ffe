// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.step.compact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.Pins;
import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Local;
import dev.pokecheck.protocol.Protocol.Definition;
import dev.pokecheck.protocol.Recorder;
import dev.pokecheck.protocol.Shared;
import dev.pokecheck.step.Graph;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LocalSlotsTest {
    private static final int PROGRAMS = 400;
    private static final int WALK = 150;

    /** What a test records, with a variable that its steps store to. */
    private interface Body {
        void record(Recorder r, Shared x);
    }

    private static Graph graph(Body body) {
        return Programs.graph(b -> {
            Shared x = b.shared("x", 0, 0, 9);
            b.patcher(r -> body.record(r, x));
        });
    }

    @Test
    @Pins("step.compact.live")
    void whatNobodyReadsIsKeptNowhere() {
        Graph graph = graph((r, x) -> r.load("load", r.local("a", 0, 9), x));
        LocalSlots slots = new LocalSlots(graph);
        assertEquals(LocalSlots.NONE, slots.of(0, 0));
        assertFalse(slots.keeps(0));
        assertEquals(List.of(), slots.spans());
    }

    @Test
    @Pins("step.compact.slots")
    void variablesThatAreNeverLiveTogetherShareASlot() {
        Graph graph = graph((r, x) -> {
            Local a = r.local("a", 0, 1);
            Local b = r.local("b", 0, 7);
            r.load("first", a, x);
            r.store("store", x, a.value());
            r.load("second", b, x);
            r.store("store2", x, b.value());
        });
        LocalSlots slots = new LocalSlots(graph);
        assertEquals(slots.of(0, 0), slots.of(0, 1));
        assertEquals(List.of(7L), slots.spans());
        assertTrue(slots.keeps(0));
    }

    @Test
    @Pins("step.compact.slots")
    void whatIsReadBeforeItIsAssignedIsLiveFromTheBeginning() {
        Graph graph = graph((r, x) -> {
            Local early = r.local("early", 0, 1);
            Local late = r.local("late", 0, 1);
            r.load("load", late, x);
            r.store("store", x, late.value());
            r.store("store2", x, early.value());
        });
        LocalSlots slots = new LocalSlots(graph);
        assertNotEquals(slots.of(0, 0), slots.of(0, 1));
    }

    @Test
    @Pins("step.compact.copies")
    void aCopySharesTheSlotUnlessOneOfTheTwoChanges() {
        Body copied = (r, x) -> copy(r, x, r.local("b", 0, 3), false);
        Body changed = (r, x) -> copy(r, x, r.local("b", 0, 3), true);
        Body narrower = (r, x) -> copy(r, x, r.local("b", 0, 2), false);
        Body elsewhere = (r, x) -> copy(r, x, r.local("b", -1, 3), false);
        assertTrue(areTogether(copied));
        assertFalse(areTogether(changed));
        assertFalse(areTogether(narrower));
        assertFalse(areTogether(elsewhere));
    }

    private static void copy(Recorder r, Shared x, Local b, boolean changes) {
        Local a = r.local("a", 0, 3);
        r.load("load", a, x);
        r.assign(b, a.value());
        if (changes) {
            r.assign(a, Expr.of(1));
        }
        r.store("store", x, a.value().plus(b.value()));
    }

    @Test
    @Pins("step.compact.copies")
    void aCopyMayBeMadeAgain() {
        assertTrue(areTogether((r, x) -> copiedTwice(r, x, false)));
        assertFalse(areTogether((r, x) -> copiedTwice(r, x, true)));
    }

    /** The first variable is copied to a second, and that to the last one, twice; in between it may change on one of two ways. */
    private static void copiedTwice(Recorder r, Shared x, boolean changes) {
        Local a = r.local("a", 0, 3);
        Local last = r.local("last", 0, 3);
        Local b = r.local("b", 0, 3);
        r.load("load", a, x);
        r.assign(b, a.value());
        r.assign(last, b.value());
        r.store("store", x, last.value());
        if (changes) {
            r.ifThen(b.value().eq(1), () -> r.assign(a, Expr.of(2)));
        }
        r.assign(last, b.value());
        r.store("store2", x, last.value().plus(a.value()));
    }

    private static boolean areTogether(Body body) {
        LocalSlots slots = new LocalSlots(graph(body));
        return slots.of(0, 0) == slots.of(0, 1);
    }

    /** A walk through a program in which values are told apart by the step that made them. */
    private static final class Walk {
        final Graph graph;
        final LocalSlots slots;
        final Random random;
        final int[] variables;
        final int[] kept;

        Walk(Graph graph, long seed) {
            this.graph = graph;
            slots = new LocalSlots(graph);
            random = new Random(seed);
            variables = new int[graph.locals(0).size()];
            kept = new int[slots.spans().size()];
        }

        /** Takes steps whichever way they may lead; what a step reads must be what was assigned last. */
        void go() {
            int pc = 0;
            for (int n = 1; n <= WALK && !graph.step(pc).isEnd(); n++) {
                for (int read : graph.footprint(pc).localReads()) {
                    assertEquals(
                            variables[read],
                            kept[slots.of(pc, read)],
                            graph.step(pc).words().toString());
                }
                assign(pc, n);
                List<Integer> next = graph.next(pc);
                pc = next.get(random.nextInt(next.size()));
            }
        }

        private void assign(int pc, int value) {
            int local = graph.footprint(pc).assigned().orElse(-1);
            if (local < 0) {
                return;
            }
            int copied = Interference.copied(graph, pc);
            variables[local] = copied < 0 ? value : variables[copied];
            if (slots.keeps(pc)) {
                kept[slots.of(pc, local)] = copied < 0 ? value : kept[slots.of(pc, copied)];
            }
        }
    }

    @Test
    @Pins("step.compact.live")
    @Pins("step.compact.slots")
    @Pins("step.compact.copies")
    void eachReadFindsWhatWasAssignedLast() {
        long shared = 0;
        for (long seed = 0; seed < PROGRAMS; seed++) {
            Definition program = Programs.random(seed);
            Walk walk = new Walk(Programs.graph(program), seed);
            walk.go();
            shared += walk.variables.length - Arrays.stream(walk.kept).count();
        }
        assertTrue(shared > PROGRAMS, "so few shared a slot: " + shared);
    }
}
