// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.steps;

import dev.pokecheck.data.Var;
import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Local;
import dev.pokecheck.protocol.ProtocolBuilder;
import dev.pokecheck.protocol.Recorder;
import dev.pokecheck.protocol.Shared;
import dev.pokecheck.source.syntax.CExpr;
import dev.pokecheck.source.syntax.CFunction;
import dev.pokecheck.source.token.CBinaryOperator;
import dev.pokecheck.source.token.Token;
import dev.pokecheck.text.Site;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A statement that is a word with arguments, and perhaps a variable that gets what it gives.
 *
 * @param at where it is
 * @param arguments what stands between its brackets
 * @param result the variable
 * @param routine the routine that it is part of
 */
record StepCall(Token at, List<CExpr> arguments, Optional<Local> result, StepStatements routine) {
    /** A byte of a site. */
    record Address(Site site, int offset) {
        /** As labels name it. */
        String label() {
            return Labelling.place(site, offset);
        }
    }

    /** Copies the list. */
    StepCall {
        arguments = List.copyOf(arguments);
    }

    Recorder recorder() {
        return routine.recorder();
    }

    /** The step's label: that of its author, or the usual one. */
    String label(String operation, String object) {
        return routine.label(operation, object);
    }

    /** The variable that gets what it gives; the vocabulary has seen that there is one. */
    Local to() {
        return result.orElseThrow();
    }

    private StepExpressions expressions() {
        return routine.expressions();
    }

    Expr expr(int number) {
        return expressions().of(arguments.get(number));
    }

    Shared.Cell cell(int number) {
        return expressions().cell(arguments.get(number));
    }

    Var var(int number) {
        return routine.reading().data.var(arguments.get(number));
    }

    ProtocolBuilder.Obj object(int number, boolean allocated) {
        return routine.reading().data.object(arguments.get(number), allocated);
    }

    int number(int number) {
        return expressions().number(arguments.get(number));
    }

    String text(int number) {
        return StepExpressions.text(arguments.get(number));
    }

    Site site(int number) {
        return expressions().site(arguments.get(number));
    }

    /** A function that other CPUs run. */
    CFunction function(int number) {
        return routine.reading().function(arguments.get(number));
    }

    /** What records it. */
    Consumer<Recorder> body(CFunction function) {
        return routine.reading().routine(function, false);
    }

    /** Bytes that stand there as a string. */
    byte[] bytes(int number) {
        String text = text(number);
        byte[] bytes = new byte[text.length()];
        for (int i = 0; i < bytes.length; i++) {
            if (text.charAt(i) > 0xff) {
                throw arguments
                        .get(number)
                        .at()
                        .wrong("a character that is no byte", "write \\x and two digits for each byte");
            }
            bytes[i] = (byte) text.charAt(i);
        }
        return bytes;
    }

    /** {@code POKE_ADDR(site)}, or that and a number. */
    Address address(int number) {
        CExpr expr = arguments.get(number);
        CExpr base = expr;
        int offset = 0;
        if (expr instanceof CExpr.Binary sum && sum.operator() == CBinaryOperator.PLUS) {
            base = sum.left();
            offset = expressions().number(sum.right());
        }
        if (base instanceof CExpr.Call call
                && StepExpressions.name(call).equals("__pc_address")
                && call.arguments().size() == 1) {
            return new Address(expressions().site(call.arguments().get(0)), offset);
        }
        throw expr.at().wrong("expected an address", "write POKE_ADDR(site) + offset");
    }
}
