// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz.session;

import dev.pokecheck.corpus.Corpus;
import dev.pokecheck.corpus.Entry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder in which a session keeps what it finds. In it lie findings in protocols that claim to hold; in {@code beyond} those outside of any claim; in {@code left}
 * what could not be read, replayed, minimised or written, as it was found, with the reason beside it ({@code NAME.why.txt}). A file is there whole or not at all.
 */
final class FoundStore {
    /** The comment of an entry that is kept as it was found, until it has been minimised. */
    static final String AS_FOUND = "Found by fuzzing, and not minimised yet.";

    private static final String PART = ".part";
    private static final int STACK_LINES = 200;

    private final Path found;
    private final Path beyond;
    private final Path left;

    FoundStore(Path found) {
        this.found = found;
        beyond = found.resolve("beyond");
        left = found.resolve("left");
    }

    /** The folder. */
    Path folder() {
        return found;
    }

    /** The folder in it for what lies outside of any claim. */
    Path beyond() {
        return beyond;
    }

    /** The folder in it for what is left as it is. */
    Path left() {
        return left;
    }

    /** Removes what a session that was killed was about to write. What it was is still where it was found. */
    void clean() throws IOException {
        for (Path folder : List.of(found, beyond, left)) {
            if (Files.isDirectory(folder)) {
                for (Path file : list(folder, PART)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /** The files and folders of a folder whose names end so, by name. */
    static List<Path> list(Path folder, String end) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(end))
                    .sorted()
                    .toList();
        }
    }

    /** Where a cause has an entry already. */
    Optional<Path> existing(String name) {
        return Stream.of(found, beyond, left)
                .map(folder -> folder.resolve(name + Corpus.SUFFIX))
                .filter(Files::exists)
                .findFirst();
    }

    /** Where the entry of a finding belongs. */
    Path place(Candidate candidate) {
        return (candidate.claimed() ? found : beyond).resolve(candidate.name() + Corpus.SUFFIX);
    }

    /** Keeps a finding as it was found. */
    void saveAsFound(Candidate candidate) throws IOException {
        Entry entry = candidate.examined().entry();
        List<String> comments = new ArrayList<>(entry.comments());
        comments.add(AS_FOUND);
        Entry raw = new Entry(
                comments,
                entry.protocol(),
                entry.scenario(),
                entry.expectation(),
                entry.fingerprint(),
                entry.schedule());
        write(place(candidate), raw.print());
    }

    /** Keeps a finding that was minimised, and its timeline. */
    void save(Candidate candidate, Shrinker.Shrunk shrunk) throws IOException {
        Path file = place(candidate);
        write(Corpus.timeline(file), shrunk.timeline());
        write(file, shrunk.entry().print());
    }

    /**
     * Keeps a file, whatever it is, as it was found, with the reason beside it.
     *
     * @param doing what went wrong, as in "could not be minimised"
     * @return where it lies now
     */
    Path leave(Path file, String doing, Throwable why) throws IOException {
        Files.createDirectories(left);
        String name = Candidate.nameOf(file);
        Path target = left.resolve(name + Corpus.SUFFIX);
        for (int n = 2; Files.exists(target); n++) {
            target = left.resolve(name + "-" + n + Corpus.SUFFIX);
        }
        Path reason = left.resolve(Candidate.nameOf(target) + ".why.txt");
        write(reason, Printable.quoted(name) + " " + doing + ": " + Printable.thrown(why) + "\n\n" + stack(why));
        try {
            return Files.move(file, target);
        } catch (IOException e) {
            Files.deleteIfExists(reason);
            throw e;
        }
    }

    private static String stack(Throwable thrown) {
        StringBuilder text = new StringBuilder();
        for (Throwable cause = thrown; cause != null && text.length() < 1 << 16; cause = cause.getCause()) {
            text.append(cause == thrown ? "" : "caused by ")
                    .append(Printable.thrown(cause))
                    .append('\n');
            StackTraceElement[] frames = cause.getStackTrace();
            for (int i = 0; i < Math.min(frames.length, STACK_LINES); i++) {
                text.append("    at ").append(frames[i]).append('\n');
            }
        }
        return text.toString();
    }

    /** Takes away the entry of a finding that is kept elsewhere. */
    void remove(Candidate candidate) throws IOException {
        Files.deleteIfExists(place(candidate));
    }

    /** Keeps an input of a target whose inputs fail by themselves. */
    void saveInput(Path input, String name, String problem) throws IOException {
        Path file = found.resolve(name);
        Path part = found.resolve(name + PART);
        Files.copy(input, part, StandardCopyOption.REPLACE_EXISTING);
        write(found.resolve(name + ".txt"), problem + "\n");
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Whether an input of a target was kept that showed the same problem. */
    boolean hasInput(String target, String problem) throws IOException {
        for (Path file : list(found, ".txt")) {
            if (file.getFileName().toString().startsWith(target + "+")
                    && Files.isRegularFile(file)
                    && new String(Files.readAllBytes(file), StandardCharsets.UTF_8).equals(problem + "\n")) {
                return true;
            }
        }
        return false;
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Path part = file.resolveSibling(file.getFileName() + PART);
        Files.write(part, text.getBytes(StandardCharsets.UTF_8));
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
