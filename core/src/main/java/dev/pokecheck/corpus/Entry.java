// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.corpus;

import dev.pokecheck.hardware.HardwareProfile;
import dev.pokecheck.hardware.Profiles;
import dev.pokecheck.machine.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One file of the corpus.
 *
 * @param comments its comments, line by line
 * @param protocol the name of the protocol, with {@code @variant}
 * @param scenario the scenario
 * @param expectation what it expects
 * @param fingerprint that of the protocol when the entry was written
 * @param schedule the names of actions from the initial state on, if the entry speaks of one schedule
 * @param own where the protocol comes from, if it is not a shipped one
 * @param hardware the shipped hardware profile of whose lines the scenario may change some, if the entry names one
 */
public record Entry(
        List<String> comments,
        String protocol,
        Scenario scenario,
        Expectation expectation,
        Optional<String> fingerprint,
        Optional<List<String>> schedule,
        Optional<Own> own,
        Optional<HardwareProfile> hardware) {

    /** The first line of a file. */
    static final String HEADER = "poke-corpus 1";

    /** The line of a schedule behind which its loop begins. */
    static final String LOOP = "loop:";

    /** Copies the lists. */
    public Entry {
        comments = List.copyOf(comments);
        schedule = schedule.map(List::copyOf);
        if (!hardware.equals(hardware.map(HardwareProfile::name).flatMap(Profiles::find))) {
            throw new IllegalArgumentException("an entry names no hardware profile that is not shipped");
        }
        if (loop(expectation).orElse(-1) >= schedule.map(List::size).orElse(0)) {
            throw new IllegalArgumentException("behind \"" + LOOP + "\" there is no step");
        }
    }

    /** An entry of a shipped protocol that names no hardware profile. */
    public Entry(
            List<String> comments,
            String protocol,
            Scenario scenario,
            Expectation expectation,
            Optional<String> fingerprint,
            Optional<List<String>> schedule) {
        this(comments, protocol, scenario, expectation, fingerprint, schedule, Optional.empty(), Optional.empty());
    }

    /** The same entry, with where its protocol comes from, if that is not a shipped one. It has the name of a C file. */
    public Entry withOwn(Optional<Own> value) {
        String name = value.map(own -> own instanceof OwnSource source ? source.name() : protocol)
                .orElse(protocol);
        return new Entry(comments, name, scenario, expectation, fingerprint, schedule, value, hardware);
    }

    /**
     * The same entry, which names the hardware profile that was asked for: a shipped one in a line of its own, another in a comment, as single settings of the
     * scenario say all that it says.
     */
    public Entry under(HardwareProfile profile) {
        Optional<HardwareProfile> shipped = Profiles.find(profile.name()).filter(profile::equals);
        List<String> all = new ArrayList<>(comments);
        if (shipped.isEmpty()) {
            all.add("Under the hardware profile " + profile.name() + ", " + profile.title()
                    + ", whose lines stand in the scenario.");
        }
        return new Entry(all, protocol, scenario, expectation, fingerprint, schedule, own, shipped);
    }

    private static OptionalInt loop(Expectation expectation) {
        return expectation instanceof Expectation.Violated violated ? violated.loop() : OptionalInt.empty();
    }

    /** The same entry, written for the protocol with a fingerprint. */
    public Entry withFingerprint(String value) {
        return new Entry(comments, protocol, scenario, expectation, Optional.of(value), schedule, own, hardware);
    }

    /** The text of its file. */
    public String print() {
        StringBuilder text = new StringBuilder(HEADER).append('\n');
        for (String comment : comments) {
            text.append(("# " + comment).stripTrailing()).append('\n');
        }
        line(text, "protocol", protocol);
        own.ifPresent(value -> OwnText.printHead(text, value));
        hardware.ifPresent(value -> line(text, "profile", value.name()));
        line(text, "scenario", ScenarioText.print(scenario, hardware));
        line(text, "expect", expectation.text());
        fingerprint.ifPresent(value -> line(text, "fingerprint", value));
        schedule.ifPresent(steps -> {
            text.append("schedule:\n");
            int loop = loop(expectation).orElse(steps.size());
            for (int i = 0; i < steps.size(); i++) {
                text.append(i == loop ? "  " + LOOP + "\n" : "");
                text.append("  ").append(steps.get(i)).append('\n');
            }
        });
        own.ifPresent(value -> OwnText.printTexts(text, value));
        return text.toString();
    }

    static void line(StringBuilder text, String key, String value) {
        text.append(key).append(": ").append(value).append('\n');
    }
}
