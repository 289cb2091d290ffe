// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.lincheck;

/** One of the ways to run a protocol, CPU by CPU. Two ways that mean the same give the same answers, step by step. */
public interface Way {
    /** A step was made. */
    String RAN = "ran";

    /** Nothing can be done before something changes, or ever again. */
    String WAITS = "waits";

    /** The next thing that a CPU does that others can see: {@link #RAN}, {@link #WAITS}, or the name of the property that was violated. */
    String step(int cpu);

    /** All that is shared, where the CPUs are in their contexts, and what their threads have executed. */
    String state();
}
