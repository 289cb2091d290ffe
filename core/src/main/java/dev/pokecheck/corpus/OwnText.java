// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.corpus;

/** The lines of an entry that say where its protocol comes from. */
final class OwnText {
    static final String CLASS = "class";
    static final String SOURCE = "source";
    static final String DEFINE = "define";
    static final String INCLUDE = "include";
    static final String TEXT = "text";

    /** What stands before each line of a text that an entry carries: it keeps the blanks behind it. */
    static final String BAR = "|";

    private OwnText() {}

    /** Those that stand behind the name of the protocol. */
    static void printHead(StringBuilder out, Own own) {
        if (own instanceof OwnClass type) {
            Entry.line(out, CLASS, type.text());
        } else if (own instanceof OwnSource source) {
            Entry.line(out, SOURCE, source.path());
            source.definitions().forEach(definition -> Entry.line(out, DEFINE, definition));
            source.folders().forEach(folder -> Entry.line(out, INCLUDE, folder));
        }
    }

    /** Those at the end. */
    static void printTexts(StringBuilder out, Own own) {
        if (own instanceof OwnSource source) {
            for (OwnSource.Text text : source.texts()) {
                out.append(TEXT).append(' ').append(text.path()).append(":\n");
                text.text()
                        .lines()
                        .forEach(line ->
                                out.append("  ").append(BAR).append(line).append('\n'));
            }
        }
    }
}
