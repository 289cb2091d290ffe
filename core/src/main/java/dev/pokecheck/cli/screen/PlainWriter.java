// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.screen;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;
import java.util.regex.Matcher;

/** Shows each control character but ends of lines and tabs by its number: names of files, and what a file says of itself, would do to a terminal what they like. */
public final class PlainWriter extends FilterWriter {
    private final boolean colours;

    /**
     * Passes on to another writer.
     *
     * @param colours whether the colours of {@link Screen} pass
     */
    public PlainWriter(Writer out, boolean colours) {
        super(out);
        this.colours = colours;
    }

    /** A text with each control character but ends of lines and tabs by its number. */
    public static String plain(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean newline = c == '\r' && text.startsWith("\n", i + 1);
            if (Character.isISOControl(c) && c != '\n' && c != '\t' && !newline) {
                shown.append("\\u00").append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
            } else {
                shown.append(c);
            }
        }
        return shown.toString();
    }

    @Override
    public void write(int c) throws IOException {
        write(Character.toString(c));
    }

    @Override
    public void write(char[] text, int from, int length) throws IOException {
        write(new String(text, from, length));
    }

    @Override
    public void write(String text, int from, int length) throws IOException {
        String part = text.substring(from, from + length);
        if (!colours) {
            out.write(plain(part));
            return;
        }
        Matcher colour = Screen.COLOUR.matcher(part);
        int end = 0;
        while (colour.find()) {
            out.write(plain(part.substring(end, colour.start())) + colour.group());
            end = colour.end();
        }
        out.write(plain(part.substring(end)));
    }
}
