// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.corpus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Files and folders of entries. */
public final class Corpus {
    /** How the names of files end. */
    public static final String SUFFIX = ".poke";

    /** Far more than the longest schedule takes. */
    private static final int MAX_BYTES = 1 << 24;

    private Corpus() {}

    /** The files of a folder and the folders in it, by name. */
    public static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(path -> path.toString().endsWith(SUFFIX))
                    .sorted()
                    .toList();
        }
    }

    /**
     * Reads an entry.
     *
     * @throws CorpusException if the file cannot be read or is no entry
     */
    public static Entry read(Path file) {
        if (file.toString().endsWith(".c")) {
            throw new CorpusException(
                    file.toString(),
                    0,
                    "is C and no entry; 'check " + file + " --save FILE.poke' makes one of what it finds");
        }
        return EntryParser.parse(file.toString(), text(file));
    }

    /** The text of a file, which must be UTF-8 and end. */
    private static String text(Path file) {
        return InputBytes.of(file, MAX_BYTES, "which no entry needs").text();
    }

    /** Where the expected timeline of an entry lies: beside it, under the same name with {@code .txt}. */
    public static Path timeline(Path file) {
        String name = file.getFileName().toString();
        String stem = name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
        return file.resolveSibling(stem + ".txt");
    }

    /** The expected timeline of an entry, if there is one. */
    public static Optional<String> expectedTimeline(Path file) {
        Path timeline = timeline(file);
        return Files.exists(timeline) ? Optional.of(text(timeline)) : Optional.empty();
    }

    /**
     * Writes the fingerprint of the present protocol into an entry's file, all else of which stays as it is, and the timeline beside it.
     *
     * @param fingerprint the fingerprint
     * @param timeline the timeline, if the entry has a schedule
     * @return what is new: nothing, the fingerprint, the timeline or both
     */
    public static List<String> refresh(Path file, String fingerprint, Optional<String> timeline) throws IOException {
        List<String> written = new ArrayList<>();
        // Read first: if that fails, nothing is written.
        Optional<String> expected = expectedTimeline(file);
        String before = Files.readString(file);
        String after = before.lines()
                        .filter(line -> !line.startsWith(EntryParser.FINGERPRINT + ":"))
                        .map(line -> line.startsWith(EntryParser.EXPECT + ":")
                                ? line + "\n" + EntryParser.FINGERPRINT + ": " + fingerprint
                                : line)
                        .collect(Collectors.joining("\n"))
                + "\n";
        if (!after.equals(before)) {
            Files.writeString(file, after);
            written.add("fingerprint " + fingerprint);
        }
        if (timeline.isPresent() && !timeline.equals(expected)) {
            Files.writeString(timeline(file), timeline.get());
            written.add("timeline " + timeline(file).getFileName());
        }
        return written;
    }

    /** Writes an entry. */
    public static void write(Path file, Entry entry) throws IOException {
        Files.writeString(file, entry.print());
    }
}
