// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.corpus;

import java.nio.file.Path;

/** Paths as seen from the folder of a file, with slashes: they stay right when both move together. */
final class RelativePath {
    private RelativePath() {}

    /** A path as seen from the folder of a file; an absolute one if they have no root in common. */
    static String from(Path file, Path path) {
        Path from = folder(file);
        Path to = path.toAbsolutePath().normalize();
        boolean related = from.getRoot() != null && from.getRoot().equals(to.getRoot());
        return (related ? from.relativize(to) : to).toString().replace('\\', '/');
    }

    /** What is meant by a path as seen from the folder of a file. */
    static Path resolve(Path file, String path) {
        return folder(file).resolve(path).normalize();
    }

    private static Path folder(Path file) {
        return file.toAbsolutePath().normalize().resolveSibling("");
    }
}
