// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.report;

import dev.pokecheck.judge.Symptom;
import dev.pokecheck.property.Property;
import dev.pokecheck.trace.Trace;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One thing that was asked, and what came of it, for reports that other tools read.
 *
 * @param name protocol × scenario × model; of an entry of the corpus, its file before that
 * @param protocol the full name of the protocol
 * @param scenario the scenario, as the corpus writes it
 * @param kind which sort of statement it is
 * @param sentence the statement in words, without its final stop
 * @param property what is violated; if nothing is, empty
 * @param symptom what the violation looks like from outside; empty without one
 * @param trace the interleaving that decided, if one did; of a level that holds, there is none
 * @param source the file of the interleaving, if it has one
 * @param command what shows it again
 * @param seconds how long it took
 * @param notModelled what the code that the protocol stands for does beyond it
 * @param details what JSON says of it, by the names of the schema
 */
public record Result(
        String name,
        String protocol,
        String scenario,
        Kind kind,
        String sentence,
        Optional<Property> property,
        Optional<Symptom> symptom,
        Optional<Trace> trace,
        Optional<SourceFile> source,
        String command,
        BigDecimal seconds,
        List<String> notModelled,
        Map<String, @Nullable Object> details) {

    /** Whether a check is passed. */
    public enum Grade {
        /** What was demanded is so. */
        PASSED,
        /** What was demanded is not so. */
        FAILED,
        /** Nothing can be said of what was demanded. That is no success. */
        INCONCLUSIVE
    }

    /** The sorts of statements: verdicts of a check, then outcomes of a replay. */
    public enum Kind {
        /** All states were visited, and what was demanded holds. */
        HOLDS("holds", Grade.PASSED),
        /** There is an interleaving that violates it. */
        VIOLATED("violated", Grade.FAILED),
        /** A bound ended the search. */
        NO_VIOLATION_WITHIN("no-violation-within", Grade.INCONCLUSIVE),
        /** Some runs were made. */
        SAMPLED("sampled", Grade.INCONCLUSIVE),
        /** What was to be tested never happened. */
        VACUOUS("vacuous", Grade.INCONCLUSIVE),
        /** An entry of the corpus does what it expects, and that was asked. */
        AS_EXPECTED("as-expected", Grade.PASSED),
        /** A step of an entry could not be taken. */
        DIVERGED("diverged", Grade.FAILED),
        /** An entry shows something else than it expects. */
        NOT_AS_EXPECTED("not-as-expected", Grade.FAILED),
        /** The protocol of an entry has changed. */
        CHANGED("changed", Grade.FAILED),
        /** The timeline of an entry is not the one beside it. */
        OTHER_TIMELINE("other-timeline", Grade.FAILED);

        private final String text;
        private final Grade grade;

        Kind(String text, Grade grade) {
            this.text = text;
            this.grade = grade;
        }

        /** Its name in reports. */
        public String text() {
            return text;
        }

        /** What it means for a build. */
        public Grade grade() {
            return grade;
        }

        /** Whether it speaks of an entry that is no longer what it was written as. */
        boolean isOfReplay() {
            return switch (this) {
                case DIVERGED, NOT_AS_EXPECTED, CHANGED, OTHER_TIMELINE -> true;
                case HOLDS, VIOLATED, NO_VIOLATION_WITHIN, SAMPLED, VACUOUS, AS_EXPECTED -> false;
            };
        }
    }

    /** Copies the list and the map. */
    public Result {
        notModelled = List.copyOf(notModelled);
        details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
    }

    /** What it means for a build. */
    public Grade grade() {
        return kind.grade();
    }
}
