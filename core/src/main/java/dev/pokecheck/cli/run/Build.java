// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/** This program: its version, and what tells builds of one version apart. */
public final class Build {
    private Build() {}

    /** The version that the jar's manifest gives. */
    public static String version() {
        String version = Build.class.getPackage().getImplementationVersion();
        return version == null ? "(built from source)" : version;
    }

    /** The program and its version. */
    public static String program() {
        return "pokecheck " + version();
    }

    /** The program, its version, and a checksum of the classes. */
    public static String name() {
        try {
            Path place = Path.of(Build.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return program() + " " + checksum(place);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the classes of this program are nowhere", e);
        } catch (IOException e) {
            throw new UncheckedIOException("the classes of this program cannot be read", e);
        }
    }

    private static String checksum(Path place) throws IOException {
        if (Files.isDirectory(place)) {
            return ofFolder(place);
        }
        try (FileSystem jar = FileSystems.newFileSystem(URI.create("jar:" + place.toUri()), Map.of())) {
            return ofFolder(jar.getPath("/"));
        }
    }

    private static String ofFolder(Path folder) throws IOException {
        String root =
                Build.class.getPackageName().replaceFirst("[.]cli[.].*$", "").replace('.', '/');
        CRC32C crc = new CRC32C();
        try (Stream<Path> files = Files.walk(folder.resolve(root))) {
            List<Path> classes = files.filter(file -> file.toString().endsWith(".class"))
                    .sorted((a, b) -> a.toString().compareTo(b.toString()))
                    .toList();
            for (Path file : classes) {
                crc.update(Files.readAllBytes(file));
            }
        }
        return String.format(Locale.ROOT, "%08x", crc.getValue());
    }
}
