// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.lincheck;

/**
 * How a breakpoint handler finds the descriptor of the patch under way. One patcher publishes and unpublishes in turn; any number of
 * handlers look up at any time, also for breakpoints that are not the patcher's.
 */
interface Descriptors {
    /** No patch is under way, or its descriptor is being taken down. */
    int NONE = 0;

    /** The patcher publishes a descriptor of a site; the number of the site is positive. */
    void publish(int site);

    /** The patcher takes the descriptor down and waits until no handler uses it; behind that its memory may be used for anything. */
    void unpublish();

    /** A handler takes a reference, reads the site in the descriptor, and puts the reference; {@link #NONE} if it gets none. */
    int lookup();
}
