// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import dev.pokecheck.cpu.CpuLayout;
import dev.pokecheck.protocol.DataStmt;
import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.ExprParts;
import dev.pokecheck.protocol.Origin;
import dev.pokecheck.protocol.Origins;
import dev.pokecheck.protocol.Shared;
import dev.pokecheck.protocol.Stmt;
import dev.pokecheck.step.Code;
import dev.pokecheck.step.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which plain accesses race: in some state that was looked at, the next steps of two contexts, of two CPUs or of one, were accesses to one cell, one of them plain and one a
 * store. What is listed did so. That nothing else does is not said: the reductions leave states out in which two accesses would meet.
 */
public final class Races {
    private static final int NONE = -1;

    private final Layout layout;
    private final CpuLayout cpu;
    private final PackedHost host;
    private final List<Access> accesses = new ArrayList<>();
    /** For each step the number of its access, or none. */
    private final int[] numbers;
    /** For each access those after it, and itself, with which it was seen. Most never are with any. */
    private final BitSet[] seen;

    private final int[] next;
    private final int[] cpus;
    private final int[] frames;

    /** An access that may race. */
    private record Access(Step step, int variable, Code index, boolean stores, boolean plain, Optional<Origin> origin) {
        String text() {
            return Origin.beside(step.label(), origin);
        }
    }

    Races(Hardware hw) {
        MachineTables tables = hw.tables;
        layout = tables.layout;
        cpu = tables.cpu;
        host = hw.host;
        numbers = new int[tables.graph.size()];
        Arrays.fill(numbers, NONE);
        Origins origins = tables.protocol.origins();
        Set<Integer> plain = new TreeSet<>();
        for (Step step : tables.graph.steps()) {
            step.source()
                    .filter(origins::isPlain)
                    .flatMap(Races::cell)
                    .ifPresent(cell -> plain.add(cell.var().id()));
        }
        for (int pc = 0; pc < numbers.length && !plain.isEmpty(); pc++) {
            Step step = tables.graph.step(pc);
            Optional<Shared.Cell> cell = step.source()
                    .flatMap(Races::cell)
                    .filter(it -> plain.contains(it.var().id()));
            if (cell.isPresent()) {
                numbers[pc] = accesses.size();
                accesses.add(access(step, cell.get(), origins));
            }
        }
        seen = new BitSet[accesses.size()];
        Arrays.setAll(seen, access -> new BitSet(0));
        int most = layout.cpus * cpu.depth();
        next = new int[most];
        cpus = new int[most];
        frames = new int[most];
    }

    private static Access access(Step step, Shared.Cell cell, Origins origins) {
        Stmt source = step.source().orElseThrow();
        return new Access(
                step,
                cell.var().id(),
                Code.of(cell.index()),
                !step.footprint().writes().isEmpty(),
                origins.isPlain(source),
                origins.of("", source));
    }

    /** The cell that a statement accesses. */
    private static Optional<Shared.Cell> cell(Stmt statement) {
        if (statement instanceof DataStmt.Assign load) {
            return read(load.value());
        } else if (statement instanceof DataStmt.Store store) {
            return Optional.of(store.to());
        } else if (statement instanceof DataStmt.Rmw update) {
            return Optional.of(update.cell());
        } else if (statement instanceof DataStmt.CompareExchange exchange) {
            return Optional.of(exchange.cell());
        } else if (statement instanceof DataStmt.CompareSwap exchange) {
            return Optional.of(exchange.cell());
        } else if (statement instanceof DataStmt.AwaitExchange exchange) {
            return Optional.of(exchange.cell());
        } else if (statement instanceof DataStmt.Await await) {
            return read(await.condition());
        } else if (statement instanceof DataStmt.AwaitOrTimeout await) {
            return read(await.condition());
        }
        return Optional.empty();
    }

    private static Optional<Shared.Cell> read(Expr value) {
        return value.accept(ExprParts.ALL)
                .filter(Expr.Read.class::isInstance)
                .map(part -> ((Expr.Read) part).cell())
                .findFirst();
    }

    /** Looks at a state. */
    void look(long[] state) {
        if (accesses.isEmpty()) {
            return;
        }
        int count = 0;
        for (int c = 0; c < layout.cpus; c++) {
            int base = layout.cpuBase(c);
            for (int level = cpu.top.getInt(state, base); level >= 0; level--) {
                int frame = cpu.frame(base, level);
                int number = numbers[cpu.pc.getInt(state, frame)];
                if (number != NONE) {
                    next[count] = number;
                    cpus[count] = c;
                    frames[count] = frame;
                    count++;
                }
            }
        }
        for (int a = 1; a < count; a++) {
            for (int b = 0; b < a; b++) {
                BitSet known = seen[Math.min(next[a], next[b])];
                int other = Math.max(next[a], next[b]);
                if (race(accesses.get(next[a]), accesses.get(next[b]))
                        && !known.get(other)
                        && element(state, a) == element(state, b)) {
                    known.set(other);
                }
            }
        }
    }

    /** The index of the element that one of the next accesses is of. */
    private int element(long[] state, int at) {
        host.look(state, cpus[at], layout.cpuBase(cpus[at]), frames[at]);
        return host.value(accesses.get(next[at]).index());
    }

    private static boolean race(Access one, Access other) {
        return one.variable() == other.variable() && (one.plain() || other.plain()) && (one.stores() || other.stores());
    }

    /** The pairs that were seen, each once, in the order of the protocol. */
    public List<String> found() {
        Set<String> found = new LinkedHashSet<>();
        for (int number = 0; number < seen.length; number++) {
            Access one = accesses.get(number);
            for (int later : seen[number].stream().toArray()) {
                Access other = accesses.get(later);
                // Threads that run the same lines meet both ways round.
                if (!one.plain() || !other.plain() || !found.contains(text(other, one))) {
                    found.add(one.plain() ? text(one, other) : text(other, one));
                }
            }
        }
        return List.copyOf(found);
    }

    private static String text(Access plain, Access other) {
        return plain.text() + ", which is plain, races with " + other.text() + (other.plain() ? ", which is too" : "");
    }

    /** Forgets what was seen. */
    void clear() {
        for (BitSet others : seen) {
            others.clear();
        }
    }
}
