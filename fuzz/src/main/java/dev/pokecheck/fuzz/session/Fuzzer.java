// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz.session;

import java.io.IOException;

/** A process that fuzzes one target, as a session sees it. */
interface Fuzzer {
    /** Starts processes. */
    interface Launcher {
        /**
         * Starts one.
         *
         * @param number how many were started for the target in this session, this one included
         * @param seconds how long it is to fuzz, not counting how long it takes to start
         * @throws IOException if it cannot be started
         */
        Fuzzer launch(FuzzTarget target, TargetFolders folders, int number, long seconds) throws IOException;
    }

    /** The last figures that it has printed. */
    Figures.Snapshot figures();

    /** Whether it has not ended. */
    boolean isAlive();

    /** Asks it to end. */
    void end();

    /** Ends it, whatever it does. */
    void kill();

    /** Waits for its end and returns its exit code: 128 and the number of the signal, if one has ended it. */
    int exitCode() throws InterruptedException;
}
