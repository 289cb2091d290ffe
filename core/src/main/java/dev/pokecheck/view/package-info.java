// SPDX-License-Identifier: Apache-2.0
/**
 * States in the words of the protocol: what each CPU does, what memory and text hold, who waits for whom. For reports; a search makes no view.
 *
 * <p>{@link dev.pokecheck.view.StateView} is the snapshot, {@link dev.pokecheck.view.WaitFor} a deadlock in words. They read packed states by the
 * machine's own layouts and ask each step for its words; nothing here knows an operation by name.
 *
 * <p><b>Who waits.</b>
 * <ol>
 *   <li id="waits">A CPU waits if its next step cannot be taken until another CPU, or a context below, has done something.
 *   <li id="loop">So does one that goes round in a loop, of however many statements, that it cannot leave and in which it completes nothing
 *       while the others stand still: until a variable changes that it reads there. <span id="comes-to">So does one that can step, and comes to
 *       where it cannot, or to such a loop.</span>
 * </ol>
 */
@NullMarked
package dev.pokecheck.view;

import org.jspecify.annotations.NullMarked;
