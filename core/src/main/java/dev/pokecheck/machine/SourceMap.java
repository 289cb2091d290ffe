// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import dev.pokecheck.protocol.Bodies;
import dev.pokecheck.protocol.CText;
import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.Routine;
import dev.pokecheck.protocol.Stmt;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Where in the source of a protocol an operation stands: its routine, the functions around it, its text in C. */
final class SourceMap {
    private final Op[] ops;
    private final TreeMap<Integer, String> routines = new TreeMap<>();
    private final List<Stmt> statements = new ArrayList<>();
    private final List<List<String>> functions = new ArrayList<>();

    SourceMap(Program program, Protocol protocol) {
        ops = program.ops;
        for (int c = 0; c < program.threadStart.length; c++) {
            add(program.threadStart[c], protocol.threads().get(c));
        }
        protocol.breakpoint().ifPresent(routine -> add(program.breakpointStart, routine));
        add(program.nmiStart, protocol.nmi());
        add(program.irqStart, protocol.irq());
        add(program.mcStart, protocol.mc());
        routines.put(program.stopWait, "stop");
        for (Op op : ops) {
            if (op.code == OpCode.STOP_RUN && op.source.orElseThrow() instanceof Stmt.StopMachine stop) {
                add(op.number, stop.elsewhere());
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
            if (statement instanceof Stmt.StopMachine stop) {
                // The functions of the other CPUs are routines of their own.
                walk(stop.here(), path);
            } else {
                List<String> inner = statement instanceof Stmt.Call call ? longer(path, call.function()) : path;
                statement.accept(Bodies.OF).forEach(inside -> walk(inside.statements(), inner));
            }
        }
    }

    private static List<String> longer(List<String> path, String function) {
        List<String> more = new ArrayList<>(path);
        more.add(function);
        return List.copyOf(more);
    }

    /** The name of the routine that an operation belongs to. */
    String routine(int pc) {
        Map.Entry<Integer, String> entry = routines.floorEntry(pc);
        return entry == null ? "" : entry.getValue();
    }

    /** The functions expanded around an operation, outermost first. */
    @SuppressWarnings("ReferenceEquality") // Two equal statements may stand in different functions.
    List<String> functions(int pc) {
        if (ops[pc].source.isEmpty()) {
            return List.of();
        }
        Stmt source = ops[pc].source.get();
        for (int i = 0; i < statements.size(); i++) {
            if (statements.get(i) == source) {
                return functions.get(i);
            }
        }
        return List.of();
    }

    /** An operation in the words of C, with its conditions as the reader is told them. */
    String text(int pc, Function<Expr, String> condition) {
        Op op = ops[pc];
        String text = op.source.map(CText::of).orElse("");
        return switch (op.code) {
            case END -> "}";
            case STOP_WAIT -> "/* in stop_machine: wait for all CPUs */";
            case JUMP -> op.source.filter(Stmt.Return.class::isInstance).isPresent() ? text : "}";
            case SYNC_WAIT -> "/* wait for all CPUs */";
            case GRACE_WAIT -> "/* wait for the grace period to end */";
            case STOP_RUN -> "/* stop_machine: all CPUs are in */";
            case STOP_DONE -> "/* stop_machine: all functions are done */";
            case STOP_RETURN -> "/* stop_machine: all CPUs are out */";
            case AWAIT, BRANCH_FALSE ->
                op.source.flatMap(stmt -> test(stmt, condition)).orElse(text);
            default -> text;
        };
    }

    private static Optional<String> test(Stmt statement, Function<Expr, String> condition) {
        if (statement instanceof Stmt.Await await) {
            return Optional.of("while (!(" + condition.apply(await.condition()) + ")) cpu_relax();");
        }
        if (statement instanceof Stmt.If branch) {
            return Optional.of("if (" + condition.apply(branch.condition()) + ")");
        }
        return Optional.empty();
    }
}
