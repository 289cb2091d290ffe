// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import dev.pokecheck.source.syntax.CExpr;
import java.util.Set;
import java.util.TreeSet;

/** The names in an expression of numbers and variables. */
final class Names {
    private Names() {}

    static Set<String> in(CExpr expr) {
        Set<String> names = new TreeSet<>();
        add(expr, names);
        return names;
    }

    private static void add(CExpr expr, Set<String> names) {
        if (expr instanceof CExpr.Name name) {
            names.add(name.text());
        } else if (expr instanceof CExpr.Unary unary) {
            add(unary.operand(), names);
        } else if (expr instanceof CExpr.Binary binary) {
            add(binary.left(), names);
            add(binary.right(), names);
        } else if (expr instanceof CExpr.Call call) {
            call.arguments().forEach(argument -> add(argument, names));
        }
    }
}
