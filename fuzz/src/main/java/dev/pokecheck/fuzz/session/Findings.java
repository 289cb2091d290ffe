// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz.session;

import dev.pokecheck.corpus.Corpus;
import dev.pokecheck.fuzz.Canary;
import dev.pokecheck.fuzz.session.GuardedTask.FailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Takes findings from where fuzzing processes leave them. Each is replayed; one whose cause is known is dropped; a new one is kept at once as it was found, and waits
 * where it was left until it has been minimised. Whatever cannot be read, replayed, minimised or written is left as it is, with the reason, and the session goes on.
 */
final class Findings {
    /** A replay takes milliseconds. */
    private static final Duration REPLAY = Duration.ofSeconds(10);

    private final FoundStore store;
    private final KnownCauses known;
    private final Minimising minimising;
    private final Tally tally;
    private final Executor threads;
    private final Consumer<String> say;
    /** What lies where it was left, and is not to be taken up again in this session. */
    private final Set<Path> takenUp = new TreeSet<>();

    private boolean canary;

    Findings(
            FoundStore store,
            KnownCauses known,
            Minimising minimising,
            Tally tally,
            Executor threads,
            Consumer<String> say) {
        this.threads = threads;
        this.store = store;
        this.known = known;
        this.minimising = minimising;
        this.tally = tally;
        this.say = say;
    }

    /**
     * Takes up what lies in a folder.
     *
     * @param ours whether a process of this session has left what is new in it. What an earlier one has left may be of any age, and damaged
     */
    void take(Path mail, boolean ours) throws IOException, InterruptedException {
        for (Path file : FoundStore.list(mail, Corpus.SUFFIX)) {
            if (takenUp.add(file)) {
                takeOne(file, ours);
            }
        }
    }

    private void takeOne(Path file, boolean ours) throws InterruptedException {
        Candidate candidate;
        try {
            candidate = GuardedTask.start(threads, () -> Candidate.of(file, Examined.of(file)))
                    .await(REPLAY);
        } catch (FailedException e) {
            if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                tally.left(Candidate.nameOf(file), "has disappeared before it was taken up");
                return;
            }
            leave(file, "could not be replayed", e.what());
            if (ours) {
                tally.fault("a finding of this session does not replay: " + Candidate.nameOf(file) + ": "
                        + Printable.brief(e.what()));
            }
            return;
        }
        if (candidate.protocol().equals(Canary.NAME)) {
            canary = true;
            drop(file);
        } else if (known.knows(candidate)) {
            tally.known(candidate);
            drop(file);
        } else {
            judge(candidate);
        }
    }

    private void judge(Candidate candidate) throws InterruptedException {
        Optional<Path> before = store.existing(candidate.name());
        if (before.isPresent()) {
            Path file = before.orElseThrow();
            try {
                Examined entry =
                        GuardedTask.start(threads, () -> Examined.of(file)).await(REPLAY);
                tally.known(candidate);
                if (entry.entry().comments().contains(FoundStore.AS_FOUND)) {
                    minimising.add(candidate);
                } else {
                    drop(candidate.file());
                }
                return;
            } catch (FailedException e) {
                // It says nothing of this version, and must not hide what was found in it.
                if (!file.startsWith(store.left())) {
                    leave(file, "could not be replayed", e.what());
                }
            }
        }
        keep(candidate);
    }

    private void keep(Candidate candidate) {
        Path file = store.place(candidate);
        try {
            store.saveAsFound(candidate);
            minimising.add(candidate);
        } catch (IOException e) {
            unsaved(candidate.file(), e);
            file = candidate.file();
        }
        if (candidate.claimed()) {
            tally.fresh(candidate, file);
            say.accept("NEW  " + Printable.quoted(candidate.cause()) + " → " + Printable.path(file));
        } else {
            tally.beyond(candidate);
        }
    }

    /** Looks after the minimising, and keeps what has come of it. */
    void poll() throws InterruptedException {
        Optional<Minimising.Done> done = minimising.poll();
        if (done.isEmpty()) {
            return;
        }
        Candidate candidate = done.orElseThrow().candidate();
        Shrinker.Shrunk shrunk = done.orElseThrow().shrunk();
        Throwable failure = done.orElseThrow().failure();
        try {
            if (shrunk != null) {
                store.save(candidate, shrunk);
                drop(candidate.file());
            } else if (failure != null) {
                Optional<Path> left = leave(candidate.file(), "could not be minimised", failure);
                if (left.isPresent()) {
                    tally.moved(candidate, left.orElseThrow());
                    store.remove(candidate);
                }
            }
        } catch (IOException e) {
            unsaved(candidate.file(), e);
        }
    }

    /** Leaves a file as it is, in the folder for that if it can be moved. */
    private Optional<Path> leave(Path file, String doing, Throwable why) {
        try {
            Path place = store.leave(file, doing, why);
            takenUp.remove(file);
            tally.left(Candidate.nameOf(place), doing + ": " + Printable.brief(why));
            return Optional.of(place);
        } catch (IOException e) {
            tally.left(
                    Printable.path(file),
                    doing + ": " + Printable.brief(why) + "; it stays where it is: " + Printable.thrown(e));
            return Optional.empty();
        }
    }

    private void unsaved(Path file, IOException why) {
        tally.unsaved(Printable.path(file) + " stays where it is: " + Printable.thrown(why));
    }

    /** Takes away a file that has done its duty. */
    private void drop(Path file) {
        try {
            Files.deleteIfExists(file);
            takenUp.remove(file);
        } catch (IOException e) {
            unsaved(file, e);
        }
    }

    /** Whether the canary was among them. */
    boolean canary() {
        return canary;
    }
}
