// SPDX-License-Identifier: Apache-2.0
/**
 * States in the words of the protocol: what each CPU does, what memory and text hold, who waits for whom. For reports; a search makes no view.
 *
 * <p>{@link dev.pokecheck.view.StateView} is the snapshot, {@link dev.pokecheck.view.WaitFor} a deadlock in words. They read packed states by the
 * machine's own layouts and ask each step for its words; nothing here knows an operation by name.
 */
@NullMarked
package dev.pokecheck.view;

import org.jspecify.annotations.NullMarked;
