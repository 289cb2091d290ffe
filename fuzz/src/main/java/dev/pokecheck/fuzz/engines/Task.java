// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz.engines;

import dev.pokecheck.corpus.Corpus;
import dev.pokecheck.corpus.Entry;
import dev.pokecheck.corpus.Expectation;
import dev.pokecheck.corpus.ScenarioText;
import dev.pokecheck.fuzz.Feedback;
import dev.pokecheck.fuzz.Interleavings;
import dev.pokecheck.fuzz.Menu;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.property.Incidents;
import dev.pokecheck.property.Level;
import dev.pokecheck.property.Property;
import java.nio.file.Path;

/**
 * What is to be found: the violation of an entry, in the scenario of the entry.
 *
 * @param file the file of the entry
 * @param entry the entry
 * @param property what it violates
 */
record Task(Path file, Entry entry, Property property) {
    /**
     * Reads one.
     *
     * @throws IllegalArgumentException if the entry does not expect a violation
     */
    static Task read(Path file) {
        Entry entry = Corpus.read(file);
        if (!(entry.expectation() instanceof Expectation.Violated violated)) {
            throw new IllegalArgumentException(file + " expects no violation; engines look for one");
        }
        return new Task(file, entry, violated.property());
    }

    /** The incidents that end a run: this one, and all behind which a run means nothing. */
    long stopOn() {
        return Incidents.forbiddenAt(Level.SAFE) | property.bits();
    }

    /** Whether it is found in runs that go on where all is done. */
    boolean isPastTheEnd() {
        return property.from().compareTo(Level.REGULAR) >= 0;
    }

    /** The machine of the engines that are no fuzzers, with the same merging of steps. */
    Machine machine() {
        var scenario = entry.scenario()
                .with(b -> b.reduce(true).watch(entry.expectation().level().watch()));
        return new Machine(scenario, Menu.find(entry.protocol()).record(scenario.setting()));
    }

    /** The runs of a fuzzer. */
    Interleavings runs(Feedback.Mode mode, long seed) {
        Menu menu = Menu.only(entry.protocol(), entry.scenario());
        return new Interleavings(
                menu, new Feedback(mode), entry.expectation().level().watch(), stopOn(), seed);
    }

    /** Its row's first cells. */
    String text() {
        return "`" + entry.protocol() + "` | " + property.text() + " | `" + ScenarioText.print(entry.scenario()) + "`";
    }
}
