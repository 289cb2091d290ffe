// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.lincheck;

import dev.pokecheck.protocol.RmwOp;

/**
 * The descriptor of 2022 (Linux efd608fa7403, arch/x86/kernel/alternative.c): there is one, it lives for ever, and its reference count is what
 * publishes it. A handler that comes too late finds a count of 0, not other data.
 */
public final class StaticDescriptor implements Descriptors {
    private static final int REFS = 0;
    private static final int SITE = 1;

    private final SharedWords memory = new SharedWords(0, NONE);

    @Override
    public void publish(int site) {
        memory.store(SITE, site);
        memory.store(REFS, 1);
    }

    @Override
    public void unpublish() {
        memory.add(REFS, -1);
        Backoff backoff = new Backoff();
        while (memory.load(REFS) != 0) {
            backoff.pause();
        }
    }

    @Override
    public int lookup() {
        if (memory.update(REFS, RmwOp.ADD_UNLESS_ZERO, 1) == 0) {
            return NONE;
        }
        int site = memory.load(SITE);
        memory.add(REFS, -1);
        return site;
    }
}
