// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.steps;

/**
 * A statement without others inside it.
 *
 * @param operation what it does, as labels say it
 * @param object what it does that to; empty if to nothing that has a name
 * @param text how it is written
 */
record PrintedWord(String operation, String object, String text) {
    /** One that has no label. */
    static PrintedWord unnamed(String text) {
        return new PrintedWord("", "", text);
    }
}
