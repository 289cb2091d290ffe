// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.steps;

import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Expr.BinaryOp;
import dev.pokecheck.protocol.Expr.UnaryOp;
import dev.pokecheck.protocol.HandlerKind;
import dev.pokecheck.protocol.Local;
import dev.pokecheck.protocol.Shared;
import dev.pokecheck.source.syntax.CExpr;
import dev.pokecheck.source.syntax.CExpr.UnaryOperator;
import dev.pokecheck.source.token.Token;
import dev.pokecheck.text.Site;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Expressions of a routine; nothing is folded. */
final class StepExpressions {
    private final StepReading reading;
    private final Map<String, Local> locals = new TreeMap<>();

    StepExpressions(StepReading reading) {
        this.reading = reading;
    }

    void declare(String name, Local local) {
        locals.put(name, local);
    }

    Expr of(CExpr expr) {
        if (expr instanceof CExpr.Constant constant) {
            int value = number(constant.at(), constant.value());
            return constant.name().isEmpty() ? Expr.of(value) : Expr.named(Identifiers.name(constant.name()), value);
        } else if (expr instanceof CExpr.Name) {
            return local(expr).value();
        } else if (expr instanceof CExpr.Unary unary) {
            return unary(unary);
        } else if (expr instanceof CExpr.Binary binary) {
            return new Expr.Binary(operator(binary), of(binary.left()), of(binary.right()));
        } else if (expr instanceof CExpr.Call call) {
            return word(call);
        } else if (isSavedAddress(expr)) {
            return Expr.savedAddress();
        }
        throw expr.at().wrong("this is no part of an expression in a file of steps", "");
    }

    private static int number(Token at, long value) {
        if (value != (int) value) {
            throw at.wrong("the number " + value + ", where values have 32 bits", "");
        }
        return (int) value;
    }

    /** Where the context below goes on. */
    static boolean isSavedAddress(CExpr expr) {
        return expr instanceof CExpr.Select select
                && select.throughPointer()
                && select.name().is("ip")
                && isRegisters(select.base());
    }

    static boolean isRegisters(CExpr expr) {
        return expr instanceof CExpr.Name name && name.text().equals("regs");
    }

    /** A local variable. */
    Local local(CExpr expr) {
        Local local = expr instanceof CExpr.Name name ? locals.get(name.text()) : null;
        if (local == null) {
            throw expr.at()
                    .wrong(
                            expr.at().quoted() + " is no variable of this function",
                            "one that CPUs share is read by READ_ONCE()");
        }
        return local;
    }

    // ---- operators

    private Expr unary(CExpr.Unary unary) {
        if (unary.operator() == UnaryOperator.NOT) {
            return of(unary.operand()).not();
        }
        if (unary.operator() == UnaryOperator.PLUS) {
            return of(unary.operand());
        }
        if (unary.operator() == UnaryOperator.MINUS
                && unary.operand() instanceof CExpr.Constant constant
                && constant.name().isEmpty()) {
            return Expr.of(number(constant.at(), -constant.value()));
        }
        throw unary.at().wrong("this operator is none of expressions in a file of steps", "");
    }

    private static BinaryOp operator(CExpr.Binary binary) {
        return Stream.of(BinaryOp.values())
                .filter(op -> op.sign().equals(binary.operator().sign()))
                .findFirst()
                .orElseThrow(() -> binary.at()
                        .wrong(
                                "'" + binary.operator().sign() + "' in a file of steps",
                                "write '&' or '|' for what is decided in one step, and a branch for what is not"));
    }

    // ---- words

    private Expr word(CExpr.Call call) {
        String name = name(call);
        List<CExpr> arguments = call.arguments();
        int wanted = List.of("__pc_cpu", "__pc_in_nmi").contains(name) ? 0 : 1;
        if (arguments.size() != wanted) {
            throw call.at().wrong(StepVocabulary.written(call.at()) + " takes " + wanted + " arguments here", "");
        }
        return switch (name) {
            case "__pc_cpu" -> Expr.thisCpu();
            case "__pc_in_nmi" -> Expr.inNmi();
            case "__pc_load" -> cell(arguments.get(0)).value();
            case "__pc_bit" -> new Expr.Unary(UnaryOp.BIT, of(arguments.get(0)));
            case "__pc_weight" -> new Expr.Unary(UnaryOp.WEIGHT, of(arguments.get(0)));
            case "__pc_ghost" -> new Expr.GhostValue(reading.data.var(arguments.get(0)));
            case "__pc_address" -> reading.builder.addressOf(site(arguments.get(0)));
            case "__pc_serialized_since" -> Expr.everyCpuSerializedSince(site(arguments.get(0)));
            case "__pc_no_cpu_in" -> Expr.noCpuIn(handler(arguments.get(0)));
            default -> throw call.at().wrong(StepVocabulary.written(call.at()) + " is no part of an expression", "");
        };
    }

    /** The name of the function that is called; empty if it is none. */
    static String name(CExpr.Call call) {
        return call.callee() instanceof CExpr.Name name ? name.text() : "";
    }

    /** The cell that a pointer points to. */
    Shared.Cell cell(CExpr pointer) {
        if (pointer instanceof CExpr.Unary address && address.operator() == UnaryOperator.ADDRESS) {
            return reading.data.cell(address.operand(), this::of);
        }
        throw pointer.at().wrong("expected the address of a variable that CPUs share", "write &variable");
    }

    private static HandlerKind handler(CExpr name) {
        return Stream.of(HandlerKind.values())
                .filter(kind -> kind.text().equals(text(name)))
                .findFirst()
                .orElseThrow(() -> name.at().wrong("there is no such handler", "bp, nmi, irq, mc and ipi are some"));
    }

    // ---- what must be known

    /** A string. */
    static String text(CExpr expr) {
        if (expr instanceof CExpr.Text text) {
            return text.text();
        }
        throw expr.at().wrong("expected a string", "");
    }

    /** A number that stands there. */
    int number(CExpr expr) {
        if (of(expr) instanceof Expr.Const constant) {
            return constant.value();
        }
        throw expr.at().wrong("expected a number", "");
    }

    /** A site, by its number. */
    Site site(CExpr expr) {
        int number = number(expr);
        List<Site> sites = reading.builder.sites();
        if (number < 0 || number >= sites.size()) {
            throw expr.at().wrong("there is no site " + number, "the scenario has sites 0.." + (sites.size() - 1));
        }
        return sites.get(number);
    }
}
