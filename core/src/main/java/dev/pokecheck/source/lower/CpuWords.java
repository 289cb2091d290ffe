// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import dev.pokecheck.insn.Sync;
import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Quiescence;
import dev.pokecheck.source.lower.CValue.Num;
import dev.pokecheck.source.syntax.CExpr;
import dev.pokecheck.source.token.Token;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Words for CPUs: which they are, instructions that serialize, NMIs, grace periods, names of steps. */
final class CpuWords {
    private final Reading reading;
    private final Words words;

    CpuWords(Reading reading, Words words) {
        this.reading = reading;
        this.words = words;
    }

    void define() {
        words.is("cpu", 0, (at, a) -> reading.routine().cpu);
        words.is("cpus", 0, (at, a) -> Num.of(reading.setting.cpus()));
        words.is("in_nmi", 0, (at, a) -> new Num(Expr.inNmi(), Interval.TRUTH));
        words.does("serialize", 1, (at, a) -> {
            Sync sync = instruction(a.get(0));
            reading.recorder().serialize(reading.routine().label(sync.text(), ""), sync);
            return Words.nothing();
        });
        words.does("sync_each_cpu", 1, (at, a) -> {
            reading.recorder().syncEachCpu(reading.routine().label("sync", ""), instruction(a.get(0)));
            return Words.nothing();
        });
        words.does("send_nmi", 1, (at, a) -> {
            Num cpu = reading.expressions.number(a.get(0));
            reading.recorder().sendNmi(reading.routine().label("send_nmi", ""), cpu.expr());
            return Words.nothing();
        });
        words.does("grace_period", 1, (at, a) -> {
            reading.recorder().gracePeriod(reading.routine().label("grace_period", ""), quiescence(a.get(0)));
            return Words.nothing();
        });
        words.does("label", 1, (at, a) -> {
            reading.routine().nameNext(text(a.get(0)));
            return Words.nothing();
        });
        words.is("require", 2, this::require);
        words.is("not_modelled", 1, (at, a) -> {
            reading.builder().notModelled(text(a.get(0)));
            return Words.nothing();
        });
        words.does("rest", 0, (at, a) -> {
            reading.recorder().rest();
            return Words.nothing();
        });
    }

    /** Refuses a scenario that the file is not for. */
    private CValue require(Token at, List<CExpr> arguments) {
        Num condition = reading.expressions.number(arguments.get(0));
        if (!condition.isKnown()) {
            throw at.wrong(
                    "whether this holds is not known when the file is read", "BUG_ON() asks while the protocol runs");
        }
        if (condition.isFalse()) {
            throw at.wrong(text(arguments.get(1)), "");
        }
        return Words.nothing();
    }

    private String text(CExpr argument) {
        if (reading.expressions.value(argument) instanceof CValue.Message message) {
            return message.text();
        }
        throw argument.at().wrong("expected a string", "");
    }

    static Sync instruction(CExpr argument) {
        String name = Words.literal(argument);
        return Stream.of(Sync.values())
                .filter(sync -> sync.text().equals(name))
                .findFirst()
                .orElseThrow(() -> argument.at()
                        .wrong(
                                "there is no instruction '" + name + "' that synchronises",
                                "there are "
                                        + Stream.of(Sync.values())
                                                .map(Sync::text)
                                                .collect(Collectors.joining(", "))));
    }

    private static Quiescence quiescence(CExpr argument) {
        return Words.literal(argument).equals("handlers") ? Quiescence.HANDLERS_DONE : Quiescence.SITES_LEFT;
    }
}
