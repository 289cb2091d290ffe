// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz.session;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a session has found, counted. */
final class Tally {
    /** What was found in one protocol. */
    static final class Counts {
        private int fresh;
        private int known;
        private int beyond;

        /** New findings where it claims to hold. */
        int fresh() {
            return fresh;
        }

        /** Findings whose causes are known. */
        int known() {
            return known;
        }

        /** New findings outside of its claim. */
        int beyond() {
            return beyond;
        }
    }

    private final Map<String, Counts> protocols = new TreeMap<>();
    private final Map<String, String> news = new TreeMap<>();
    private final Map<String, String> left = new LinkedHashMap<>();
    private final Set<String> knownOfClaims = new TreeSet<>();
    private final Set<String> unsaved = new TreeSet<>();
    private final List<String> faults = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private int knownInputs;

    private Counts counts(String protocol) {
        return protocols.computeIfAbsent(protocol, name -> new Counts());
    }

    /** A finding whose cause is known. */
    void known(Candidate candidate) {
        counts(candidate.protocol()).known++;
        if (candidate.claimed()) {
            knownOfClaims.add(candidate.cause());
        }
    }

    /** The known causes for which a protocol does not do what it claims. */
    Collection<String> knownOfClaims() {
        return knownOfClaims;
    }

    /** An input that fails as one before did. */
    void knownInput() {
        knownInputs++;
    }

    /** A new finding outside of any claim. */
    void beyond(Candidate candidate) {
        counts(candidate.protocol()).beyond++;
    }

    /** A new finding in a protocol that claims to hold. */
    void fresh(Candidate candidate, Path file) {
        counts(candidate.protocol()).fresh++;
        news.put(candidate.name(), candidate.cause() + " → " + Printable.path(file));
    }

    /** The same finding lies elsewhere now. */
    void moved(Candidate candidate, Path file) {
        news.computeIfPresent(candidate.name(), (name, line) -> candidate.cause() + " → " + Printable.path(file));
    }

    /** An input that failed a target. */
    void freshInput(String name, String problem, Path file) {
        news.put(name, name + ": " + problem + " → " + Printable.path(file));
    }

    /** Something is left as it is. */
    void left(String name, String why) {
        left.put(name, why);
    }

    /** Something could not be written, and stays where it was found. */
    void unsaved(String what) {
        unsaved.add(what);
    }

    /** A fault of ours. */
    void fault(String what) {
        faults.add(what);
    }

    /** Something worth a line at the end. */
    void note(String what) {
        notes.add(what);
    }

    Map<String, Counts> protocols() {
        return protocols;
    }

    /** What the new findings are, and where they lie, one line for each. */
    Collection<String> news() {
        return news.values();
    }

    /** What is left as it is, and why. */
    Map<String, String> left() {
        return left;
    }

    Collection<String> unsaved() {
        return unsaved;
    }

    List<String> faults() {
        return faults;
    }

    List<String> notes() {
        return notes;
    }

    int knownInputs() {
        return knownInputs;
    }

    int known() {
        return protocols.values().stream().mapToInt(Counts::known).sum();
    }

    int beyond() {
        return protocols.values().stream().mapToInt(Counts::beyond).sum();
    }

    /** The code that the session ends with. */
    SessionExit code(boolean interrupted) {
        if (!faults.isEmpty()) {
            return SessionExit.FAULT;
        }
        if (!news.isEmpty()) {
            return SessionExit.NEW;
        }
        return interrupted ? SessionExit.INTERRUPTED : SessionExit.NOTHING_NEW;
    }
}
