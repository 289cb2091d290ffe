// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.protocol;

import dev.pokecheck.data.Var;
import java.util.List;

/**
 * Gives the C-like form of a recorded protocol back, to be read beside its source. The label of each step stands in the left
 * margin.
 */
public final class CPrinter {
    private static final int MARGIN = 28;

    private final StringBuilder out = new StringBuilder();

    private CPrinter() {}

    /** The whole protocol. */
    public static String print(Protocol protocol) {
        CPrinter printer = new CPrinter();
        printer.line("", 0, "/* " + protocol.name() + " */");
        for (Var var : protocol.variables()) {
            String size = var.length() == 1 ? "" : "[" + var.length() + "]";
            printer.line(
                    "",
                    0,
                    "int " + var.name() + size + " = " + var.initial() + "; /* " + var.min() + ".." + var.max()
                            + " */");
        }
        for (Routine thread : protocol.threads()) {
            printer.routine(thread);
        }
        protocol.breakpoint().ifPresent(printer::routine);
        printer.routine(protocol.nmi());
        printer.routine(protocol.irq());
        printer.routine(protocol.mc());
        return printer.out.toString();
    }

    private void routine(Routine routine) {
        if (routine.body().isEmpty()) {
            return;
        }
        line("", 0, "");
        line("", 0, routine.name() + "()");
        block(routine.body(), 0);
    }

    private void block(List<Stmt> statements, int depth) {
        line("", depth, "{");
        for (Stmt statement : statements) {
            line(statement.label(), depth + 1, CText.of(statement));
            statement.accept(Bodies.OF).forEach(body -> block(body, depth + 1));
        }
        line("", depth, "}");
    }

    private void line(String label, int depth, String text) {
        StringBuilder line = new StringBuilder(label);
        while (line.length() < MARGIN) {
            line.append(' ');
        }
        line.append("| ").append("    ".repeat(depth)).append(text);
        out.append(line.toString().stripTrailing()).append('\n');
    }
}
