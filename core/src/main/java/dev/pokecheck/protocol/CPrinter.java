// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.protocol;

import dev.pokecheck.data.Var;
import java.util.List;
import java.util.stream.Stream;

/**
 * Gives the C-like form of a recorded protocol back, to be read beside its source. The label of each step stands in the left
 * margin.
 */
public final class CPrinter {
    private final StringBuilder out = new StringBuilder();
    private final int margin;

    private CPrinter(int margin) {
        this.margin = margin;
    }

    /** The whole protocol. */
    public static String print(Protocol protocol) {
        CPrinter printer = new CPrinter(1 + longestLabel(protocol));
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

    private static int longestLabel(Protocol protocol) {
        return Stream.of(
                        protocol.threads().stream(),
                        protocol.breakpoint().stream(),
                        Stream.of(protocol.nmi(), protocol.irq(), protocol.mc()))
                .flatMap(routines -> routines)
                .mapToInt(routine -> longestLabel(routine.body()))
                .max()
                .orElse(0);
    }

    private static int longestLabel(List<Stmt> statements) {
        int longest = 0;
        for (Stmt statement : statements) {
            longest = Math.max(longest, statement.label().length());
            for (Bodies.Body body : statement.accept(Bodies.OF)) {
                longest = Math.max(longest, longestLabel(body.statements()));
            }
        }
        return longest;
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
            for (Bodies.Body body : statement.accept(Bodies.OF)) {
                if (!body.head().isEmpty()) {
                    line("", depth + 1, body.head());
                }
                block(body.statements(), depth + 1);
            }
        }
        line("", depth, "}");
    }

    private void line(String label, int depth, String text) {
        StringBuilder line = new StringBuilder(label);
        while (line.length() < margin) {
            line.append(' ');
        }
        line.append("| ").append("    ".repeat(depth)).append(text);
        out.append(line.toString().stripTrailing()).append('\n');
    }
}
