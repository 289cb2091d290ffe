// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.minimize;

import dev.pokecheck.machine.ActionKind;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Leaves steps out while the rest still shows the violation. */
final class DropSteps extends ReplayPass {
    DropSteps(Rerun rerun, Steps steps, int maxAttempts) {
        super(rerun, steps, maxAttempts);
    }

    @Override
    Steps run() {
        dropCpus();
        dropInterrupts();
        int before;
        do {
            before = steps().size();
            for (int size = steps().size() / 2; size > 0; size /= 2) {
                dropPieces(size);
            }
        } while (steps().size() < before && !isSpent());
        return steps();
    }

    private boolean tryWithout(boolean[] dropped) {
        @Nullable Steps shorter = isSpent() ? null : rerun.run(steps().without(dropped));
        if (shorter == null || shorter.size() >= steps().size()) {
            return false;
        }
        accept(shorter);
        return true;
    }

    private void dropCpus() {
        for (int c = rerun.machine().agents() - 1; c >= 0; c--) {
            boolean[] dropped = new boolean[steps().size()];
            boolean any = false;
            for (int i = 0; i < dropped.length; i++) {
                dropped[i] = ActionKind.cpu(steps().action(i)) == c;
                any |= dropped[i];
            }
            if (any) {
                tryWithout(dropped);
            }
        }
    }

    /** Drops, from the last on, each interrupt with all that its CPU does up to its end. */
    private void dropInterrupts() {
        for (int i = steps().size() - 1; i >= 0; i--) {
            if (i < steps().size() && Delivery.is(steps().action(i))) {
                boolean[] dropped = new boolean[steps().size()];
                markInterrupt(dropped, i);
                tryWithout(dropped);
            }
        }
    }

    private void markInterrupt(boolean[] dropped, int delivery) {
        int end = Delivery.end(steps().actions(), steps().names(), delivery);
        for (int i = delivery; i < end; i++) {
            dropped[i] = ActionKind.cpu(steps().action(i)) == ActionKind.cpu(steps().action(delivery));
        }
    }

    /** Drops pieces of a size, from the end on: what comes late is needed by fewer others. */
    private void dropPieces(int size) {
        for (int to = steps().size(); to > 0 && !isSpent(); to -= size) {
            int end = Math.min(to, steps().size());
            boolean[] dropped = new boolean[steps().size()];
            Arrays.fill(dropped, Math.max(0, end - size), end, true);
            tryWithout(dropped);
        }
    }
}
