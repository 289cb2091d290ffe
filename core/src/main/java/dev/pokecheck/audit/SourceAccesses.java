// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.audit;

import dev.pokecheck.data.Var;
import dev.pokecheck.insn.MemoryAccess.Kind;
import dev.pokecheck.protocol.ControlStmt;
import dev.pokecheck.protocol.DataStmt;
import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.ExprParts;
import dev.pokecheck.protocol.Origin;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.Routine;
import dev.pokecheck.protocol.Stmt;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The accesses of a protocol that its author has written, from the recorded statements. A function that is expanded several times has each of its accesses once. */
final class SourceAccesses {
    private final Protocol protocol;
    private final Map<SharedAccess, Set<Integer>> columns = new TreeMap<>();
    private final Set<SharedAccess> inLoops = new TreeSet<>();
    private final Map<String, String> paths = new TreeMap<>();

    private SourceAccesses(Protocol protocol) {
        this.protocol = protocol;
    }

    static SourceAccesses of(Protocol protocol) {
        SourceAccesses all = new SourceAccesses(protocol);
        for (Routine routine : protocol.routines()) {
            all.add(routine.name(), routine.body(), false);
        }
        return all;
    }

    /** The columns at which each stands in its line. */
    Map<SharedAccess, Set<Integer>> columns() {
        return columns;
    }

    /** The names of the files that have any, without folders. */
    Set<String> files() {
        return paths.keySet();
    }

    /** {@code folder/f.c:3:5: }, before a message: where one stands first in its line. */
    String place(SharedAccess access) {
        int column = Objects.requireNonNull(columns.get(access)).iterator().next();
        return place(access.file(), access.line()) + column + ": ";
    }

    /** {@code folder/f.c:3:} of one of the files. */
    String place(String file, int line) {
        return paths.get(file) + ":" + line + ":";
    }

    /** Whether one stands in a loop. */
    boolean isInLoop(SharedAccess access) {
        return inLoops.contains(access);
    }

    private void add(String routine, List<Stmt> statements, boolean inLoop) {
        for (Stmt stmt : statements) {
            boolean loops = inLoop || stmt instanceof ControlStmt.While;
            protocol.origins()
                    .of(routine, stmt)
                    .filter(origin -> origin.kind() == Origin.Kind.C)
                    .ifPresent(origin -> add(origin, stmt, loops));
            stmt.bodies().forEach(body -> add(routine, body.statements(), loops));
        }
    }

    private void add(Origin origin, Stmt stmt, boolean inLoop) {
        boolean waits = stmt instanceof DataStmt.Await
                || stmt instanceof DataStmt.AwaitBoth
                || stmt instanceof DataStmt.AwaitOrTimeout
                || stmt instanceof DataStmt.AwaitExchange;
        if (stmt instanceof DataStmt) {
            for (Expr expr : stmt.uses().evaluates()) {
                expr.accept(ExprParts.ALL)
                        .filter(Expr.Read.class::isInstance)
                        .forEach(read -> add(origin, ((Expr.Read) read).cell().var(), Kind.LOAD, inLoop || waits));
            }
        }
        stored(stmt).ifPresent(to -> add(origin, to, Kind.STORE, inLoop));
        updated(stmt).ifPresent(to -> add(origin, to, Kind.UPDATE, inLoop || waits));
    }

    private static Optional<Var> stored(Stmt stmt) {
        return stmt instanceof DataStmt.Store store ? Optional.of(store.to().var()) : Optional.empty();
    }

    private static Optional<Var> updated(Stmt stmt) {
        if (stmt instanceof DataStmt.Rmw rmw) {
            return Optional.of(rmw.cell().var());
        } else if (stmt instanceof DataStmt.CompareExchange exchange) {
            return Optional.of(exchange.cell().var());
        } else if (stmt instanceof DataStmt.CompareSwap swap) {
            return Optional.of(swap.cell().var());
        } else if (stmt instanceof DataStmt.AwaitExchange lock) {
            return Optional.of(lock.cell().var());
        }
        return Optional.empty();
    }

    private void add(Origin origin, Var variable, Kind kind, boolean inLoop) {
        if (variable.object() >= 0) {
            return; // on a stack: no symbol names it
        }
        String file = origin.file().substring(origin.file().lastIndexOf('/') + 1);
        paths.put(file, origin.file());
        SharedAccess access = new SharedAccess(file, origin.line(), kind, root(variable.name()));
        columns.computeIfAbsent(access, key -> new TreeSet<>()).add(origin.column());
        if (inLoop) {
            inLoops.add(access);
        }
    }

    /** The object that a variable is a part of. */
    private static String root(String name) {
        int dot = name.indexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }
}
