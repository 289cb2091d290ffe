// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.step.compact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.Pins;
import dev.pokecheck.explore.search.Finding;
import dev.pokecheck.explore.search.Search;
import dev.pokecheck.explore.search.SearchOptions;
import dev.pokecheck.explore.search.SearchResult;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.machine.Scenario;
import dev.pokecheck.property.Incidents;
import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Local;
import dev.pokecheck.protocol.Protocol.Definition;
import dev.pokecheck.protocol.Shared;
import dev.pokecheck.step.Graph;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ShortcutsTest {
    private static final int PROGRAMS = 150;

    private static int[] shortcuts(Graph graph) {
        return Shortcuts.of(graph, new LocalSlots(graph));
    }

    @Test
    @Pins("step.compact.shortcuts")
    void whatOnlyLeadsIsPassedOver() {
        Graph graph = Programs.graph(b -> {
            Shared x = b.shared("x", 0, 0, 1);
            b.patcher(r -> {
                r.block("out", () -> {
                    r.ifElse(Expr.of(0), () -> r.store("never", x, Expr.of(1)), () -> r.leave("out"));
                    r.store("nor", x, Expr.of(1));
                });
                r.assign(r.local("dead", 0, 1), Expr.of(1));
                r.store("first", x, Expr.of(1));
            });
        });
        assertEquals("first", graph.step(shortcuts(graph)[0]).label());
    }

    @Test
    @Pins("step.compact.shortcuts")
    void whatMayFailIsNot() {
        Graph graph = Programs.graph(b -> b.patcher(r -> {
            Local wide = r.local("wide", 0, 9);
            r.assign(r.local("dead", 0, 1), Expr.of(2));
            r.assign(r.local("narrow", 0, 1), wide.value());
        }));
        assertEquals(0, shortcuts(graph)[0]);
        assertEquals(1, shortcuts(graph)[1]);
    }

    @Test
    @Pins("step.compact.decisions")
    void whatWasAskedBeforeIsNotAskedAgain() {
        Graph graph = Programs.graph(b -> {
            Shared x = b.shared("x", 0, 0, 3);
            b.patcher(r -> {
                Local p = r.local("p", 0, 3);
                r.load("read", p, x);
                r.bugOn(p.value().eq(0), "null");
                r.store("between", x, p.value());
                r.bugOn(p.value().eq(0), "null");
                r.store("first", x, p.value());
                r.ifElse(p.value().eq(0), () -> r.store("never", x, Expr.of(1)), () -> r.store("known", x, p.value()));
                r.load("other", p, x);
                r.bugOn(p.value().eq(0), "null");
                r.store("last", x, p.value());
            });
        });
        assertTrue(asksAfter(graph, "read"));
        assertFalse(asksAfter(graph, "between"));
        assertFalse(asksAfter(graph, "first"));
        assertTrue(asksAfter(graph, "other"));
    }

    @Test
    @Pins("step.compact.shortcuts")
    void aConstantThatOnlyBranchesAskForIsPassedOver() {
        Graph graph = Programs.graph(b -> {
            Shared x = b.shared("x", 0, 0, 3);
            b.patcher(r -> {
                Local seen = r.local("seen", 0, 3);
                Local value = r.local("value", 0, 1);
                r.load("read", seen, x);
                r.ifElse(seen.value().eq(2), () -> r.assign(value, Expr.of(1)), () -> r.assign(value, Expr.of(0)));
                r.ifElse(
                        value.value().eq(1),
                        () -> r.store("two", x, Expr.of(1)),
                        () -> r.store("other", x, Expr.of(2)));
            });
        });
        int[] through = shortcuts(graph);
        assertEquals("two", graph.step(through[2]).label());
        assertEquals("other", graph.step(through[graph.step(1).flow().target()]).label());
    }

    @Test
    @Pins("step.compact.shortcuts")
    void soAreCopiesOfItThatOnlyBranchesAskFor() {
        assertEquals("two", graph(false).step(shortcuts(graph(false))[1]).label());
        assertEquals(1, shortcuts(graph(true))[1]);
    }

    /** A constant is assigned, copied, and the copy is asked twice; the last step may read it, too. */
    private static Graph graph(boolean readsAgain) {
        return Programs.graph(b -> {
            Shared x = b.shared("x", 0, 0, 3);
            b.patcher(r -> {
                Local value = r.local("value", -1, 1);
                Local copy = r.local("copy", 0, 3);
                r.load("read", r.local("seen", 0, 3), x);
                r.assign(value, Expr.of(1));
                r.assign(copy, value.value());
                r.ifThen(copy.value().eq(0), () -> r.store("none", x, Expr.of(1)));
                r.ifElse(
                        copy.value().gt(Expr.of(0)),
                        () -> r.store("two", x, readsAgain ? copy.value() : Expr.of(2)),
                        () -> r.store("other", x, Expr.of(3)));
            });
        });
    }

    @Test
    @Pins("step.compact.decisions")
    void whatWasAskedOnOneWayOnlyIsAsked() {
        Graph graph = Programs.graph(b -> {
            Shared x = b.shared("x", 0, 0, 3);
            b.patcher(r -> {
                Local p = r.local("p", 0, 3);
                Local q = r.local("q", 0, 3);
                r.load("p", p, x);
                r.load("q", q, x);
                r.ifThen(q.value().eq(1), () -> r.bugOn(p.value().eq(0), "null"));
                r.store("join", x, q.value());
                r.bugOn(p.value().eq(0), "null");
                r.store("last", x, p.value());
            });
        });
        assertTrue(asksAfter(graph, "join"));
    }

    /** Whether the condition that comes after a step with a label is evaluated. */
    private static boolean asksAfter(Graph graph, String label) {
        for (int pc = 0; pc < graph.size(); pc++) {
            if (graph.step(pc).label().equals(label)) {
                return shortcuts(graph)[pc + 1] == pc + 1;
            }
        }
        throw new AssertionError(label);
    }

    @Test
    @Pins("step.compact.shortcuts")
    void theJumpBackOfALoopIsNot() {
        Graph graph = Programs.graph(b -> {
            Shared x = b.shared("x", 0, 0, 1);
            Local[] seen = new Local[1];
            b.patcher(r -> {
                seen[0] = r.local("seen", 0, 1);
                r.whileTrue(seen[0].value().eq(0), () -> r.load("look", seen[0], x));
            });
        });
        int[] through = shortcuts(graph);
        for (int pc = 0; pc < 3; pc++) {
            assertEquals(pc, through[pc]);
        }
    }

    /** What is found in all states. */
    private static Set<String> found(Scenario scenario, Definition definition) {
        Machine machine = Machine.of(scenario, "test", definition);
        SearchResult result = Search.run(
                machine, SearchOptions.defaults().pruneOn(Incidents.FATAL).stuck(true));
        assertEquals(SearchResult.End.EXHAUSTED, result.end());
        return result.findings().stream()
                .map(finding -> finding.kind() == Finding.Kind.INCIDENT
                        ? Long.toHexString(finding.incident())
                        : finding.kind().name())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    @Pins("step.compact.shortcuts")
    void randomProgramsDoTheSameWithAndWithout() {
        Set<String> all = new TreeSet<>();
        for (long seed = 0; seed < PROGRAMS; seed++) {
            Definition program = Programs.random(seed);
            Scenario merged = Programs.scenario().with(s -> s.cpus(1));
            Scenario apart = Programs.scenario().with(s -> s.cpus(1).mergeLocal(false));
            Set<String> found = found(merged, program);
            assertEquals(found(apart, program), found, "seed " + seed);
            all.addAll(found);
        }
        assertTrue(all.size() > 1, "all programs do the same: " + all);
    }
}
