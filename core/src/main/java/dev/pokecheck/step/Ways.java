// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.step;

/** In how many ways a step can be taken: what actions it gives rise to. */
public enum Ways {
    /** One. */
    ONE,
    /** Two, when it is a conditional jump that is emulated: not to jump, and to jump. */
    JUMP_OR_NOT,
    /** Two, when it is a wait: that what it waits for has come, and to give up. */
    WAIT_OR_NOT,
    /** One for each number that it may choose. */
    NUMBERS,
    /** One for each piece in which a store to text reaches memory, unless a store buffer takes it as a whole. */
    PIECES,
    /** One for each instruction that a fetch from a site can see; the host does the rest. */
    FETCHES,
    /** The return from a routine, if the context that runs it has something to return to. */
    RETURN
}
