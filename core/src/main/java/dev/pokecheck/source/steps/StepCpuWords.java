// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.steps;

import dev.pokecheck.insn.Sync;
import dev.pokecheck.protocol.CpuStmt.CallTarget;
import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Quiescence;
import dev.pokecheck.source.steps.StepVocabulary.Result;
import dev.pokecheck.source.syntax.CFunction;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Words for CPUs and for contexts that are taken off them. */
final class StepCpuWords {
    private StepCpuWords() {}

    static void define(StepVocabulary words) {
        words.does("serialize", 1, call -> {
            Sync sync = sync(call);
            call.recorder().serialize(call.label(sync.text(), ""), sync);
        });
        words.does("sync_each_cpu", 1, call -> call.recorder().syncEachCpu(call.label("sync", ""), sync(call)));
        words.does(
                "sync_each_cpu_unfenced",
                1,
                call -> call.recorder().syncEachCpuUnfenced(call.label("sync", ""), sync(call)));
        words.does(
                "sync_each_cpu_then_sysret",
                1,
                call -> call.recorder().ipiThenSysret(call.label("sync", ""), sync(call)));
        for (Quiescence quiescence : Quiescence.values()) {
            words.does(
                    quiescence.function(),
                    0,
                    call -> call.recorder().gracePeriod(call.label("grace_period", ""), quiescence));
        }
        words.does("send_nmi", 1, call -> call.recorder().sendNmi(call.label("send_nmi", ""), call.expr(0)));
        words.does("irq_disable", 0, call -> call.recorder().irqDisable(call.label("cli", "")));
        words.does("irq_enable", 0, call -> call.recorder().irqEnable(call.label("sti", "")));
        words.does("sti", 0, call -> call.recorder().sti(call.label("sti", "")));
        words.does("eoi", 0, call -> call.recorder().eoi(call.label("eoi", "")));
        words.does("preempt_disable", 0, call -> call.recorder().preemptDisable(call.label("preempt_disable", "")));
        words.does("preempt_enable", 0, call -> call.recorder().preemptEnable(call.label("preempt_enable", "")));
        words.does("call_others", 2, StepCpuWords::callOthers);
        words.does("call_some", 3, StepCpuWords::callSome);
        contexts(words);
    }

    private static void contexts(StepVocabulary words) {
        words.does("suspend", 1, call -> call.recorder().suspend(call.label("suspend", ""), call.expr(0)));
        words.gives(
                "read_context",
                1,
                Result.NEEDED,
                call -> call.recorder().readContext(call.label("read_context", ""), call.to(), call.expr(0)));
        words.does(
                "set_context",
                2,
                call -> call.recorder().setContext(call.label("set_context", ""), call.expr(0), call.expr(1)));
        words.does("resume", 1, call -> call.recorder().resume(call.label("resume", ""), call.expr(0)));
        words.does("cpu_offline", 0, call -> call.recorder().cpuOffline(call.label("cpu_offline", "")));
        words.does("cpu_online", 1, call -> call.recorder().cpuOnline(call.label("cpu_online", ""), call.expr(0)));
    }

    private static Sync sync(StepCall call) {
        String name = call.text(0);
        return Stream.of(Sync.values())
                .filter(sync -> sync.text().equals(name))
                .findFirst()
                .orElseThrow(() -> call.at()
                        .wrong(
                                "there is no instruction \"" + name + "\" that synchronises",
                                "there are "
                                        + Stream.of(Sync.values())
                                                .map(Sync::text)
                                                .collect(Collectors.joining(", "))));
    }

    private static void callOthers(StepCall call) {
        CFunction function = call.function(0);
        String label = call.label(Labelling.calls(CallTarget.OTHERS), "");
        call.recorder()
                .callOtherCpus(label, Identifiers.name(function.name()), call.body(function), call.number(1) != 0);
    }

    private static void callSome(StepCall call) {
        Expr cpus = call.expr(0);
        CFunction function = call.function(1);
        String label = call.label(Labelling.calls(new CallTarget(false, Optional.of(cpus))), "");
        call.recorder()
                .callSomeCpus(label, cpus, Identifiers.name(function.name()), call.body(function), call.number(2) != 0);
    }
}
