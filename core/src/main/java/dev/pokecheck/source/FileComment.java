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

/**
 * What a file says of itself in the comments before its first line of code: lines {@code scenario: WORDS} and {@code expect: WORDS}. What else stands there is
 * prose, but for a line that begins with one of the two misspelt: an expectation must not be lost that way.
 *
 * @param scenario the lines about the scenario
 * @param expect the lines about what is expected
 */
public record FileComment(List<Said> scenario, List<Said> expect) {
    private static final String SCENARIO = "scenario";
    private static final String EXPECT = "expect";

    private static final Pattern LINE = Pattern.compile("[\\h*]*(?<key>[A-Za-z]+):\\h*(?<words>.*?)\\s*");

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
    }

    /**
     * Reads the comments before the first line of code.
     *
     * @throws dev.pokecheck.source.token.SourceException for a line whose first word is nearly one of the two
     */
    public static FileComment of(SourceText file) {
        List<Said> scenario = new ArrayList<>();
        List<Said> expect = new ArrayList<>();
        Complaints complaints = new Complaints();
        for (Comments comments = new Comments(file.text()); comments.next(); ) {
            Matcher line = LINE.matcher(file.text()).region(comments.from(), comments.to());
            if (line.matches()) {
                String key = line.group("key").toLowerCase(Locale.ROOT);
                Said said = new Said(line.group("words"), file.place(line.start("words")));
                if (key.equals(SCENARIO)) {
                    scenario.add(said);
                } else if (key.equals(EXPECT)) {
                    expect.add(said);
                } else {
                    meant(key)
                            .ifPresent(word -> complaints.add(
                                    file.place(line.start("key")),
                                    "'" + key + ":' is nearly '" + word + ":'",
                                    "write '" + word + ":', or begin the line with another word"));
                }
            }
        }
        complaints.throwIfAny();
        return new FileComment(scenario, expect);
    }

    private static Optional<String> meant(String key) {
        return List.of(SCENARIO, EXPECT).stream()
                .filter(word -> isNear(key, word))
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
