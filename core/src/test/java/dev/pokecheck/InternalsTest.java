// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/internals.md} says what is true: the rooms, their order, and every file and method that it names. */
class InternalsTest {
    private static final Path ROOT = Path.of(System.getProperty("basedir", "."), "..");
    private static final Path PAGE = ROOT.resolve("core/docs/internals.md");
    private static final String PACKAGES = "src/main/java/dev/pokecheck";

    private static final Pattern ROOM = Pattern.compile("(?m)^- `([a-z.]+)`: ");
    private static final Pattern IMPORT =
            Pattern.compile("(?m)^import (?:static )?dev\\.pokecheck\\.([a-z.]+)\\.[A-Z]");
    private static final Pattern FILE = Pattern.compile("`((?:[a-z]+/)+[A-Z]\\w*)(?:#(\\w+))?`");
    private static final Pattern FOLDER = Pattern.compile("`((?:[a-z]+/)+[a-z]+)`");

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult result) -> result.group(1))
                .toList();
    }

    private static List<Path> folders() throws IOException {
        List<Path> folders = new ArrayList<>();
        for (String module : List.of("core", "fuzz", "lincheck")) {
            Path sources = ROOT.resolve(module).resolve(PACKAGES);
            try (Stream<Path> all = Files.walk(sources)) {
                all.filter(folder -> Files.exists(folder.resolve("package-info.java")))
                        .forEach(folders::add);
            }
        }
        return folders;
    }

    private static String room(Path folder) {
        Path relative = folder.normalize();
        String path = relative.toString().replace('\\', '/');
        return path.substring(path.indexOf(PACKAGES) + PACKAGES.length() + 1).replace('/', '.');
    }

    @Test
    void eachRoomIsThereOnce() throws IOException {
        List<String> named = found(ROOM, Files.readString(PAGE));
        TreeSet<String> there = new TreeSet<>();
        for (Path folder : folders()) {
            there.add(room(folder));
        }
        assertEquals(new TreeSet<>(named), there);
        assertEquals(there.size(), named.size(), "a room is named twice");
    }

    @Test
    void eachRoomUsesOnlyRoomsAboveIt() throws IOException {
        List<String> order = found(ROOM, Files.readString(PAGE));
        List<String> wrong = new ArrayList<>();
        for (Path folder : folders()) {
            String room = room(folder);
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file :
                        files.filter(file -> file.toString().endsWith(".java")).toList()) {
                    for (String used : found(IMPORT, Files.readString(file))) {
                        if (order.indexOf(used) > order.indexOf(room)) {
                            wrong.add(file.getFileName() + " of " + room + " uses " + used);
                        }
                    }
                }
            }
        }
        assertEquals(List.of(), wrong);
    }

    @Test
    void eachFileAndMethodExists() throws IOException {
        List<String> missing = new ArrayList<>();
        List<MatchResult> named = FILE.matcher(Files.readString(PAGE)).results().toList();
        assertFalse(named.isEmpty());
        for (MatchResult name : named) {
            Path file = source(name.group(1) + ".java");
            boolean there = Files.exists(file)
                    && (name.group(2) == null || Files.readString(file).contains(" " + name.group(2) + "("));
            if (!there) {
                missing.add(name.group());
            }
        }
        assertEquals(List.of(), missing);
    }

    @Test
    void eachFolderExists() throws IOException {
        List<String> missing = found(FOLDER, Files.readString(PAGE)).stream()
                .filter(folder -> !Files.isDirectory(source(folder)))
                .toList();
        assertEquals(List.of(), missing);
    }

    private static Path source(String path) {
        String module = path.startsWith("lincheck/") ? "lincheck" : path.startsWith("fuzz/") ? "fuzz" : "core";
        return ROOT.resolve(module).resolve(PACKAGES).resolve(path);
    }
}
