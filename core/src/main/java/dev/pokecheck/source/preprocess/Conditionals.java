// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.preprocess;

import dev.pokecheck.source.token.Token;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Which lines of a file count: the {@code #if} sections that are open. */
final class Conditionals {
    private final Deque<Section> open = new ArrayDeque<>();

    /**
     * A section from {@code #if} to {@code #endif}.
     *
     * @param begin its first directive
     * @param counts whether the present group counts
     * @param decided whether no later group can count
     * @param hasElse whether {@code #else} has been
     */
    private record Section(Token begin, boolean counts, boolean decided, boolean hasElse) {
        /** One of which no group counts. */
        static Section leftOut(Token begin) {
            return new Section(begin, false, true, false);
        }
    }

    /** Whether the present line counts. */
    boolean count() {
        return open.isEmpty() || open.peek().counts();
    }

    /** {@code #if} and its kind; the condition is only asked for where it matters. */
    void begin(Token directive, BooleanSupplier condition) {
        boolean matters = count();
        open.push(Section.leftOut(directive));
        if (matters) {
            decide(condition);
        }
    }

    /** {@code #elif}. */
    void elif(Token directive, BooleanSupplier condition) {
        Section section = section(directive);
        if (section.hasElse()) {
            open.push(section);
            throw directive.wrong("#elif behind #else", "");
        }
        open.push(Section.leftOut(section.begin()));
        if (!section.decided()) {
            decide(condition);
        }
    }

    /** A condition that is wrong decides nothing: the whole section stays left out. */
    private void decide(BooleanSupplier condition) {
        boolean holds = condition.getAsBoolean();
        open.push(new Section(open.pop().begin(), holds, holds, false));
    }

    /** {@code #else}. */
    void otherwise(Token directive) {
        Section section = section(directive);
        if (section.hasElse()) {
            open.push(section);
            throw directive.wrong("a second #else", "");
        }
        open.push(new Section(section.begin(), !section.decided(), true, true));
    }

    /** {@code #endif}. */
    void end(Token directive) {
        section(directive);
    }

    private Section section(Token directive) {
        if (open.isEmpty()) {
            throw directive.wrong("#" + directive.text() + " without #if", "");
        }
        return open.pop();
    }

    /** The innermost {@code #if} that is open. */
    Optional<Token> unfinished() {
        return Optional.ofNullable(open.peek()).map(Section::begin);
    }
}
