// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Recorder;
import dev.pokecheck.protocol.Routine;
import dev.pokecheck.source.lower.CValue.Num;
import dev.pokecheck.source.syntax.CExpr;
import dev.pokecheck.source.syntax.CFunction;
import dev.pokecheck.source.token.CBinaryOperator;
import dev.pokecheck.source.token.Token;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Words by which CPUs run a function: {@code on_each_cpu}, {@code smp_call_function}, {@code stop_machine}. A function that only serializes is told from others: the IPI
 * is then one action ({@link SyncFunction}).
 */
final class CallWords {
    private final Reading reading;
    private final Words words;
    /** The names of the functions that are being read as what a word lets CPUs run. */
    private final Deque<String> underWay = new ArrayDeque<>();

    CallWords(Reading reading, Words words) {
        this.reading = reading;
        this.words = words;
    }

    void define() {
        words.does("on_each_cpu", 3, (at, a) -> call(at, a, true));
        words.does("call_others", 3, (at, a) -> call(at, a, false));
        words.does("call_cpu", 4, this::callOne);
        words.does("call_cpus", 4, this::callSome);
        words.does("stop_machine", 2, this::stopMachine);
        words.does("sysret", 0, (at, a) -> {
            throw at.wrong(
                    "only an IPI whose function does nothing else but synchronise can be returned from by SYSRET",
                    "let the function be one of on_each_cpu() that waits, with smp_mb() and sync_core() before this");
        });
    }

    /** The CPUs that do not run the present routine. */
    private Interval others() {
        long last = reading.setting.cpus() - 1L;
        Num here = reading.routine().cpu;
        return here.isKnown() && here.known() == 0 && last > 0 ? new Interval(1, last) : new Interval(0, last);
    }

    private CFunction function(CExpr argument) {
        if (reading.expressions.value(argument) instanceof CValue.ToFunction named) {
            return named.function();
        }
        throw argument.at()
                .wrong("which function is to run is not known when the file is read", "name it, or choose by if");
    }

    private boolean waits(CExpr argument) {
        Num waits = reading.expressions.number(argument);
        if (!waits.isKnown()) {
            throw argument.at().wrong("whether this waits is not known when the file is read", "say 0 or 1");
        }
        return waits.isTrue();
    }

    /** What is handed over: not the registers of this CPU, which mean nothing on another. */
    private CValue data(CExpr argument) {
        CValue data = reading.expressions.value(argument);
        if (data == CValue.Registers.REGISTERS) {
            throw argument.at().wrong("registers of this CPU, for a function on others", "hand over what is in them");
        }
        return data;
    }

    private CValue call(Token at, List<CExpr> arguments, boolean here) {
        CFunction function = function(arguments.get(0));
        CValue data = data(arguments.get(1));
        boolean waits = waits(arguments.get(2));
        Optional<SyncFunction> only = SyncFunction.of(function);
        if (here && waits && only.isPresent()) {
            only.get().record(reading.recorder(), reading.routine().label("sync", ""));
        } else if (here) {
            reading.recorder()
                    .onEachCpu(
                            reading.routine().label("on_each_cpu", function.name()),
                            function.name(),
                            each(at, function, data),
                            waits);
        } else {
            reading.recorder()
                    .callOtherCpus(
                            reading.routine().label("smp_call_function", function.name()),
                            function.name(),
                            elsewhere(at, function, data),
                            waits);
        }
        return Words.nothing();
    }

    private CValue callSome(Token at, List<CExpr> arguments) {
        Num cpus = reading.expressions.number(arguments.get(0));
        CFunction function = function(arguments.get(1));
        CValue data = data(arguments.get(2));
        return some(at, cpus, function, data, waits(arguments.get(3)));
    }

    private CValue some(Token at, Num cpus, CFunction function, CValue data, boolean waits) {
        reading.recorder()
                .callSomeCpus(
                        reading.routine().label("smp_call_function_many", function.name()),
                        cpus.expr(),
                        function.name(),
                        elsewhere(at, function, data),
                        waits);
        return Words.nothing();
    }

    /** The CPU that calls runs the function in place if it is the one. */
    private CValue callOne(Token at, List<CExpr> arguments) {
        Num cpu = reading.expressions.number(arguments.get(0));
        CFunction function = function(arguments.get(1));
        CValue data = data(arguments.get(2));
        boolean waits = waits(arguments.get(3));
        Num own = Arithmetic.binary(at, CBinaryOperator.EQUAL, cpu, reading.routine().cpu);
        CExpr nothing = new CExpr.Constant(at, 0, "");
        reading.conditions.branch(
                nothing,
                own,
                () -> reading.calls.expand(at, function, List.of(data)),
                () -> some(at, DataWords.bit(at, cpu), function, data, waits));
        return Words.nothing();
    }

    /** Records a function twice: first for the others, then in place. */
    private Consumer<Recorder> each(Token at, CFunction function, CValue data) {
        Consumer<Recorder> others = elsewhere(at, function, data);
        Recorder here = reading.recorder();
        return recorder -> {
            if (recorder == here) {
                FlagWords.held(reading, () -> reading.calls.expand(at, function, List.of(data)));
            } else {
                others.accept(recorder);
            }
        };
    }

    private Consumer<Recorder> elsewhere(Token at, CFunction function, CValue data) {
        Interval cpus = others();
        return recorder -> run(at, context(recorder, function, cpus), function, data);
    }

    private RoutineContext context(Recorder recorder, CFunction function, Interval cpus) {
        return new RoutineContext(
                recorder, function.name() + "_elsewhere", new Num(Expr.thisCpu(), cpus), reading.ranges);
    }

    private void run(Token at, RoutineContext context, CFunction function, CValue data) {
        reading.in(context, at, () -> run(at, "return", function, data));
    }

    /** Runs a function as the body of a routine. */
    private void run(Token at, String end, CFunction function, CValue data) {
        if (underWay.contains(function.name())) {
            throw CallReader.callsItself(at, function);
        }
        underWay.push(function.name());
        try {
            reading.recorder().block(end, () -> reading.calls.run(at, function, List.of(data), Optional.of(end)));
        } finally {
            underWay.pop();
        }
    }

    /**
     * The CPU that calls it runs the function, and so do all others, where each has its own number. What the caller knows of its variables holds for all, as long as the function
     * does not change them: then others find them in memory.
     */
    private CValue stopMachine(Token at, List<CExpr> arguments) {
        CFunction function = function(arguments.get(0));
        CValue data = data(arguments.get(1));
        String label = reading.routine().label("stop_machine", "");
        Interval cpus = others();
        RoutineContext[] there = new RoutineContext[1];
        Routine elsewhere = reading.builder().routine(function.name() + "_elsewhere", recorder -> {
            there[0] = context(recorder, function, cpus);
            there[0].knowledge.become(reading.knowledge());
            if (reading.setting.cpus() > 1) {
                run(at, there[0], function, data);
            }
        });
        String end = reading.routine().blockName("return");
        reading.recorder()
                .stopMachine(label, () -> FlagWords.held(reading, () -> run(at, end, function, data)), elsewhere);
        List<CObject> changed = there[0].changed(reading.knowledge());
        if (!changed.isEmpty()) {
            changed.forEach(reading.pointers::escape);
            throw new ReadAgain();
        }
        return Words.nothing();
    }
}
