// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.explore.search;

import dev.pokecheck.checkpoint.CheckpointInput;
import dev.pokecheck.checkpoint.CheckpointOutput;

/** The states that are found and not yet expanded. They are added in ascending order of their numbers, without gaps. */
interface Frontier {

    /** What {@link #take} returns when nothing waits. */
    int NONE = -1;

    /** Adds a state. */
    void add(int state, int depth);

    /** Takes the next state out; {@link #NONE} if none waits. */
    int take();

    /** The depth of the state that was taken last. */
    int depth();

    /** How many states wait. */
    int size();

    /** Writes what waits. */
    void writeTo(CheckpointOutput sink);

    /** Fills a new frontier of the same sort. */
    void readFrom(CheckpointInput source);

    /** What the frontier itself occupies. */
    long bytes();
}
