// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz.session;

import java.util.concurrent.atomic.AtomicReference;

/**
 * Whether a session was interrupted before it came to its end. The thread of the session and that of the interrupt may meet at any time; one of the two is first,
 * and both are told the same.
 */
public final class Interruption {
    private enum State {
        RUNNING,
        INTERRUPTED,
        ENDED
    }

    private final AtomicReference<State> state = new AtomicReference<>(State.RUNNING);

    /** Neither has happened yet. */
    public Interruption() {}

    /** The interrupt: whether it came before the end, so that the session still has to be waited for. */
    public boolean interrupt() {
        return state.compareAndSet(State.RUNNING, State.INTERRUPTED) || isInterrupted();
    }

    /** The end of the session: whether it came before the interrupt, so that nobody else ends the process. */
    public boolean end() {
        return state.compareAndSet(State.RUNNING, State.ENDED) || state.get() == State.ENDED;
    }

    /** Whether it was interrupted. */
    public boolean isInterrupted() {
        return state.get() == State.INTERRUPTED;
    }
}
