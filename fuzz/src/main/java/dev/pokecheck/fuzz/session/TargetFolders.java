// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz.session;

import dev.pokecheck.fuzz.FoundFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a session keeps of one target.
 *
 * @param work the folder of it all
 * @param grown the corpus that grows
 * @param mail where fuzzing processes leave findings, and where those wait that are to be minimised
 * @param artifacts where the fuzzer writes inputs that failed
 * @param temporary where the fuzzer unpacks what it is made of; emptied here, as one that was killed leaves megabytes
 */
record TargetFolders(Path work, Path grown, Path mail, Path artifacts, Path temporary) {
    /** Makes the folders. Inputs of other protocols or scenarios would mean something else, so that each has its own. */
    static TargetFolders make(Options options, FuzzTarget target) throws IOException {
        String scenario = options.scenario().replaceAll("[^0-9a-z=]+", "-");
        String name = Stream.of(target.text(), options.protocol(), scenario)
                .filter(word -> !word.isEmpty())
                .collect(Collectors.joining("+"));
        Path work = options.folders().scratch().resolve(FoundFolder.fileName(name));
        return new TargetFolders(
                work,
                Files.createDirectories(work.resolve("corpus")),
                Files.createDirectories(work.resolve("found")),
                Files.createDirectories(work.resolve("artifacts")),
                empty(options.folders().scratch().resolve("tmp")));
    }

    /** A folder without what was in it. */
    private static Path empty(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            List<Path> all;
            try (Stream<Path> files = Files.walk(folder)) {
                all = files.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path file : all) {
                Files.delete(file);
            }
        }
        return Files.createDirectories(folder);
    }

    /** What a process says, of those that were started in this session. */
    Path log(int number) {
        return work.resolve(number == 1 ? "log.txt" : "log-" + number + ".txt");
    }

    /** How many inputs the grown corpus has. */
    long inputs() throws IOException {
        try (Stream<Path> files = Files.list(grown)) {
            return files.count();
        }
    }

    /** Inputs that failed; what was only slow, and the Java sources beside them, do not count. */
    List<Path> failed() throws IOException {
        try (Stream<Path> files = Files.list(artifacts)) {
            return files.filter(file -> file.getFileName().toString().matches("(crash|timeout|oom|leak)-[^.]*"))
                    .sorted()
                    .toList();
        }
    }
}
