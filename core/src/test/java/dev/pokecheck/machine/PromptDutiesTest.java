// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pokecheck.data.DataModel;
import dev.pokecheck.insn.Sync;
import dev.pokecheck.protocol.Expr;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What pends is delivered at the next instruction boundary that lets it in; a step, or a store on its way to memory, may take its time. */
class PromptDutiesTest {
    @Test
    void whatPendsIsPromptAndStepsAreNot() {
        Machine machine = Litmus.data(DataModel.TSO).machine(b -> {
            b.thread(0, r -> {
                r.store("x", b.shared("x", 0, 0, 1), Expr.of(1));
                r.sendNmi("send", Expr.of(1));
                r.syncEachCpu("sync", Sync.IRET);
            });
            b.thread(1, r -> r.rest());
        });
        long[] state = new long[machine.words()];
        machine.initial(state);
        Set<ActionKind> prompt = EnumSet.noneOf(ActionKind.class);
        Set<ActionKind> patient = EnumSet.noneOf(ActionKind.class);
        ActionList actions = new ActionList();
        machine.enabled(state, actions);
        while (actions.size() > 0) {
            for (int i = 0; i < actions.size(); i++) {
                int duty = machine.duty(state, actions.get(i));
                boolean isPrompt = duty >= 0 && (machine.promptDuties() >>> duty & 1) != 0;
                (isPrompt ? prompt : patient).add(ActionKind.of(actions.get(i)));
            }
            machine.apply(state, actions.get(0));
            machine.enabled(state, actions);
        }
        assertEquals(EnumSet.of(ActionKind.NMI_SENT, ActionKind.IPI), prompt);
        assertEquals(EnumSet.of(ActionKind.STEP, ActionKind.DRAIN, ActionKind.IRET), patient);
    }
}
