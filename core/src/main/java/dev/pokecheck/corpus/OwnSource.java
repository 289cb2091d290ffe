// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.corpus;

import java.nio.file.Path;
import java.util.List;

/**
 * The C file that is the protocol of an entry. Without texts it is read where it is; with texts the entry carries it, with the headers that it includes, and needs no file.
 *
 * @param path the file, as seen from the folder of the entry
 * @param definitions macros, as the option {@code -D} defines them
 * @param folders where headers are looked for, as seen from the folder of the file
 * @param texts the file, then its headers; empty if the entry does not carry them
 */
public record OwnSource(String path, List<String> definitions, List<String> folders, List<Text> texts) implements Own {
    /**
     * A file that an entry carries: lines that each end, without control characters but tabs.
     *
     * @param path it, as seen from the folder of the C file
     * @param text what stands in it
     */
    public record Text(String path, String text) {
        /**
         * The text of a file as entries carry it. Ends of lines become line feeds, and other control characters but tabs blanks, which they are in C: columns stay.
         */
        public static Text of(String path, String text) {
            StringBuilder plain = new StringBuilder(text.length() + 1);
            text.replace("\r\n", "\n")
                    .chars()
                    .forEach(c -> plain.append(c != '\n' && c != '\t' && Character.isISOControl(c) ? ' ' : (char) c));
            if (plain.length() > 0 && plain.charAt(plain.length() - 1) != '\n') {
                plain.append('\n');
            }
            return new Text(path, plain.toString());
        }
    }

    /**
     * Copies the lists.
     *
     * @throws IllegalArgumentException if a name or a definition cannot stand in a line: if it is empty, or begins or ends with a blank, or holds a control character
     */
    public OwnSource {
        definitions = List.copyOf(definitions);
        folders =
                folders.stream().map(folder -> folder.isEmpty() ? "." : folder).toList();
        texts = List.copyOf(texts);
        check(path);
        definitions.forEach(OwnSource::check);
        folders.forEach(OwnSource::check);
        texts.forEach(text -> check(text.path));
    }

    private static void check(String word) {
        if (word.isEmpty() || !word.equals(word.strip()) || word.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "\"" + word
                            + "\" cannot stand in a line of an entry; it may not be empty, begin or end with a blank, or hold a control character");
        }
    }

    /** The file, for an entry in a file: as the user sees it who names the entry. */
    public Path beside(Path entry) {
        return entry.resolveSibling(path).normalize();
    }

    /** The same for an entry in another file. */
    public OwnSource moved(Path from, Path to) {
        return new OwnSource(RelativePath.from(to, RelativePath.resolve(from, path)), definitions, folders, texts);
    }

    /** The same, read where it is. */
    public OwnSource byPath() {
        return new OwnSource(path, definitions, folders, List.of());
    }

    /** The name of the file alone. */
    public String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
