// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.report;

import java.util.List;
import java.util.Map;

/** Writes XML 1.0: elements with attributes that contain either elements, a line each, or text. */
final class Xml {
    private static final String INDENT = "  ";

    private final StringBuilder out = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    private final String root;
    private int depth;

    /** A document. */
    Xml(String root, Map<String, String> attributes) {
        this.root = root;
        open(root, attributes);
    }

    /** Begins an element that contains elements. */
    void open(String name, Map<String, String> attributes) {
        start(name, attributes);
        out.append(">\n");
        depth++;
    }

    /** Ends it. */
    void close(String name) {
        depth--;
        indent().append("</").append(name).append(">\n");
    }

    /** An element without content. */
    void empty(String name, Map<String, String> attributes) {
        start(name, attributes);
        out.append("/>\n");
    }

    /** An element that contains text. */
    void text(String name, Map<String, String> attributes, String text) {
        start(name, attributes);
        out.append('>').append(escaped(text, false)).append("</").append(name).append(">\n");
    }

    /** Ends the document and returns it. */
    String end() {
        close(root);
        return out.toString();
    }

    private void start(String name, Map<String, String> attributes) {
        indent().append('<').append(name);
        attributes.forEach((key, value) -> out.append(' ')
                .append(key)
                .append("=\"")
                .append(escaped(value, true))
                .append('"'));
    }

    private StringBuilder indent() {
        return out.append(INDENT.repeat(depth));
    }

    /** The text with a replacement character for what XML cannot hold, not even escaped. */
    static String escaped(String text, boolean attribute) {
        StringBuilder escaped = new StringBuilder();
        for (int c : text.codePoints().toArray()) {
            switch (c) {
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '&' -> escaped.append("&amp;");
                case '"' -> escaped.append(attribute ? "&quot;" : "\"");
                case '\n', '\t' -> escaped.append(attribute ? "&#" + c + ";" : Character.toString(c));
                case '\r' -> escaped.append("&#13;");
                default -> escaped.appendCodePoint(isXml(c) ? c : '\ufffd');
            }
        }
        return escaped.toString();
    }

    private static boolean isXml(int c) {
        boolean surrogate = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
        return c >= ' ' && !surrogate && !List.of(0xfffe, 0xffff).contains(c);
    }
}
