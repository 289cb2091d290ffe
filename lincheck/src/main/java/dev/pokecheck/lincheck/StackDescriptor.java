// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.lincheck;

import dev.pokecheck.protocol.RmwOp;

/**
 * The descriptor of 2019 (Linux 1f676247f36a, arch/x86/kernel/alternative.c): it lies on the patcher's stack, and a global pointer leads to
 * it. A handler that has read the pointer, but has not taken its reference yet, is not counted; the patcher returns, its stack is used
 * for other things, and {@code atomic_inc_not_zero} then looks at whatever lies there.
 */
public final class StackDescriptor implements Descriptors {
    private static final int BP_DESC = 0;
    private static final int REFS = 1;
    private static final int SITE = 2;

    /** What the next function leaves where the descriptor was. */
    private static final int OTHER_DATA = 0xdead;

    private static final int NULL = 0;
    private static final int ON_THE_STACK = 1;

    private final SharedWords memory = new SharedWords(NULL, OTHER_DATA, OTHER_DATA);

    @Override
    public void publish(int site) {
        memory.store(SITE, site);
        memory.store(REFS, 1);
        memory.store(BP_DESC, ON_THE_STACK);
    }

    @Override
    public void unpublish() {
        memory.store(BP_DESC, NULL);
        memory.add(REFS, -1);
        Backoff backoff = new Backoff();
        while (memory.load(REFS) != 0) {
            backoff.pause();
        }
        memory.store(REFS, OTHER_DATA);
        memory.store(SITE, OTHER_DATA);
    }

    @Override
    public int lookup() {
        if (memory.load(BP_DESC) == NULL || memory.update(REFS, RmwOp.ADD_UNLESS_ZERO, 1) == 0) {
            return NONE;
        }
        int site = memory.load(SITE);
        memory.add(REFS, -1);
        return site;
    }
}
