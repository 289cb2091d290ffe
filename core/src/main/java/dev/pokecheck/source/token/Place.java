// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.token;

/**
 * A character of a file.
 *
 * @param source the file
 * @param offset how many characters stand before it, in UTF-16 units
 */
public record Place(SourceText source, int offset) {
    /** The line, from 1 on. */
    public int line() {
        return source.lineOf(offset);
    }

    /** The column, from 1 on, in characters (Unicode code points); a tab is one. */
    public int column() {
        return source.text().codePointCount(source.startOf(line()), offset) + 1;
    }

    /** As compilers write it and editors read it: {@code file:line:column}. */
    @Override
    public String toString() {
        return source.name() + ":" + line() + ":" + column();
    }
}
