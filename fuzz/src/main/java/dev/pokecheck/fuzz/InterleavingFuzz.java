// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz;

import dev.pokecheck.fuzz.claim.Claims;
import dev.pokecheck.property.Level;
import dev.pokecheck.property.Property;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Fuzz target: bytes are a protocol, a scenario and a schedule ({@link Menu}, {@link Interleavings}). A violation of what a protocol promises
 * fails the run. In a session each input is followed by a burst of guided schedules in the same scenario, and a violation that is not expected is left in a folder
 * instead, once for each cause, and the run goes on.
 */
public final class InterleavingFuzz {
    private static final InterleavingFuzz TARGET = new InterleavingFuzz(Settings.ofSystem());

    /** So many violations of a protocol are explained outside of what it promises. */
    private static final int MOST_BEYOND = 100;

    private final Optional<FoundFolder> found;
    final Interleavings runs;
    private final FindingFilter broken = new FindingFilter();
    private final FindingFilter beyond = new FindingFilter();
    private final Set<String> kept = new TreeSet<>();
    private final Heartbeat heartbeat;
    private long nanos;
    private long findingNanos;

    InterleavingFuzz(Settings settings) {
        this(settings, settings.menu());
    }

    InterleavingFuzz(Settings settings, Menu menu) {
        found = settings.found().map(FoundFolder::new);
        runs = Interleavings.of(menu, settings.feedback(), settings.seed());
        heartbeat = new Heartbeat(this::figures, this::accounts);
    }

    /** What a fuzzer calls. */
    public static void fuzzerTestOneInput(byte[] input) {
        TARGET.run(input);
    }

    /** What a fuzzer calls at the end. */
    public static void fuzzerTearDown() {
        TARGET.heartbeat.last();
    }

    /**
     * Writes the inputs that a session begins with: each protocol in the scenarios in which the museum shows it, so that each has its turn at once.
     *
     * @param folder where to; it is made if it is not there
     * @param protocol the only protocol besides the canary; empty for all
     * @param scenario the only scenario; if it is not empty there is nothing to write
     */
    public static void seeds(Path folder, String protocol, String scenario) throws IOException {
        Files.createDirectories(folder);
        Menu menu = protocol.isEmpty() ? Menu.all() : Menu.protocol(protocol);
        List<byte[]> seeds = scenario.isEmpty() ? menu.seeds() : List.of();
        for (int i = 0; i < seeds.size(); i++) {
            Files.write(folder.resolve("opening-" + i), seeds.get(i));
        }
    }

    void run(byte[] input) {
        heartbeat.run();
        long start = System.nanoTime();
        if (found.isPresent()) {
            judge(runs.begin(input));
            for (long left = runs.burst(); left > 0; left -= Math.max(1, runs.made())) {
                judge(runs.next());
            }
        } else {
            // An input must fail by itself.
            judge(runs.run(input));
        }
        runs.tell();
        long took = System.nanoTime() - start;
        nanos += took;
        Account account = runs.account();
        if (account != null) {
            account.nanos += took;
        }
    }

    private void judge(@Nullable Property property) {
        if (property == null) {
            return;
        }
        if (found.isEmpty()) {
            Discovery violation = runs.explain(property);
            if (violation.promised()) {
                throw new AssertionError(violation.entry().protocol() + " promises that this does not happen: "
                        + property.text() + "\n" + violation.entry().print());
            }
            return;
        }
        Account account = Objects.requireNonNull(runs.account());
        if (account.protocol().equals(Canary.NAME)) {
            // One is enough, to be taken all the way.
            if (account.expected++ == 0) {
                leave(runs.explain(property));
            }
        } else if (runs.claim().filter(property::forbiddenAt).isPresent()) {
            account.found++;
            keep(property, true);
        } else if (Claims.anyOf(account.protocol())) {
            account.beyond++;
            if (account.explained < MOST_BEYOND) {
                keep(property, false);
            }
        } else {
            account.expected++;
        }
    }

    private void keep(Property property, boolean promised) {
        long began = System.nanoTime();
        if ((promised ? broken : beyond).isNew(runs.symptomKey(property))) {
            Objects.requireNonNull(runs.account()).explained++;
            Discovery violation = runs.explain(property);
            if (kept.add(violation.promised() + " " + violation.cause().text())) {
                leave(violation);
            }
            findingNanos += System.nanoTime() - began;
        }
    }

    private void leave(Discovery violation) {
        found.orElseThrow()
                .add(
                        violation.cause().slug(),
                        violation.cause().text(),
                        violation.claim().map(Level::text).orElse(FoundFolder.NO_CLAIM),
                        violation.entry());
    }

    private String figures() {
        long complete = 0;
        long violating = 0;
        long cutOff = 0;
        long steps = 0;
        for (Account account : runs.accounts()) {
            complete += account.complete();
            violating += account.violating();
            cutOff += account.cutOff();
            steps += account.steps();
        }
        return "states=" + runs.abstractStates() + " complete=" + complete + " violating=" + violating + " cut="
                + cutOff + " steps=" + steps + " target=" + nanos + " walk="
                + (nanos - runs.buildNanos() - findingNanos)
                + " findings=" + kept.size();
    }

    /** A line for each protocol whose account has changed since this was asked. */
    private List<String> accounts() {
        return runs.accounts().stream()
                .filter(Account::takeChange)
                .map(account -> account.protocol() + " " + account.figures())
                .toList();
    }
}
