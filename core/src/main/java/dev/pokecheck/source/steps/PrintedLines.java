// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.steps;

import java.util.function.Supplier;

/** Lines of C, indented with tabs as kernels are. */
final class PrintedLines {
    private final StringBuilder text = new StringBuilder();
    private int depth;

    /** One more line; an empty one has no indentation. */
    void add(String line) {
        if (!line.isEmpty()) {
            text.append("\t".repeat(depth)).append(line);
        }
        text.append('\n');
    }

    /** A line that opens a brace, what is inside, and the closing brace with what follows it, which is asked for last. */
    void braced(String head, Runnable inside, Supplier<String> tail) {
        add(head.isEmpty() ? "{" : head + " {");
        depth++;
        inside.run();
        depth--;
        add("}" + tail.get());
    }

    /** What follows a closing brace that opened another, up to the end of that. */
    void continued(Runnable inside) {
        depth++;
        inside.run();
        depth--;
        add("}");
    }

    /** Braces with nothing behind the closing one. */
    void braced(String head, Runnable inside) {
        braced(head, inside, () -> "");
    }

    /** Lines that were made before. */
    void addAll(PrintedLines other) {
        text.append(other.text);
    }

    /** All of them. */
    String text() {
        return text.toString();
    }

    /** A string constant of C. */
    static String quoted(String string) {
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ') {
                out.append(escaped(c));
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }

    /** Bytes as a string constant. */
    static String quoted(byte... bytes) {
        StringBuilder out = new StringBuilder("\"");
        for (byte b : bytes) {
            out.append(escaped(b & 0xff));
        }
        return out.append('"').toString();
    }

    private static String escaped(int character) {
        return String.format("\\x%02x", character);
    }
}
