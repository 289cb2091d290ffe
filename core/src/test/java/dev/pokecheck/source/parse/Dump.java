// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.parse;

import dev.pokecheck.source.syntax.CExpr;
import dev.pokecheck.source.syntax.CFunction;
import dev.pokecheck.source.syntax.CStmt;
import dev.pokecheck.source.syntax.Initializer;
import dev.pokecheck.source.syntax.Initializer.Designator;
import dev.pokecheck.source.syntax.TranslationUnit;
import dev.pokecheck.source.syntax.Variable;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Trees as text with all brackets, so that tests show how things bind. */
final class Dump {
    private Dump() {}

    static String of(TranslationUnit unit) {
        StringBuilder out = new StringBuilder();
        unit.variables().values().forEach(variable -> out.append(of(variable)).append('\n'));
        unit.functions().values().forEach(function -> out.append(of(function)).append('\n'));
        return out.toString();
    }

    private static String of(CFunction function) {
        String parameters = function.parameters().stream()
                .map(p -> p.at().isIdentifier()
                        ? p.name() + ": " + p.type().text()
                        : p.type().text())
                .collect(Collectors.joining(", "));
        return function.name() + "(" + parameters + "): "
                + function.type().result().text()
                + function.body().map(body -> " " + of(body)).orElse("");
    }

    static String of(Variable variable) {
        return (variable.storage() == Variable.Storage.AUTOMATIC
                        ? ""
                        : variable.storage().name().toLowerCase(Locale.ROOT) + " ")
                + variable.name() + ": " + variable.type().text()
                + variable.range()
                        .map(range -> " " + range.min() + ".." + range.max())
                        .orElse("")
                + variable.initializer().map(value -> " = " + of(value)).orElse("");
    }

    private static String of(Initializer initializer) {
        if (initializer instanceof Initializer.Value value) {
            return of(value.value());
        }
        return ((Initializer.Braces) initializer)
                .items().stream()
                        .map(item -> item.designators().stream().map(Dump::of).collect(Collectors.joining())
                                + (item.designators().isEmpty() ? "" : " = ")
                                + of(item.value()))
                        .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String of(Designator designator) {
        return designator instanceof Designator.Field field
                ? "." + field.name().text()
                : "[" + ((Designator.Element) designator).first() + ".." + ((Designator.Element) designator).last()
                        + "]";
    }

    // ---- statements

    private static String of(List<CStmt> statements) {
        return statements.stream().map(Dump::of).collect(Collectors.joining(" ", "{", "}"));
    }

    static String of(CStmt stmt) {
        if (stmt instanceof CStmt.Block block) {
            return of(block.statements());
        } else if (stmt instanceof CStmt.Evaluate evaluate) {
            return of(evaluate.value()) + ";";
        } else if (stmt instanceof CStmt.Declare declare) {
            return declare.variables().stream().map(Dump::of).collect(Collectors.joining(", ")) + ";";
        } else if (stmt instanceof CStmt.Choice choice) {
            return "if " + of(choice.condition()) + " " + of(choice.yes())
                    + choice.no().map(no -> " else " + of(no)).orElse("");
        } else if (stmt instanceof CStmt.WhileLoop loop) {
            return "while " + of(loop.condition()) + " " + of(loop.body());
        } else if (stmt instanceof CStmt.DoLoop loop) {
            return "do " + of(loop.body()) + " " + of(loop.condition()) + ";";
        } else if (stmt instanceof CStmt.ForLoop loop) {
            return "for " + loop.first().map(Dump::of).orElse(";") + " " + optional(loop.condition()) + "; "
                    + optional(loop.next()) + " " + of(loop.body());
        } else if (stmt instanceof CStmt.Switch choice) {
            return "switch " + of(choice.value()) + " " + of(choice.body());
        } else if (stmt instanceof CStmt.Case label) {
            return "case " + label.first() + (label.last() == label.first() ? "" : ".." + label.last()) + ":";
        } else if (stmt instanceof CStmt.Return value) {
            return "return " + optional(value.value()) + ";";
        } else if (stmt instanceof CStmt.Goto jump) {
            return "goto " + jump.label().text() + ";";
        }
        return stmt.at().text()
                + (stmt instanceof CStmt.Label || stmt instanceof CStmt.Otherwise
                        ? ":"
                        : stmt instanceof CStmt.Nothing ? "" : ";");
    }

    private static String optional(Optional<CExpr> expr) {
        return expr.map(Dump::of).orElse("");
    }

    // ---- expressions

    static String of(CExpr expr) {
        if (expr instanceof CExpr.Constant constant) {
            return constant.name().isEmpty()
                    ? Long.toString(constant.value())
                    : constant.name() + "=" + constant.value();
        } else if (expr instanceof CExpr.Text text) {
            return "\"" + text.text() + "\"";
        } else if (expr instanceof CExpr.Name name) {
            return name.text();
        } else if (expr instanceof CExpr.Unary unary) {
            return "(" + unary.at().text() + of(unary.operand()) + ")";
        } else if (expr instanceof CExpr.Step step) {
            return step.isPrefix()
                    ? "(" + step.at().text() + of(step.operand()) + ")"
                    : "(" + of(step.operand()) + step.at().text() + ")";
        } else if (expr instanceof CExpr.Binary binary) {
            return "(" + of(binary.left()) + " " + binary.operator().sign() + " " + of(binary.right()) + ")";
        } else if (expr instanceof CExpr.Conditional choice) {
            return "(" + of(choice.condition()) + " ? " + of(choice.yes()) + " : " + of(choice.no()) + ")";
        } else if (expr instanceof CExpr.Assignment assignment) {
            return "(" + of(assignment.target()) + " " + assignment.at().text() + " " + of(assignment.value()) + ")";
        } else if (expr instanceof CExpr.Comma comma) {
            return "(" + of(comma.left()) + ", " + of(comma.right()) + ")";
        } else if (expr instanceof CExpr.Cast cast) {
            return "(" + cast.type().text() + ")" + of(cast.operand());
        } else if (expr instanceof CExpr.SizeOfType size) {
            return "sizeof(" + size.type().text() + ")";
        } else if (expr instanceof CExpr.SizeOfValue size) {
            return "sizeof " + of(size.operand());
        }
        return ofPostfix(expr);
    }

    private static String ofPostfix(CExpr expr) {
        if (expr instanceof CExpr.Call call) {
            return of(call.callee())
                    + call.arguments().stream().map(Dump::of).collect(Collectors.joining(", ", "(", ")"));
        } else if (expr instanceof CExpr.TypeArgument argument) {
            return "type " + argument.type().text();
        } else if (expr instanceof CExpr.Index index) {
            return of(index.base()) + "[" + of(index.index()) + "]";
        } else if (expr instanceof CExpr.Select select) {
            return of(select.base())
                    + (select.throughPointer() ? "->" : ".")
                    + select.name().text();
        }
        CExpr.Compound compound = (CExpr.Compound) expr;
        return "(" + compound.type().text() + ")" + of(compound.value());
    }
}
