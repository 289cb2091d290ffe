// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.steps;

import dev.pokecheck.protocol.Copy;
import dev.pokecheck.protocol.Effect;
import dev.pokecheck.protocol.ProtocolBuilder;
import dev.pokecheck.source.syntax.CExpr;
import dev.pokecheck.source.syntax.CStmt;
import dev.pokecheck.source.token.Token;
import dev.pokecheck.text.Site;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What {@code pokecheck_model} says: facts about a protocol that are no statements of it. */
final class StepModel {
    private final ProtocolBuilder builder;
    private final StepExpressions expressions;

    StepModel(StepReading reading) {
        builder = reading.builder;
        expressions = new StepExpressions(reading);
    }

    void fact(CStmt stmt) {
        if (!(stmt instanceof CStmt.Evaluate evaluate) || !(evaluate.value() instanceof CExpr.Call call)) {
            throw stmt.at().wrong("only facts stand here", "pokecheck/steps.h lists them");
        }
        List<CExpr> arguments = call.arguments();
        switch (StepExpressions.name(call)) {
            case "__pc_user_thread" -> builder.user(expressions.number(arguments.get(checked(call, 1))));
            case "__pc_holds_everybody_off" -> {
                checked(call, 0);
                builder.claimsToHoldEverybodyOff();
            }
            case "__pc_left_out" -> builder.notModelled(StepExpressions.text(arguments.get(checked(call, 1))));
            case "__pc_unlocks" -> {
                Site site = expressions.site(arguments.get(checked(call, 3)));
                builder.unlockBy(
                        site, new Effect(expressions.cell(arguments.get(1)), expressions.number(arguments.get(2))));
            }
            case "__pc_is_copy" -> builder.copy(copy(call.at(), arguments));
            default ->
                throw call.at()
                        .wrong(
                                StepVocabulary.written(call.at()) + " is no fact about a protocol",
                                "pokecheck/steps.h lists them");
        }
    }

    /** 0, the number of the first argument, if there are as many as there must be. */
    private static int checked(CExpr.Call call, int wanted) {
        if (call.arguments().size() != wanted) {
            throw call.at().wrong(StepVocabulary.written(call.at()) + " takes " + wanted + " arguments", "");
        }
        return 0;
    }

    private Copy copy(Token at, List<CExpr> arguments) {
        if (arguments.size() < 3 || arguments.size() % 2 == 0) {
            throw at.wrong("a copy is a site, the site and version that it copies, and pairs of offsets", "");
        }
        Map<Integer, Integer> offsets = new TreeMap<>();
        for (int i = 3; i < arguments.size(); i += 2) {
            offsets.put(expressions.number(arguments.get(i)), expressions.number(arguments.get(i + 1)));
        }
        return new Copy(
                expressions.site(arguments.get(1)),
                expressions.number(arguments.get(2)),
                expressions.site(arguments.get(0)),
                offsets);
    }
}
