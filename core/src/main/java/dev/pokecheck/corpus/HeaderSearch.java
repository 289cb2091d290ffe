// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.corpus;

import dev.pokecheck.source.preprocess.Includes;
import dev.pokecheck.source.token.SourceText;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Finds headers as compilers do: one in quotes beside the file that names it, then in folders one after the other; any other in the folders only. Each is read once. */
final class HeaderSearch implements Includes {
    private final List<Path> folders;
    private final Function<Path, Optional<SourceText>> files;
    private final Map<Path, Optional<SourceText>> known = new LinkedHashMap<>();

    /**
     * @param folders where headers are looked for
     * @param files the file with a path; empty if there is none
     */
    HeaderSearch(List<Path> folders, Function<Path, Optional<SourceText>> files) {
        this.folders = List.copyOf(folders);
        this.files = files;
    }

    @Override
    public Optional<SourceText> find(String name, boolean quoted, SourceText from) {
        List<Path> places = new ArrayList<>();
        try {
            if (quoted) {
                places.add(Path.of(from.name()).resolveSibling(name).normalize());
            }
            folders.forEach(folder -> places.add(folder.resolve(name).normalize()));
        } catch (InvalidPathException e) {
            // No file can have that name.
            return Optional.empty();
        }
        return places.stream().map(this::read).flatMap(Optional::stream).findFirst();
    }

    private synchronized Optional<SourceText> read(Path path) {
        Optional<SourceText> text = known.get(path);
        if (text == null) {
            text = files.apply(path);
            known.put(path, text);
        }
        return text;
    }

    /** Those that were found so far, by where they are. */
    synchronized Map<Path, SourceText> found() {
        Map<Path, SourceText> found = new LinkedHashMap<>();
        known.forEach((path, text) -> text.ifPresent(it -> found.put(path, it)));
        return found;
    }
}
