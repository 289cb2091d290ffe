// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.token;

/**
 * What is wrong with a file, where, and what to do about it.
 *
 * @param place where
 * @param what what is wrong, without a full stop
 * @param remedy what to do instead, without a full stop; empty if that is plain
 * @param times how often it was found: a function is read wherever it is called, the body of a loop for each round that is written out
 */
public record Complaint(Place place, String what, String remedy, int times) {
    /** So much of a long line is shown at each side of the place. */
    private static final int SHOWN = 60;

    /** One that was found once. */
    public Complaint(Place place, String what, String remedy) {
        this(place, what, remedy, 1);
    }

    /** Whether another is about the same mistake. */
    boolean isSame(Complaint other) {
        return place.equals(other.place) && what.equals(other.what) && remedy.equals(other.remedy);
    }

    /** The same, found more often. */
    Complaint andAgain(int more) {
        return new Complaint(place, what, remedy, times + more);
    }

    /** One line: {@code file:line:column: what; remedy}. */
    public String message() {
        return place + ": " + printable(what) + (remedy.isEmpty() ? "" : "; " + printable(remedy))
                + (times == 1 ? "" : " (" + times + " times)");
    }

    /** The message, then the line of the file with a caret under the place; a long line is cut. */
    public String withCaret() {
        int start = place.source().startOf(place.line());
        String line = place.source().line(place.line());
        int at = Math.min(place.offset() - start, line.length());
        int from = Math.max(0, at - SHOWN);
        int to = Math.min(line.length(), at + SHOWN);
        String before = (from > 0 ? "…" : "") + line.substring(from, at);
        String behind = line.substring(at, to) + (to < line.length() ? "…" : "");
        return message() + "\n    " + printable(before + behind) + "\n    " + indent(before) + "^";
    }

    /** As wide as what it stands below: tabs stay tabs. */
    private static String indent(String before) {
        StringBuilder spaces = new StringBuilder();
        before.codePoints().forEach(c -> spaces.append(c == '\t' ? '\t' : ' '));
        return spaces.toString();
    }

    /** No character that a terminal obeys. */
    private static String printable(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().forEach(c -> shown.appendCodePoint(c == '\t' || !Character.isISOControl(c) ? c : '\ufffd'));
        return shown.toString();
    }
}
