// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.lincheck;

/** The operation that a CPU was given, a patch call or an execution of a site by its thread, and what comes of it. */
final class Operation {
    /** The version that the patch call under way brings; 0 if none is. */
    private int patching;

    private int sitesLeft;
    private boolean done;
    private String result = "";

    /** A patch call for a version of all sites begins, or goes on where the last one ended. */
    void beginPatch(int version, int sites) {
        patching = version;
        sitesLeft = sites;
        done = false;
        result = "patched";
    }

    void beginExecution() {
        done = false;
    }

    /** Whether the thread has statements to run. */
    boolean isPatch() {
        return patching != 0;
    }

    /** A patch call for one site begins, or has returned: behind the last one, the operation is done. */
    void mark(int version, boolean end) {
        if (version != patching) {
            throw new IllegalStateException("the next version to bring is " + version + ", not " + patching);
        }
        if (end && --sitesLeft == 0) {
            patching = 0;
            done = true;
        }
    }

    /** The thread has executed a site, with the effect of a version. */
    void executed(int version) {
        result = "v" + version;
        done = true;
    }

    /** Whether it is done; says so once. */
    boolean takeDone() {
        boolean taken = done;
        done = false;
        return taken;
    }

    String result() {
        return result;
    }
}
