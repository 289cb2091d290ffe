// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.protocol;

import dev.pokecheck.data.Var;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The C-like form of a protocol as lines that say which step they are, for those who show it beside a run. */
public final class CListing {
    /**
     * One line.
     *
     * @param routine the name of its routine; empty for declarations
     * @param label the label of the step; empty if it is none
     * @param depth how far it is indented, in levels
     * @param text the text
     */
    public record Line(String routine, String label, int depth, String text) {}

    private final List<Line> lines = new ArrayList<>();

    private CListing() {}

    /** All lines of a protocol. */
    public static List<Line> of(Protocol protocol) {
        CListing listing = new CListing();
        listing.add("", "", 0, "/* " + protocol.name() + " */");
        protocol.variables().forEach(var -> {
            String size = var.length() == 1 ? "" : "[" + var.length() + "]";
            listing.add(
                    "",
                    "",
                    0,
                    "int " + var.name() + size + " = " + initial(var) + "; /* " + var.min() + ".." + var.max() + " */");
        });
        protocol.threads().forEach(listing::routine);
        protocol.breakpoint().ifPresent(listing::routine);
        listing.routine(protocol.nmi());
        listing.routine(protocol.irq());
        listing.routine(protocol.mc());
        return listing.lines;
    }

    private static String initial(Var var) {
        return var.initial().size() == 1
                ? var.initial().get(0).toString()
                : var.initial().stream().map(Object::toString).collect(Collectors.joining(", ", "{", "}"));
    }

    private void routine(Routine routine) {
        if (routine.body().isEmpty()) {
            return;
        }
        add("", "", 0, "");
        add(routine.name(), "", 0, routine.name() + "()");
        block(routine.name(), routine.body(), 0);
    }

    private void block(String routine, List<Stmt> statements, int depth) {
        add(routine, "", depth, "{");
        for (Stmt statement : statements) {
            add(routine, statement.label(), depth + 1, statement.text());
            for (Stmt.Body body : statement.bodies()) {
                String inner = statement instanceof CpuStmt.Elsewhere parts
                                && !body.head().isEmpty()
                        ? parts.elsewhere().name()
                        : routine;
                if (!body.head().isEmpty()) {
                    add(inner, "", depth + 1, body.head());
                }
                block(inner, body.statements(), depth + 1);
            }
        }
        add(routine, "", depth, "}");
    }

    private void add(String routine, String label, int depth, String text) {
        lines.add(new Line(routine, label, depth, text));
    }
}
