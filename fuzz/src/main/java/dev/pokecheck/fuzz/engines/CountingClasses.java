// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz.engines;

import dev.pokecheck.fuzz.ForkedJvm;
import dev.pokecheck.machine.Machine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The classes of the machine with Jazzer's counters of edges in them, made once by Jazzer itself. Its agent would put in the same counters while
 * classes are loaded, but needs two seconds for that in each JVM.
 */
final class CountingClasses {
    /** Room for so many edges; the machine has about 3400. */
    private static final int COUNTERS = 1 << 13;

    private static final String PACKAGE = Machine.class.getPackageName().replace('.', '/');

    private CountingClasses() {}

    /**
     * Makes them, and returns the root of the class files.
     *
     * @param folder where to work
     */
    static Path make(Path folder) throws IOException, InterruptedException {
        Path plain = folder.resolve("plain.jar");
        pack(plain);
        Path log = folder.resolve("log.txt");
        // Jazzer writes into a folder that is there, and empties it first.
        Path classes = Files.createDirectories(folder.resolve("classes"));
        List<String> command = ForkedJvm.command(Engine.SHORT_LIVED);
        command.add(ForkedJvm.JAZZER);
        command.add("--instrument_only=" + plain);
        command.add("--instrumentation_includes=" + Machine.class.getPackageName() + ".**");
        command.add("--trace=cov");
        command.add("--dump_classes_dir=" + classes);
        // It leaves an empty jar where it is started.
        new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(log.toFile())
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        // The exit code says that Jazzer could not pack the classes again, for which nobody asked; what counts is that
        // they are there.
        Path root = root(classes);
        byte[] machine = read(root.resolve(PACKAGE).resolve("Machine.class"), log);
        if (!new String(machine, StandardCharsets.ISO_8859_1).contains("recordCoverage")) {
            throw new IllegalStateException("Jazzer has put no counters into the machine:\n" + Files.readString(log));
        }
        // Classes of the JDK that the agent has touched.
        delete(classes.resolve("java"));
        return root;
    }

    /** Where Jazzer puts classes: those that come from a jar, below the name of the jar. */
    private static Path root(Path classes) {
        Path source = source();
        String name = source.getFileName().toString();
        return Files.isDirectory(source) ? classes : classes.resolve(name.substring(0, name.lastIndexOf('.')));
    }

    private static byte[] read(Path file, Path log) throws IOException {
        if (!Files.exists(file)) {
            throw new IllegalStateException("Jazzer has not written " + file + ":\n" + Files.readString(log));
        }
        return Files.readAllBytes(file);
    }

    /** Makes Jazzer look at the counters, in the JVM that uses these classes. That is what its agent does when it puts them in. */
    static void register() {
        try {
            Class.forName("com.code_intelligence.jazzer.runtime.CoverageMap", true, null)
                    .getMethod("enlargeIfNeeded", int.class)
                    .invoke(null, COUNTERS);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this is not the Jazzer that the classes were made for", e);
        }
    }

    /** Packs the machine's classes, wherever they come from. */
    private static void pack(Path jar) throws IOException {
        try (FileSystem target = FileSystems.newFileSystem(jar, Map.of("create", "true"))) {
            Path source = source();
            if (Files.isDirectory(source)) {
                copy(source.resolve(PACKAGE), target.getPath(PACKAGE));
            } else {
                try (FileSystem classes = FileSystems.newFileSystem(source)) {
                    copy(classes.getPath(PACKAGE), target.getPath(PACKAGE));
                }
            }
        }
    }

    private static Path source() {
        try {
            URI uri = Machine.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI();
            return Path.of(uri);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the machine's classes are nowhere", e);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                Files.copy(file, to.resolve(file.getFileName().toString()));
            }
        }
    }

    /** Removes a folder and all in it, if there is one. */
    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted((a, b) -> b.compareTo(a)).forEach(CountingClasses::deleteOne);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void deleteOne(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
