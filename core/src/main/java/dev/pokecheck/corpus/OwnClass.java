// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.corpus;

import java.nio.file.Path;

/**
 * The class that records the protocol of an entry, if that is not a shipped one. Whether it still records the same tells the entry's fingerprint.
 *
 * @param name the class, or class#method
 * @param path the folder or jar that it is in, as seen from the folder of the entry
 */
public record OwnClass(String name, String path) implements Own {
    private static final String IN = " in ";

    /** That of a class in a folder or jar, for an entry in a file. */
    public static OwnClass of(String name, Path root, Path file) {
        return new OwnClass(name, RelativePath.from(file, root));
    }

    /** The folder or jar, for an entry in a file. */
    public Path root(Path file) {
        return RelativePath.resolve(file, path);
    }

    /** Its text in an entry. */
    public String text() {
        return name + IN + (path.isEmpty() ? "." : path);
    }

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException with what is wrong and what would be right
     */
    static OwnClass parse(String text) {
        int at = text.indexOf(IN);
        if (at <= 0 || at + IN.length() == text.length()) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is not of the form \"CLASS in FOLDER\", as in \"Mine#patch in build/classes\"");
        }
        return new OwnClass(text.substring(0, at), text.substring(at + IN.length()));
    }
}
