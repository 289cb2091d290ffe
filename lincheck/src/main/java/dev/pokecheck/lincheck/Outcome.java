// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.lincheck;

/** What came of a step of a CPU. */
enum Outcome {
    /** Nothing that others can see was done; the step goes on. */
    LOCAL,
    /** A step was made. */
    RAN,
    /** Nothing can be done before something changes. */
    BLOCKED,
    /** The operation is done. */
    FINISHED,
    /** There is no operation and nothing else to do. */
    IDLE,
    /** Something has gone wrong, here or elsewhere. */
    HALTED
}
