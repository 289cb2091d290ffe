// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.token;

import java.util.Arrays;

/** A file as its author wrote it: a name for messages, and the text. A byte order mark at the beginning is no part of it. */
public final class SourceText {
    private static final char BYTE_ORDER_MARK = '\ufeff';

    private final String name;
    private final String text;
    private final Role role;
    private final int[] lineStarts;

    /** Whose a file is. */
    public enum Role {
        /** Of the author of a protocol. */
        AUTHORS,
        /** A shipped protocol. */
        CATALOG,
        /** A shipped header. */
        HEADER
    }

    /** A file with this name and content; nothing is opened. */
    public SourceText(String name, String text) {
        this(name, text, Role.AUTHORS);
    }

    private SourceText(String name, String text, Role role) {
        this.name = name;
        this.role = role;
        this.text = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
        lineStarts = lineStarts(this.text);
    }

    /** A header that comes with pokecheck: no place in it is one that the author of a protocol has written. */
    public static SourceText header(String name, String text) {
        return new SourceText(name, text, Role.HEADER);
    }

    /** A protocol that comes with pokecheck. */
    public static SourceText catalog(String name, String text) {
        return new SourceText(name, text, Role.CATALOG);
    }

    /** Whose it is. */
    public Role role() {
        return role;
    }

    private static int[] lineStarts(String text) {
        int[] starts = new int[16];
        int lines = 1;
        for (int at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
            if (lines == starts.length) {
                starts = Arrays.copyOf(starts, 2 * lines);
            }
            starts[lines++] = at + 1;
        }
        return Arrays.copyOf(starts, lines);
    }

    /** What messages call it. */
    public String name() {
        return name;
    }

    /** All of it. */
    public String text() {
        return text;
    }

    /** The place of a character, or the end of the text. */
    public Place place(int offset) {
        return new Place(this, offset);
    }

    /** The line of a character, from 1 on. */
    int lineOf(int offset) {
        int found = Arrays.binarySearch(lineStarts, offset);
        return found >= 0 ? found + 1 : -found - 1;
    }

    /** Where a line starts. */
    int startOf(int line) {
        return lineStarts[line - 1];
    }

    /** A line, without its end. */
    public String line(int line) {
        int end = line < lineStarts.length ? lineStarts[line] - 1 : text.length();
        int start = startOf(line);
        return text.substring(start, end > start && text.charAt(end - 1) == '\r' ? end - 1 : end);
    }
}
