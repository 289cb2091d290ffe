// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.steps;

import dev.pokecheck.source.token.Token;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words that are statements, by what {@code pokecheck/steps.h} makes of them. */
final class StepVocabulary {
    /** What names begin with that only headers use. */
    static final String PREFIX = "__pc_";

    private static final Pattern WORD = Pattern.compile("\\w+");

    private final Map<String, Word> words = new TreeMap<>();

    /** Records a statement. */
    @FunctionalInterface
    interface Meaning {
        /** Records it. */
        void record(StepCall call);
    }

    /** Whether a variable gets what a word gives. */
    enum Result {
        /** It gives nothing. */
        NONE,
        /** As the author likes. */
        POSSIBLE,
        /** Yes. */
        NEEDED
    }

    private record Word(int least, int most, Result result, Meaning meaning) {}

    StepVocabulary() {
        StepDataWords.define(this);
        StepCpuWords.define(this);
        StepTextWords.define(this);
    }

    /** Defines a word that gives nothing. */
    void does(String name, int arguments, Meaning meaning) {
        words.put(PREFIX + name, new Word(arguments, arguments, Result.NONE, meaning));
    }

    /** Defines a word that gives something. */
    void gives(String name, int arguments, Result result, Meaning meaning) {
        words.put(PREFIX + name, new Word(arguments, arguments, result, meaning));
    }

    /** Defines a word that gives something, with so many arguments or more. */
    void givesOf(String name, int least, Meaning meaning) {
        words.put(PREFIX + name, new Word(least, Integer.MAX_VALUE, Result.NEEDED, meaning));
    }

    /** Whether there is such a word. */
    boolean has(String name) {
        return words.containsKey(name);
    }

    /** Records a statement. */
    void record(String name, StepCall call) {
        Word word = words.get(name);
        if (word == null) {
            throw call.at()
                    .wrong(written(call.at()) + " is no statement of a file of steps", "pokecheck/steps.h lists them");
        }
        int given = call.arguments().size();
        if (given < word.least() || given > word.most()) {
            throw call.at()
                    .wrong(written(call.at()) + " takes " + word.least() + " arguments, and here are " + given, "");
        }
        if (word.result() == Result.NONE && call.result().isPresent()) {
            throw call.at().wrong(written(call.at()) + " has no value", "leave the assignment out");
        }
        if (word.result() == Result.NEEDED && call.result().isEmpty()) {
            throw call.at().wrong("the value of " + written(call.at()) + " is not used", "assign it to a variable");
        }
        word.meaning().record(call);
    }

    /** A word as its author wrote it, quoted; not what a macro makes of it. */
    static String written(Token at) {
        Matcher word = WORD.matcher(at.use().source().text());
        return word.region(at.use().offset(), word.regionEnd()).lookingAt() ? "'" + word.group() + "'" : at.quoted();
    }
}
