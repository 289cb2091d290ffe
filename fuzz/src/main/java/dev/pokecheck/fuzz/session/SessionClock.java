// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz.session;

/** The time of a session. */
interface SessionClock {
    /** How long a session does nothing before it looks again, in milliseconds. */
    long PAUSE_MILLIS = 100;

    /** Nanoseconds since some moment. */
    long nanos();

    /** Lets a little time go by. */
    void pause() throws InterruptedException;

    /** The time of the machine. */
    static SessionClock system() {
        return new SessionClock() {
            @Override
            public long nanos() {
                return System.nanoTime();
            }

            @Override
            public void pause() throws InterruptedException {
                Thread.sleep(PAUSE_MILLIS);
            }
        };
    }
}
