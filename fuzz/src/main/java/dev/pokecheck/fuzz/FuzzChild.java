// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz;

import com.code_intelligence.jazzer.Jazzer;
import java.io.IOException;
import java.io.InputStream;

/**
 * The main class of a fuzzing process: that of Jazzer, with an eye on the process that started this one. The starter keeps the standard input of
 * this process open and writes nothing to it. When the starter ends, however it ends, the system closes that pipe, and this process ends at
 * once: what it has found it has left on disk already ({@link FoundFolder}).
 */
public final class FuzzChild {
    /** The exit code of a process whose starter is gone; no other process reads it. */
    static final int ORPHAN = 75;

    private FuzzChild() {}

    /** Fuzzes, with the arguments of Jazzer. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Thread watch = new Thread(() -> haltAtEnd(System.in), "starter");
        watch.setDaemon(true);
        watch.start();
        Jazzer.main(args);
    }

    /** Returns never: the end of the stream, and an error in it, both mean that the starter is gone. */
    private static void haltAtEnd(InputStream starter) {
        try {
            while (starter.read() >= 0) {
                // The starter writes nothing; if it does one day, this process has no use for it.
            }
        } catch (IOException e) {
            System.err.println("the pipe to the starter of this process is broken: " + e);
        }
        Runtime.getRuntime().halt(ORPHAN);
    }
}
