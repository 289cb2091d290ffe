// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.report;

import java.util.Locale;

/** The elements of a drawing, as text. Lengths are pixels; colours are classes of the style sheet. */
final class SvgCanvas {
    /** The width of a character. */
    static final double CHAR = 7.25;
    /** From one line of text to the next. */
    static final double LINE = 16;

    private final StringBuilder out = new StringBuilder();

    void text(double x, double y, String style, String text) {
        if (!text.isBlank()) {
            out.append(String.format(
                    Locale.ROOT,
                    "<text x=\"%.1f\" y=\"%.1f\" class=\"%s\" xml:space=\"preserve\">%s</text>\n",
                    x,
                    y,
                    style,
                    Xml.escaped(text, false)));
        }
    }

    /** Text of which spaces at the start are kept, too; not every program that reads SVG does that. */
    void line(double x, double y, String style, String text) {
        int indent = text.length() - text.stripLeading().length();
        text(x + indent * CHAR, y, style, text.strip());
    }

    void box(double x, double y, double width, double height, String style) {
        out.append(String.format(
                Locale.ROOT,
                "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" class=\"%s\"/>\n",
                x,
                y,
                width,
                height,
                style));
    }

    void line(double x1, double y1, double x2, double y2, String style) {
        path(String.format(Locale.ROOT, "M%.1f %.1fL%.1f %.1f", x1, y1, x2, y2), style);
    }

    void path(String data, String style) {
        out.append("<path d=\"")
                .append(data)
                .append("\" class=\"")
                .append(style)
                .append("\"/>\n");
    }

    void circle(double x, double y, double radius, String style) {
        out.append(String.format(
                Locale.ROOT, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" class=\"%s\"/>\n", x, y, radius, style));
    }

    /** What was drawn, as a document. */
    String document(double width, double height, String title, String style) {
        return String.format(
                        Locale.ROOT,
                        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %.0f %.0f\" width=\"%.0f\" height=\"%.0f\""
                                + " role=\"img\" aria-labelledby=\"title\">\n",
                        width,
                        height,
                        width,
                        height)
                + "<title id=\"title\">" + Xml.escaped(title, false) + "</title>\n"
                + "<style>\n" + style + "</style>\n"
                + String.format(Locale.ROOT, "<rect width=\"%.0f\" height=\"%.0f\" class=\"page\"/>\n", width, height)
                + out + "</svg>\n";
    }
}
