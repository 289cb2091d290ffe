// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz.session;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executor;

/** A session in which time goes by when it pauses, and processes do what a test has written down. */
final class Scripted {
    /** What a process does: at which second of its life what happens. */
    static final class Life {
        private final Map<Long, Happening> happenings = new TreeMap<>();
        private long ends = Long.MAX_VALUE;
        private int code;
        private boolean deaf;

        /** Something that happens. */
        interface Happening {
            void happen(TargetFolders folders, Figures figures) throws IOException;
        }

        Life at(long second, Happening happening) {
            happenings.put(second, happening);
            return this;
        }

        /** It ends by itself. */
        Life ends(long second, int exitCode) {
            ends = second;
            code = exitCode;
            return this;
        }

        /** It does not end when it is asked to. */
        Life deaf() {
            deaf = true;
            return this;
        }

        /** It finds the canary at once. */
        Life canary() {
            return at(0, (folders, figures) -> Files.writeString(folders.mail().resolve("canary"), "x\n"));
        }
    }

    final Path folder;
    final Interruption interruption = new Interruption();
    final ByteArrayOutputStream out = new ByteArrayOutputStream();
    final List<String> launched = new ArrayList<>();
    private final Deque<Life> lives = new ArrayDeque<>();
    private final Map<OptionKey, String> line = new EnumMap<>(OptionKey.class);
    Shrinker shrinker = new QuickShrinker();
    /** Does in one thread, at once, what a session does in others. */
    Executor threads = Runnable::run;

    private long nanos;

    Scripted(Path folder) {
        this.folder = folder;
        with(OptionKey.TIME, "60s");
        with(OptionKey.SEED, "7");
        with(OptionKey.CORPUS, folder.resolve("corpus").toString());
        with(OptionKey.SCRATCH, folder.resolve("scratch").toString());
        with(OptionKey.FOUND, folder.resolve("found").toString());
    }

    Scripted with(OptionKey key, String value) {
        line.put(key, value);
        return this;
    }

    /** A process that is started when those before have ended. */
    Life next() {
        Life life = new Life();
        lives.add(life);
        return life;
    }

    /** The processes that have not been started yet. */
    Deque<Life> lives() {
        return lives;
    }

    Path found() {
        return folder.resolve("found");
    }

    Path mail() throws IOException {
        return Files.createDirectories(folder.resolve("scratch/InterleavingFuzz/found"));
    }

    Options options() {
        return Options.of(new Asked(line, key -> ""), folder, folder, () -> 1);
    }

    /** The clock of the session, which a test can put forward. */
    final class Clock implements SessionClock {
        @Override
        public long nanos() {
            return nanos;
        }

        @Override
        public void pause() {
            nanos += PAUSE_MILLIS * 1_000_000;
        }

        void pause(long seconds) {
            nanos += seconds * Times.SECOND;
        }
    }

    Clock clock() {
        return new Clock();
    }

    private final class Played implements Fuzzer {
        private final Life life;
        private final TargetFolders folders;
        private final Figures figures = new Figures();
        private final long start = nanos;
        private final Deque<Map.Entry<Long, Life.Happening>> left;
        private int code = -1;

        Played(Life life, TargetFolders folders) {
            this.life = life;
            this.folders = folders;
            left = new ArrayDeque<>(life.happenings.entrySet());
        }

        @Override
        public Figures.Snapshot figures() {
            return figures.now();
        }

        @Override
        public boolean isAlive() {
            long second = (nanos - start) / Times.SECOND;
            while (!left.isEmpty() && left.peek().getKey() <= second) {
                try {
                    left.remove().getValue().happen(folders, figures);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            if (code < 0 && second >= life.ends) {
                code = life.code;
            }
            return code < 0;
        }

        @Override
        public void end() {
            if (!life.deaf) {
                code = 77;
            }
        }

        @Override
        public void kill() {
            code = 137;
        }

        @Override
        public int exitCode() {
            return code;
        }
    }

    /** Runs the session, and returns the code and what that means; what it has printed is in {@link #text}. */
    Session.Ended run() throws IOException, InterruptedException {
        Options options = options();
        options.folders().prepare().release();
        Fuzzer.Launcher launcher = (target, folders, number, seconds) -> {
            launched.add(target.text() + " " + number + " " + seconds + "s");
            Life life = lives.isEmpty() ? new Life().ends(seconds, 0).canary() : lives.remove();
            return new Played(life, folders);
        };
        PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
        return new Session(options, new Session.Parts(clock(), launcher, shrinker, threads, interruption, false), print)
                .run();
    }

    String text() {
        return out.toString(StandardCharsets.UTF_8);
    }
}
