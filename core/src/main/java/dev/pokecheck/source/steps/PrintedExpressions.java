// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.steps;

import dev.pokecheck.data.Var;
import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.ExprText;
import dev.pokecheck.protocol.Local;
import dev.pokecheck.protocol.Setting;
import dev.pokecheck.protocol.Shared;
import dev.pokecheck.source.steps.PrintedData.Constant;
import java.util.List;

/** Expressions of a routine, in words that only one expression has. */
final class PrintedExpressions extends ExprText {
    private final Setting setting;
    private final PrintedData data;
    private final List<String> locals;

    /**
     * The expressions of a routine.
     *
     * @param locals the names of its local variables, by number
     */
    PrintedExpressions(Setting setting, PrintedData data, List<String> locals) {
        this.setting = setting;
        this.data = data;
        this.locals = locals;
    }

    /** A local variable. */
    String local(Local local) {
        return locals.get(local.id());
    }

    /** An object whose life is modelled. */
    String object(int object) {
        return data.object(object);
    }

    /** A variable that is no array. */
    String place(Var var) {
        return data.place(var);
    }

    /** A memory cell. */
    String cell(Shared.Cell cell) {
        if (!cell.index().equals(Expr.of(0))) {
            data.index(cell.var());
        }
        String place = data.place(cell.var());
        // Also where it is left out: what it names is to be declared.
        String index = of(cell.index());
        return data.isArray(cell.var()) ? place + "[" + index + "]" : place;
    }

    @Override
    public String constant(Expr.Const expr) {
        if (expr.name().isEmpty()) {
            return Integer.toString(expr.value());
        }
        return setting.sites().stream()
                .filter(site -> expr.name().equals("&" + site.name())
                        && expr.value() == setting.places().of(site, 0))
                .map(site -> "POKE_ADDR(" + site.index() + ")")
                .findFirst()
                .orElseGet(() -> data.constant(new Constant(expr.name(), expr.value())));
    }

    @Override
    public String local(Expr.LocalValue expr) {
        return local(expr.local());
    }

    @Override
    public String read(Expr.Read expr) {
        return "READ_ONCE(" + cell(expr.cell()) + ")";
    }

    @Override
    public String ghost(Expr.GhostValue expr) {
        return "poke_ghost(" + data.place(expr.var()) + ")";
    }

    @Override
    public String noCpuIn(Expr.NoCpuIn expr) {
        return "poke_no_cpu_in(" + PrintedLines.quoted(expr.handler().text()) + ")";
    }

    @Override
    public String everyCpuSerializedSince(Expr.EveryCpuSerializedSince expr) {
        return "poke_every_cpu_serialized_since(" + expr.site().index() + ")";
    }

    @Override
    public String unary(Expr.Unary expr) {
        String operand = of(expr.operand());
        return switch (expr.op()) {
            case NOT -> "!(" + operand + ")";
            case BIT -> "poke_bit(" + operand + ")";
            case WEIGHT -> "poke_weight(" + operand + ")";
        };
    }
}
