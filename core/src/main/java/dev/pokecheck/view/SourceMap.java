// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.view;

import dev.pokecheck.protocol.ControlStmt;
import dev.pokecheck.protocol.CpuStmt;
import dev.pokecheck.protocol.Origin;
import dev.pokecheck.protocol.Origins;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.Routine;
import dev.pokecheck.protocol.Stmt;
import dev.pokecheck.step.Graph;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Where in the source of a protocol a step stands: its routine, the functions around it, and its place in the author's file. */
final class SourceMap {
    private final Graph graph;
    private final Origins origins;
    private final TreeMap<Integer, String> routines = new TreeMap<>();
    private final List<Stmt> statements = new ArrayList<>();
    private final List<List<String>> functions = new ArrayList<>();
    /** What has been looked for, by step: a run comes to each step many times. */
    private final List<Optional<Found>> found;

    /** Where the statement of a step comes from, and the functions around it. */
    private record Found(Optional<Origin> origin, List<String> functions) {}

    SourceMap(Graph graph, Protocol protocol) {
        this.graph = graph;
        found = new ArrayList<>(Collections.nCopies(graph.size(), Optional.empty()));
        origins = protocol.origins();
        Graph.Routines starts = graph.routines();
        for (int c = 0; c < starts.threads().size(); c++) {
            add(starts.threads().get(c), protocol.threads().get(c));
        }
        protocol.breakpoint().ifPresent(routine -> add(starts.breakpoint(), routine));
        add(starts.nmi(), protocol.nmi());
        add(starts.irq(), protocol.irq());
        add(starts.mc(), protocol.mc());
        routines.put(starts.stopWait(), "stop");
        for (int pc = 0; pc < graph.size(); pc++) {
            int start = graph.footprint(pc).routine().orElse(-1);
            if (start >= 0 && graph.step(pc).source().orElseThrow() instanceof CpuStmt.Elsewhere parts) {
                add(start, parts.elsewhere());
            }
        }
    }

    private void add(int start, Routine routine) {
        routines.put(start, routine.name());
        walk(routine.body(), List.of());
    }

    private void walk(List<Stmt> body, List<String> path) {
        for (Stmt statement : body) {
            statements.add(statement);
            functions.add(path);
            if (statement instanceof CpuStmt.Elsewhere parts) {
                // The functions of the other CPUs are routines of their own.
                walk(parts.here(), path);
            } else {
                List<String> inner = statement instanceof ControlStmt.Call call ? longer(path, call.function()) : path;
                statement.bodies().forEach(inside -> walk(inside.statements(), inner));
            }
        }
    }

    private static List<String> longer(List<String> path, String function) {
        List<String> more = new ArrayList<>(path);
        more.add(function);
        return List.copyOf(more);
    }

    /** The name of the routine that a step belongs to. */
    String routine(int pc) {
        Map.Entry<Integer, String> entry = routines.floorEntry(pc);
        return entry == null ? "" : entry.getValue();
    }

    /** Where a step comes from; empty if its statement is none of the author's, or it has none. */
    Optional<Origin> origin(int pc) {
        return found(pc).origin();
    }

    private Found found(int pc) {
        Optional<Found> known = found.get(pc);
        if (known.isPresent()) {
            return known.get();
        }
        Optional<Stmt> source = graph.step(pc).source();
        Found searched = new Found(
                source.flatMap(statement -> origins.of(routine(pc), statement)),
                source.map(this::around).orElse(List.of()));
        found.set(pc, Optional.of(searched));
        return searched;
    }

    /** The label of a step, and what a reader is told of its place. */
    String labelAndPlace(int pc) {
        return Origin.beside(graph.step(pc).label(), origin(pc));
    }

    /** The functions expanded around a step, outermost first. */
    List<String> functions(int pc) {
        return found(pc).functions();
    }

    @SuppressWarnings("ReferenceEquality") // Two equal statements may stand in different functions.
    private List<String> around(Stmt statement) {
        for (int i = 0; i < statements.size(); i++) {
            if (statements.get(i) == statement) {
                return functions.get(i);
            }
        }
        return List.of();
    }
}
