// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import dev.pokecheck.source.syntax.CStmt;
import dev.pokecheck.source.token.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Statements of a block that stand together: one, or those from a label to the last {@code goto} that leads back to it.
 *
 * @param label the label before them
 * @param statements the statements, without that label
 * @param repeats whether some of them lead back to it
 */
record Unit(Optional<Token> label, List<CStmt> statements, boolean repeats) {
    /** All units of a block. */
    static List<Unit> of(List<CStmt> block) {
        List<Set<String>> jumps = block.stream().map(Unit::jumps).toList();
        List<Unit> units = new ArrayList<>();
        int next = 0;
        while (next < block.size()) {
            Optional<Token> label = label(block.get(next));
            int last = label.isEmpty() ? next : last(block, jumps, next);
            boolean repeats = label.isPresent() && last > next;
            int first = label.isEmpty() ? next : next + 1;
            units.add(new Unit(label, block.subList(first, last + 1), repeats));
            next = last + 1;
        }
        return units;
    }

    private static Optional<Token> label(CStmt statement) {
        return statement instanceof CStmt.Label ? Optional.of(statement.at()) : Optional.empty();
    }

    /** The last statement that leads back to a label, or to another one before it. */
    private static int last(List<CStmt> block, List<Set<String>> jumps, int label) {
        int last = label;
        for (int i = label; i <= last; i++) {
            Optional<Token> inside = label(block.get(i));
            for (int j = block.size() - 1; inside.isPresent() && j > last; j--) {
                if (jumps.get(j).contains(inside.get().text())) {
                    last = j;
                }
            }
        }
        return last;
    }

    /** The labels to which a statement may go. */
    private static Set<String> jumps(CStmt statement) {
        Set<String> jumps = new TreeSet<>();
        add(statement, jumps);
        return jumps;
    }

    private static void add(CStmt statement, Set<String> jumps) {
        if (statement instanceof CStmt.Goto jump) {
            jumps.add(jump.label().text());
        } else if (statement instanceof CStmt.Block block) {
            block.statements().forEach(inside -> add(inside, jumps));
        } else if (statement instanceof CStmt.Choice choice) {
            add(choice.yes(), jumps);
            choice.no().ifPresent(no -> add(no, jumps));
        } else if (statement instanceof CStmt.WhileLoop loop) {
            add(loop.body(), jumps);
        } else if (statement instanceof CStmt.DoLoop loop) {
            add(loop.body(), jumps);
        } else if (statement instanceof CStmt.ForLoop loop) {
            add(loop.body(), jumps);
        } else if (statement instanceof CStmt.Switch choice) {
            add(choice.body(), jumps);
        }
    }
}
