// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import dev.pokecheck.protocol.Local;
import dev.pokecheck.source.lower.CValue.Num;
import dev.pokecheck.source.syntax.CExpr;
import dev.pokecheck.source.token.Token;
import java.util.List;

/** Words of user space: which threads are of it, and what a debugger or a hooker does to the thread of another CPU. */
final class ThreadWords {
    private final Reading reading;
    private final Words words;

    ThreadWords(Reading reading, Words words) {
        this.reading = reading;
        this.words = words;
    }

    void define() {
        words.does("user", 1, (at, a) -> {
            Num cpu = cpu(a.get(0));
            if (!cpu.isKnown()) {
                throw at.wrong("which CPU this is is not known when the file is read", "count over known numbers");
            }
            reading.builder().user((int) cpu.known());
            return Words.nothing();
        });
        words.does("suspend", 1, (at, a) -> {
            Num cpu = cpu(a.get(0));
            reading.recorder().suspend(reading.routine().label("suspend", ""), cpu.expr());
            return Words.nothing();
        });
        words.does("resume", 1, (at, a) -> {
            Num cpu = cpu(a.get(0));
            reading.recorder().resume(reading.routine().label("resume", ""), cpu.expr());
            return Words.nothing();
        });
        words.does("suspended_ip", 1, (at, a) -> {
            Num cpu = cpu(a.get(0));
            Interval places = new Interval(0, reading.builder().maxAddress());
            Local ip = reading.routine().temporary("ip", places);
            reading.recorder().readContext(reading.routine().label("get_context", ""), ip, cpu.expr());
            return new Num(ip.value(), places);
        });
        words.does("set_suspended_ip", 2, this::setContext);
    }

    /** The number of a CPU, which must be there. */
    private Num cpu(CExpr argument) {
        Num cpu = reading.expressions.number(argument);
        Interval all = new Interval(0, reading.setting.cpus() - 1L);
        if (all.isApart(cpu.range())) {
            throw argument.at()
                    .wrong(
                            "there is no CPU " + cpu.range().min(),
                            "the scenario has " + all.min() + " to " + all.max());
        }
        return cpu;
    }

    private CValue setContext(Token at, List<CExpr> arguments) {
        Num cpu = cpu(arguments.get(0));
        Num address = reading.access.pointerNumber(at, reading.expressions.value(arguments.get(1)));
        Interval places = new Interval(1, reading.builder().maxAddress());
        if (!places.contains(address.range())) {
            reading.recorder()
                    .bugOn(Elements.outside(at, address, places).expr(), "a thread is sent to the address of no site");
        }
        reading.recorder().setContext(reading.routine().label("set_context", ""), cpu.expr(), address.expr());
        return Words.nothing();
    }
}
