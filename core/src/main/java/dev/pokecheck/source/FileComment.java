// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source;

import dev.pokecheck.source.token.Complaints;
import dev.pokecheck.source.token.Place;
import dev.pokecheck.source.token.SourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a file says of itself in the comments before its first line of code: lines {@code scenario: WORDS}, {@code expect: WORDS} and {@code not modelled: WORDS}. The words of the
 * last go on in the next lines of the comment that are indented by two columns more than its key. What else stands there is prose, but for a line that begins with
 * one of the three misspelt: an expectation must not be lost that way.
 *
 * @param scenario the lines about the scenario
 * @param expect the lines about what is expected
 * @param notModelled what the code that the file stands for does and the file does not
 */
public record FileComment(List<Said> scenario, List<Said> expect, List<Said> notModelled) {
    private static final String SCENARIO = "scenario";
    private static final String EXPECT = "expect";
    private static final String NOT_MODELLED = "not modelled";

    /** The number of words in a key is bounded, as matching each takes stack. */
    private static final Pattern LINE =
            Pattern.compile("[\\h*]*(?<key>[A-Za-z]+(?: [A-Za-z]+){0,2}):\\h*(?<words>.*)", Pattern.DOTALL);

    /** A line without the blanks and stars at its beginning. */
    private static final Pattern TEXT = Pattern.compile("[\\h*]*(?<words>.*)", Pattern.DOTALL);

    /**
     * What stands after the colon of a line.
     *
     * @param words it, without blanks at its ends
     * @param place where it begins
     */
    public record Said(String words, Place place) {}

    /** Copies the lists. */
    public FileComment {
        scenario = List.copyOf(scenario);
        expect = List.copyOf(expect);
        notModelled = List.copyOf(notModelled);
    }

    /**
     * Reads the comments before the first line of code.
     *
     * @throws dev.pokecheck.source.token.SourceException for a line whose key is nearly one of the three, or that says nothing is not modelled
     */
    public static FileComment of(SourceText file) {
        Complaints complaints = new Complaints();
        Lines lines = new Lines(file, complaints);
        for (Comments comments = new Comments(file.text()); comments.next(); ) {
            lines.read(comments);
        }
        lines.end();
        complaints.throwIfAny();
        return new FileComment(lines.scenario, lines.expect, lines.notModelled);
    }

    /** What the lines up to now say. */
    private static final class Lines {
        final List<Said> scenario = new ArrayList<>();
        final List<Said> expect = new ArrayList<>();
        final List<Said> notModelled = new ArrayList<>();

        private final SourceText file;
        private final Complaints complaints;
        /** What is not modelled, as far as it is read; it may go on in the next line. */
        private final StringBuilder left = new StringBuilder();

        private Optional<Place> leftAt = Optional.empty();
        private int leftColumn;

        Lines(SourceText file, Complaints complaints) {
            this.file = file;
            this.complaints = complaints;
        }

        void read(Comments comments) {
            if (comments.isFirst() || !goesOn(comments)) {
                end();
                Matcher line = LINE.matcher(file.text()).region(comments.from(), comments.to());
                if (line.matches()) {
                    item(line);
                }
            }
        }

        private void item(Matcher line) {
            String key = line.group("key").toLowerCase(Locale.ROOT);
            Place place = file.place(line.start("words"));
            String words = line.group("words").strip();
            switch (key) {
                case SCENARIO -> scenario.add(new Said(words, place));
                case EXPECT -> expect.add(new Said(words, place));
                case NOT_MODELLED -> {
                    left.append(words);
                    leftAt = Optional.of(place);
                    leftColumn = file.place(line.start("key")).column();
                }
                default ->
                    meant(key)
                            .ifPresent(word -> complaints.add(
                                    file.place(line.start("key")),
                                    "'" + key + ":' is nearly '" + word + ":'",
                                    "write '" + word + ":', or begin the line with another word"));
            }
        }

        /** Whether a line goes on with what is not modelled, which it then does. */
        private boolean goesOn(Comments comments) {
            Matcher line = TEXT.matcher(file.text()).region(comments.from(), comments.to());
            if (leftAt.isEmpty()
                    || !line.matches()
                    || line.group("words").isBlank()
                    || file.place(line.start("words")).column() < leftColumn + 2) {
                return false;
            }
            left.append(left.isEmpty() ? "" : " ").append(line.group("words").strip());
            return true;
        }

        /** What is not modelled does not go on. */
        void end() {
            leftAt.ifPresent(place -> {
                if (left.isEmpty()) {
                    complaints.add(
                            place, "nothing is said behind '" + NOT_MODELLED + ":'", "say what is left out, and why");
                } else {
                    notModelled.add(new Said(left.toString(), place));
                }
            });
            left.setLength(0);
            leftAt = Optional.empty();
        }
    }

    private static Optional<String> meant(String key) {
        return Stream.of(SCENARIO, EXPECT, NOT_MODELLED)
                .filter(word -> word.contains(" ") == key.contains(" ") && isNear(key, word))
                .findFirst();
    }

    /** Whether two words are the same but for two letters that stand together. */
    private static boolean isNear(String a, String b) {
        int shorter = Math.min(a.length(), b.length());
        int begin = 0;
        while (begin < shorter && a.charAt(begin) == b.charAt(begin)) {
            begin++;
        }
        int end = 0;
        while (end < shorter - begin && a.charAt(a.length() - 1 - end) == b.charAt(b.length() - 1 - end)) {
            end++;
        }
        return Math.max(a.length(), b.length()) - begin - end <= 2;
    }
}
