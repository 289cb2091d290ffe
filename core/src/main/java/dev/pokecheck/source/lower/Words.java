// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import dev.pokecheck.source.lower.CValue.Nothing;
import dev.pokecheck.source.syntax.CExpr;
import dev.pokecheck.source.token.Token;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The words that begin with {@code __pc_}: what {@code pokecheck.h} makes of the words of the kernel. */
final class Words {
    private static final String PREFIX = "__pc_";

    /** The words that do something over which a compiler may move plain accesses. */
    private static final List<String> NO_BARRIERS =
            List.of("store", "follow_stores", "bug", "choose", "label", "not_modelled", "copy", "set", "compare");

    final LockedWords locked;
    private final Reading reading;
    private final Map<String, Word> words = new LinkedHashMap<>();
    private final Map<String, CValue> bound = new LinkedHashMap<>();

    /** A word. */
    @FunctionalInterface
    interface Meaning {
        /** What it does with its arguments, and its value. */
        CValue of(Token at, List<CExpr> arguments);
    }

    /**
     * A word and how it may be used.
     *
     * @param arguments how many it takes
     * @param isQuiet whether it does nothing but have a value, so that it can be part of a condition that is waited for
     */
    private record Word(int arguments, boolean isQuiet, Meaning meaning) {}

    Words(Reading reading) {
        this.reading = reading;
        new DataWords(reading, this).define();
        new AllocationWords(reading, this).define();
        locked = new LockedWords(reading, this);
        locked.define();
        new CpuWords(reading, this).define();
        new FlagWords(reading, this).define();
        new CallWords(reading, this).define();
        new ThreadWords(reading, this).define();
        new SiteWords(reading, this).define();
        new InsnWords(reading, this).define();
    }

    /** Defines a word that does something. */
    void does(String name, int arguments, Meaning meaning) {
        words.put(PREFIX + name, new Word(arguments, false, meaning));
    }

    /** Defines a word that only has a value. */
    void is(String name, int arguments, Meaning meaning) {
        words.put(PREFIX + name, new Word(arguments, true, meaning));
    }

    /** The value of a call, if it is one of a word. */
    Optional<CValue> call(CExpr.Name name, CExpr.Call call) {
        Word word = words.get(name.text());
        if (word == null) {
            if (name.text().startsWith(PREFIX)) {
                throw name.at().wrong("there is no word " + name.at().quoted(), "");
            }
            return Optional.empty();
        }
        if (word.arguments() != call.arguments().size()) {
            throw name.at()
                    .wrong(
                            name.at().quoted() + " takes " + word.arguments() + " arguments, and here are "
                                    + call.arguments().size(),
                            "");
        }
        if (!word.isQuiet()) {
            reading.access.requireNoWait();
        }
        boolean isBarrier = !word.isQuiet() && !NO_BARRIERS.contains(name.text().substring(PREFIX.length()));
        return Optional.of(reading.valueAt(name.at(), () -> {
            if (isBarrier) {
                reading.plain.barrier(call.at());
            }
            CValue value = word.meaning().of(call.at(), call.arguments());
            if (isBarrier) {
                reading.plain.barrier(call.at());
            }
            return value;
        }));
    }

    /** Whether a call only has a value. */
    boolean isQuiet(CExpr.Call call) {
        return call.callee() instanceof CExpr.Name name
                && Optional.ofNullable(words.get(name.text()))
                        .filter(Word::isQuiet)
                        .isPresent()
                && !name.text().equals(PREFIX + "load")
                && !name.text().equals(PREFIX + "acquire");
    }

    /** Whether an expression is a pause in a loop that waits. */
    boolean isIdle(CExpr expr) {
        return expr instanceof CExpr.Call call
                && call.callee() instanceof CExpr.Name name
                && (name.text().equals(PREFIX + "relax") || name.text().equals(PREFIX + "barrier"));
    }

    // ---- names that words give a meaning

    /** The value of a name, {@code VAL} say, where a word gives it one. */
    Optional<CValue> bound(String name) {
        return Optional.ofNullable(bound.get(name));
    }

    void bind(String name, CValue value) {
        bound.put(name, value);
    }

    void unbind(String name) {
        bound.remove(name);
    }

    /** A name in the place of an argument, which stands for itself. */
    static String literal(CExpr argument) {
        if (argument instanceof CExpr.Name name) {
            return name.text();
        }
        throw argument.at().wrong("expected a name", "");
    }

    /** The value of a word that has none. */
    static CValue nothing() {
        return Nothing.NOTHING;
    }
}
