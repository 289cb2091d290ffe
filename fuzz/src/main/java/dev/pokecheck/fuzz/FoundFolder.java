// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz;

import dev.pokecheck.corpus.Corpus;
import dev.pokecheck.corpus.Entry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32;

/**
 * The folder in which a fuzzing process leaves what it finds, for the session that started it. A file is there whole or not at all, and it is
 * there as soon as the run that found it is over, so that nothing is lost when either process ends.
 *
 * <p>A finding is one file for each cause, under the name of the cause. Its first two comment lines say what the session has to know without
 * running anything: {@code # cause: TEXT} and {@code # claim: LEVEL}, the level at which the protocol claims to hold in the scenario, or
 * {@code none}. What is expected is not left here at all.
 */
public final class FoundFolder {
    /** The name of the file that says that the canary was found. */
    public static final String CANARY = "canary";
    /** How the comment begins that says what went wrong. */
    public static final String CAUSE = "cause: ";
    /** How the comment begins that says what the protocol claims. */
    public static final String CLAIM = "claim: ";
    /** The claim of a protocol that claims nothing in the scenario. */
    public static final String NO_CLAIM = "none";

    /** The longest name; file systems allow 255 bytes, and the session adds endings and numbers. */
    private static final int LONGEST = 160;

    private final Path folder;
    /** Beside the folder, as who lists that would stumble over files that come and go. */
    private final Path parts;

    /** Opens a folder, and makes it if there is none. */
    public FoundFolder(Path folder) {
        this.folder = folder;
        parts = folder.resolveSibling(folder.getFileName() + ".part");
        try {
            Files.createDirectories(folder);
            Files.createDirectories(parts);
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " cannot be made; give another folder", e);
        }
    }

    /**
     * Leaves a finding. One that was left under the same name before, and that the session has not taken up yet, stays as it is.
     *
     * @param slug the name of its cause, for files; characters that are not for file names are replaced, and a number keeps apart what that
     *     would make the same
     * @param cause its cause in words; a comment is one line, so that a line break becomes a space
     * @param claim the level that the protocol claims in the scenario, or {@link #NO_CLAIM}
     * @param entry the run
     */
    public void add(String slug, String cause, String claim, Entry entry) {
        List<String> comments = new ArrayList<>(List.of(CAUSE + cause.replace('\n', ' '), CLAIM + claim));
        comments.addAll(entry.comments());
        Entry explained = new Entry(
                comments,
                entry.protocol(),
                entry.scenario(),
                entry.expectation(),
                entry.fingerprint(),
                entry.schedule());
        String name = fileName(slug) + Corpus.SUFFIX;
        if (!Files.exists(folder.resolve(name))) {
            write(name, explained.print());
        }
    }

    /** A name for a file that is the same for the same slug, and different for different ones. */
    public static String fileName(String slug) {
        String plain = slug.replaceAll("[^A-Za-z0-9@+._=-]", "-");
        if (plain.equals(slug) && plain.length() <= LONGEST && !plain.startsWith(".") && !plain.isEmpty()) {
            return plain;
        }
        CRC32 crc = new CRC32();
        crc.update(slug.getBytes(StandardCharsets.UTF_8));
        String start = plain.replaceFirst("^[.]+", "");
        return String.format(
                Locale.ROOT, "%s+%08x", start.substring(0, Math.min(start.length(), LONGEST - 9)), crc.getValue());
    }

    /** Says that the canary was found, and by which input. */
    void canary(String what) {
        write(CANARY, what + "\n");
    }

    private void write(String name, String text) {
        Path part = parts.resolve(name);
        try {
            Files.write(part, text.getBytes(StandardCharsets.UTF_8));
            Files.move(part, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(part + " cannot be written; the finding would be lost", e);
        }
    }
}
