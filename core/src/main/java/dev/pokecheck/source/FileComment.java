// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source;

import dev.pokecheck.source.CommentItems.Item;
import dev.pokecheck.source.token.Complaints;
import dev.pokecheck.source.token.Place;
import dev.pokecheck.source.token.SourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a file says of itself in the comments before its first line of code: items ({@link CommentItems}) {@code scenario: WORDS}, {@code expect: WORDS} and
 * {@code not modelled: WORDS}. What else stands there is prose, but for a line that begins with one of the three misspelt: an expectation must not be lost that way.
 *
 * @param scenario the lines about the scenario
 * @param expect the lines about what is expected
 * @param notModelled what the code that the file stands for does and the file does not
 */
public record FileComment(List<Said> scenario, List<Said> expect, List<Said> notModelled) {
    private static final String SCENARIO = "scenario";
    private static final String EXPECT = "expect";
    private static final String NOT_MODELLED = "not modelled";

    /** The keys of its items. */
    public static final List<String> KEYS = List.of(SCENARIO, EXPECT, NOT_MODELLED);

    /**
     * What an item says.
     *
     * @param words it, on one line, without blanks at its ends
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
        List<Said> scenario = new ArrayList<>();
        List<Said> expect = new ArrayList<>();
        List<Said> notModelled = new ArrayList<>();
        for (Item item : CommentItems.of(file, KEYS)) {
            Said said = new Said(item.value(), item.begin());
            if (item.is(SCENARIO)) {
                scenario.add(said);
            } else if (item.is(EXPECT)) {
                expect.add(said);
            } else if (item.is(NOT_MODELLED)) {
                notModelled.add(said);
                if (said.words().isEmpty()) {
                    complaints.add(
                            said.place(),
                            "nothing is said behind '" + NOT_MODELLED + ":'",
                            "say what is left out, and why");
                }
            } else {
                String key = item.key().toLowerCase(Locale.ROOT);
                meant(key)
                        .ifPresent(word -> complaints.add(
                                item.place(),
                                "'" + key + ":' is nearly '" + word + ":'",
                                "write '" + word + ":', or begin the line with another word"));
            }
        }
        complaints.throwIfAny();
        return new FileComment(scenario, expect, notModelled);
    }

    private static Optional<String> meant(String key) {
        return KEYS.stream()
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
