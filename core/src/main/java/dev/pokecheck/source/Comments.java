// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source;

/** The lines of the comments before the first line of code, one after the other, without the signs that begin and end a comment. */
final class Comments {
    private final String text;
    private int from;
    private int to;
    /** Where the present comment ends, if it is one of several lines; -1 outside. */
    private int end = -1;

    private boolean first;

    Comments(String text) {
        this.text = text;
    }

    /** Goes to the next line; false if there is none, or a comment that does not end. */
    boolean next() {
        if (end >= 0 && to < end) {
            from = to + 1;
            to = Math.min(endOfLine(from), end);
            first = false;
            return true;
        }
        first = true;
        int at = end < 0 ? to : end + 2;
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        from = at + 2;
        if (text.startsWith("//", at)) {
            end = -1;
            to = endOfLine(from);
            return true;
        }
        end = text.startsWith("/*", at) ? text.indexOf("*/", from) : -1;
        if (end < 0) {
            return false;
        }
        to = Math.min(endOfLine(from), end);
        return true;
    }

    private int endOfLine(int at) {
        int newline = text.indexOf('\n', at);
        return newline < 0 ? text.length() : newline;
    }

    /** Whether the line is of a comment that may have several. */
    boolean isBlock() {
        return end >= 0;
    }

    /** Whether it is the first of its comment. */
    boolean isFirst() {
        return first;
    }

    /** Where the line begins. */
    int from() {
        return from;
    }

    /** Where it ends. */
    int to() {
        return to;
    }
}
