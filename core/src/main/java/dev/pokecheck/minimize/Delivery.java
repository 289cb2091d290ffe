// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.minimize;

import dev.pokecheck.machine.ActionKind;
import java.util.List;

/** Interrupts in schedules. */
final class Delivery {
    private Delivery() {}

    /** Whether an action delivers an interrupt that comes when it likes. */
    static boolean is(int action) {
        return switch (ActionKind.of(action)) {
            case NMI, NMI_SENT, IRQ, MC -> true;
            default -> false;
        };
    }

    /** The number behind the last step that the CPU of an interrupt takes before it is back in the interrupted context. */
    static int end(int[] schedule, List<String> names, int delivery) {
        String interrupted = prefix(names.get(delivery));
        int end = delivery + 1;
        for (int i = end; i < schedule.length; i++) {
            if (ActionKind.cpu(schedule[i]) == ActionKind.cpu(schedule[delivery])) {
                if (prefix(names.get(i)).equals(interrupted)) {
                    return end;
                }
                end = i + 1;
            }
        }
        return end;
    }

    /** The CPU and the context in the name of a step. */
    private static String prefix(String name) {
        return name.substring(0, name.indexOf(' '));
    }
}
