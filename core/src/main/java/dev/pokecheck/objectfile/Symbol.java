// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.objectfile;

/**
 * A symbol.
 *
 * @param name its name; that of the section if it stands for one
 * @param kind what it stands for
 * @param section the number of the section that it lies in; 0 if it lies in another file
 * @param value where it lies there
 * @param size how many bytes it has; 0 if that is not known
 */
public record Symbol(String name, Kind kind, int section, long value, long size) {
    /** What symbols stand for. */
    public enum Kind {
        /** Data. */
        OBJECT,
        /** A function. */
        FUNCTION,
        /** A section, of which another symbol may name a part. */
        SECTION,
        /** Anything else, or what another file defines. */
        OTHER
    }

    /** Whether a byte of a section is one of it. */
    public boolean holds(int number, long offset) {
        return section == number && section != 0 && offset >= value && offset - value < Math.max(1, size);
    }
}
