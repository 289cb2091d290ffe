// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.explore.verdict;

import dev.pokecheck.explore.search.DeadlockClass;
import dev.pokecheck.property.Level;
import dev.pokecheck.property.Property;
import dev.pokecheck.property.Reached;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a check has shown, and never more. {@link Check} decides it.
 *
 * @param kind which sort of statement it is
 * @param violation if violated, the violation that decided; else the one that bars the next stronger level, if it was met
 * @param level the strongest level that was shown to hold: only for an exhausted search, and not beyond what the machine watched
 * @param findings the first violation of each property that was met, in the order in which they were met
 * @param deadlocks all deadlocks, by where each CPU stands, a line for each; only if they were asked for and the search was exhausted
 * @param reached what the runs met
 * @param missing what a vacuous run has not reached of what it promised
 * @param tested if it holds, the properties looked for that a run could have violated
 * @param untested the properties looked for that an exhausted search could not have violated, as it never came to what they are about
 * @param notes remarks on what the verdict rests on
 * @param bounds in words, the bound that ended the search, or which runs it is about, or how a sample was taken; empty for a search of all runs,
 *     and for one that ended at its finding
 * @param effort what was done for it
 */
public record Verdict(
        Kind kind,
        Optional<Violation> violation,
        Optional<Level> level,
        List<Violation> findings,
        List<DeadlockClass> deadlocks,
        List<Reached> reached,
        List<String> missing,
        List<Property> tested,
        List<Property> untested,
        List<String> notes,
        String bounds,
        Effort effort) {

    /** The sorts of statements. */
    public enum Kind {
        /** Every reachable state was visited, and none violates what was demanded. */
        HOLDS("holds"),
        /** The search ended at a bound without a violation, or was not of all runs. Says nothing of what lies beyond. */
        NO_VIOLATION_WITHIN("no-violation-within"),
        /** Some runs were made, and none violates what was demanded. Says nothing of the others. */
        SAMPLED("sampled"),
        /** There is a schedule that violates what was demanded. */
        VIOLATED("violated"),
        /** Every reachable state was visited, but what was to be tested never happened. */
        VACUOUS("vacuous");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        /** Its name in machine-readable results. */
        public String text() {
            return text;
        }
    }

    /**
     * The size of a search or a sample.
     *
     * @param states distinct states; of a sample none are kept
     * @param transitions applied actions
     * @param depth the number of steps of the longest path
     * @param bytesPerState what the search occupied, shared out among the states
     */
    public record Effort(long states, long transitions, int depth, double bytesPerState) {}

    /** Copies the lists. */
    public Verdict {
        findings = List.copyOf(findings);
        deadlocks = List.copyOf(deadlocks);
        reached = List.copyOf(reached);
        missing = List.copyOf(missing);
        tested = List.copyOf(tested);
        untested = List.copyOf(untested);
        notes = List.copyOf(notes);
    }

    /** The same with another schedule for the violation that decided, and a note about it. */
    public Verdict with(Violation other, String note) {
        List<Violation> replaced = findings.stream()
                .map(finding -> finding.property() == other.property() ? other : finding)
                .toList();
        List<String> noted = new ArrayList<>(notes);
        noted.add(note);
        return new Verdict(
                kind,
                Optional.of(other),
                level,
                replaced,
                deadlocks,
                reached,
                missing,
                tested,
                untested,
                noted,
                bounds,
                effort);
    }

    /** The verdict in one sentence, without its final stop. */
    public String sentence() {
        return switch (kind) {
            case HOLDS ->
                "HOLDS" + level.map(Verdict::promise).orElseGet(this::names) + "; all " + effort.states()
                        + " states visited" + barred();
            case NO_VIOLATION_WITHIN ->
                "NO VIOLATION WITHIN " + bounds + "; " + effort.states() + " states visited, "
                        + "nothing is known of the others";
            case SAMPLED -> "SAMPLED " + bounds + "; no violation met, nothing is known of other runs";
            case VIOLATED -> "VIOLATED: " + decided();
            case VACUOUS ->
                "VACUOUS: all " + effort.states() + " states visited without a violation, but never reached "
                        + String.join("; ", missing);
        };
    }

    private static String promise(Level level) {
        return " at level " + level.text() + " (" + level.meaning() + ")";
    }

    private String names() {
        return " for " + tested.stream().map(Property::text).collect(Collectors.joining(", "));
    }

    private String barred() {
        return violation
                .map(bar -> "; " + barred(bar) + ": " + bar.property().text() + " " + bar.when())
                .orElse("");
    }

    /** The weakest level beyond the one that holds, and that a violation of it stands against. */
    private String barred(Violation bar) {
        return Stream.of(Level.values())
                .filter(next -> level.filter(held -> held.contains(next)).isEmpty()
                        && bar.property().forbiddenAt(next))
                .findFirst()
                .map(next -> "level " + next.text() + " does not hold")
                .orElse("no level holds");
    }

    private String decided() {
        String sentence = violation
                .map(it -> it.property().text() + " " + it.when() + " (" + it.what() + ")")
                .orElseThrow();
        if (bounds.isEmpty()) {
            return sentence;
        }
        boolean sample = effort.states() == 0;
        return sentence + (sample ? "; found in " + bounds : "; the search went on, and ended at " + bounds);
    }
}
