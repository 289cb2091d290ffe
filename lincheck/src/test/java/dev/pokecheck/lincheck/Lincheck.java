// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.lincheck;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jetbrains.kotlinx.lincheck.Actor;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.kotlinx.lincheck.strategy.LincheckFailure;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Options;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.util.LoggingLevel;

/** How this module calls Lincheck: fixed scenarios only, so that every run of the build does the same. */
final class Lincheck {
    /** Above the number of steps of any operation here; a loop that makes more is taken for one without end. */
    private static final int LOOP_BOUND = 100_000;

    private Lincheck() {}

    /** An operation with its arguments. */
    record Call(String method, List<Integer> arguments) {
        private Actor actor(Class<?> tested) {
            Method found = Stream.of(tested.getDeclaredMethods())
                    .filter(method -> method.getName().equals(this.method))
                    .findFirst()
                    .orElseThrow();
            return new Actor(found, arguments);
        }
    }

    /** A scenario: what is called first, and then what each thread calls. */
    record Calls(List<Call> before, List<List<Call>> threads) {
        private ExecutionScenario scenario(Class<?> tested) {
            List<List<Actor>> parallel = new ArrayList<>();
            for (List<Call> calls : threads) {
                parallel.add(actors(calls, tested));
            }
            return new ExecutionScenario(actors(before, tested), parallel, List.of(), null);
        }

        private static List<Actor> actors(List<Call> calls, Class<?> tested) {
            return calls.stream().map(call -> call.actor(tested)).toList();
        }
    }

    static Call call(String method, Integer... arguments) {
        return new Call(method, List.of(arguments));
    }

    /** Model checking in which a step of a CPU is one step, and what it does inside cannot be interrupted. */
    static ModelCheckingOptions modelChecking(int invocations) {
        return new ModelCheckingOptions()
                .iterations(0)
                .invocationsPerIteration(invocations)
                .loopIterationsBeforeThreadSwitch(LOOP_BOUND)
                .loopBound(LOOP_BOUND)
                .minimizeFailedScenario(false)
                .logLevel(LoggingLevel.ERROR)
                .addGuarantee(ManagedStrategyGuaranteeKt.forClasses(
                                Subject.class.getName(), Signals.class.getName(), SharedWords.class.getName())
                        .allMethods()
                        .ignore())
                .addGuarantee(ManagedStrategyGuaranteeKt.forClasses(ThreadCpu.class.getName())
                        .methods("step", "prefetch")
                        .treatAsAtomic())
                .addGuarantee(ManagedStrategyGuaranteeKt.forClasses(ThreadCpu.class.getName())
                        .methods("beginPatch", "beginExecution", "takeResult", "inherit", "seen", "mustRing")
                        .ignore());
    }

    /** Model checking in which every access to shared memory is a switch point. */
    static ModelCheckingOptions everyAccess(int invocations) {
        return new ModelCheckingOptions()
                .iterations(0)
                .invocationsPerIteration(invocations)
                .minimizeFailedScenario(false)
                .logLevel(LoggingLevel.ERROR);
    }

    static StressOptions stress(int invocations) {
        return new StressOptions()
                .iterations(0)
                .invocationsPerIteration(invocations)
                .minimizeFailedScenario(false);
    }

    /** The first argument of the first call of a scenario. */
    static int firstArgument(LincheckFailure failure) {
        return (Integer)
                failure.getScenario().getInitExecution().get(0).getArguments().get(0);
    }

    /** What Lincheck has to say; empty if it has found nothing. */
    static String text(Optional<LincheckFailure> failure) {
        return failure.map(LincheckFailure::toString).orElse("");
    }

    /** The results of all operations, thread by thread. */
    static String results(LincheckFailure failure) {
        return failure.getResults().getParallelResultsWithClock().stream()
                .map(thread -> thread.stream()
                        .map(result -> String.valueOf(result.getResult()))
                        .collect(Collectors.joining(" ")))
                .collect(Collectors.joining(" | "));
    }

    /** Runs one scenario; what Lincheck found, if it did. */
    static Optional<LincheckFailure> run(
            Options<?, ?> options, Class<?> tested, Class<?> specification, List<List<Call>> threads) {
        return runAll(options, tested, specification, List.of(new Calls(List.of(), threads)));
    }

    /** Runs several scenarios, one after the other, up to the first in which Lincheck finds something. */
    static Optional<LincheckFailure> runAll(
            Options<?, ?> options, Class<?> tested, Class<?> specification, List<Calls> scenarios) {
        options.sequentialSpecification(specification);
        scenarios.forEach(calls -> options.addCustomScenario(calls.scenario(tested)));
        try {
            options.check(tested);
            return Optional.empty();
        } catch (LincheckAssertionError e) {
            return Optional.of(e.getFailure$lincheck());
        }
    }
}
