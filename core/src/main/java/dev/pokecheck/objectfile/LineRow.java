// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.objectfile;

/**
 * Where code comes from: from this address on, until the next row of its section.
 *
 * @param section the number of the section
 * @param offset the address in it
 * @param file the name of the source file, without folders; empty where a sequence of code ends
 * @param line the line, from 1
 */
public record LineRow(int section, long offset, String file, int line) {
    /** Whether code ends here. */
    public boolean isEnd() {
        return file.isEmpty();
    }
}
