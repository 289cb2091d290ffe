// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.trace;

import dev.pokecheck.machine.ActionKind;
import dev.pokecheck.view.StateView;
import dev.pokecheck.view.StateView.Context;
import dev.pokecheck.view.StateView.Cpu;

/** What a step is, in the words of C, or as the event that it is. */
final class Events {
    private Events() {}

    static String source(StateView before, int action) {
        Cpu cpu = before.cpus().get(ActionKind.cpu(action));
        Context top = cpu.top();
        return switch (ActionKind.of(action)) {
            case STEP -> top.text();
            case FETCH -> {
                int offset = before.fetched(action).orElseThrow().offset();
                yield offset == 0
                        ? before.fetchedFrom(action).name() + "();"
                        : "/* on at " + before.fetchedFrom(action).name() + "+" + offset + " */";
            }
            case CALLEE -> "/* in the function called from the site */";
            case RETURN -> "/* the called function returns */";
            case IRET -> "iret";
            case DRAIN -> "store buffer \u2192 memory";
            case NMI -> "NMI";
            case NMI_SENT -> "NMI (the one that was sent)";
            case IRQ -> "IRQ";
            case MC -> "#MC";
            case IPI -> "IPI: do_sync_core(); iret";
            case STOP -> "stop_machine takes the thread";
            case CALL -> "IPI from cpu" + ActionKind.detail(action);
            case SUSPEND -> "the thread is suspended";
            case LEAVE -> "leaves stop_machine";
        };
    }
}
