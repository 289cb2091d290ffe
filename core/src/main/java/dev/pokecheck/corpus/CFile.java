// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.corpus;

import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.source.CSource;
import dev.pokecheck.source.FileComment;
import dev.pokecheck.source.FileComment.Said;
import dev.pokecheck.source.token.Place;
import dev.pokecheck.source.token.SourceException;
import dev.pokecheck.source.token.SourceText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * A protocol in C: a file of a user's with the headers that it includes, or what an entry carries of them. Files are opened here, and nowhere in {@code source}. Each is
 * read once: what a run reports is of one state of the files.
 */
public final class CFile {
    /** Far more than a protocol takes; what is read of a text is bounded by the reader, with a place. */
    private static final int MAX_BYTES = 1 << 24;

    /** What an entry may carry: it is to be read, too. */
    private static final int MAX_CARRIED = 1 << 22;

    private final SourceText text;
    private final List<String> definitions;
    private final List<Path> folders;
    private final HeaderSearch headers;
    private final FileComment comment;

    private CFile(SourceText text, List<String> definitions, List<Path> folders, HeaderSearch headers) {
        this.text = text;
        this.definitions = List.copyOf(definitions);
        this.folders = List.copyOf(folders);
        this.headers = headers;
        comment = FileComment.of(text);
    }

    /**
     * Opens a file.
     *
     * @param definitions macros, as the option {@code -D} defines them
     * @param folders where headers are looked for that are not beside the file that includes them
     * @throws CorpusException if it cannot be read
     * @throws SourceException if it is no text, or a line about the scenario or an expectation is wrong
     */
    public static CFile open(Path file, List<String> definitions, List<Path> folders) {
        return new CFile(read(file), definitions, folders, new HeaderSearch(folders, CFile::header));
    }

    /**
     * The C file of an entry, from its texts, or else where it is.
     *
     * @param entry the file of the entry
     */
    public static CFile of(Path entry, OwnSource source) {
        if (source.texts().isEmpty()) {
            Path file = source.beside(entry);
            return open(
                    file,
                    source.definitions(),
                    source.folders().stream()
                            .map(folder -> file.resolveSibling(folder).normalize())
                            .toList());
        }
        Map<Path, SourceText> carried = new HashMap<>();
        source.texts().forEach(it -> carried.put(Path.of(it.path()).normalize(), new SourceText(it.path(), it.text())));
        List<Path> folders = source.folders().stream().map(Path::of).toList();
        OwnSource.Text main = source.texts().get(0);
        return new CFile(
                new SourceText(main.path(), main.text()),
                source.definitions(),
                folders,
                new HeaderSearch(folders, path -> Optional.ofNullable(carried.get(path))));
    }

    private static Optional<SourceText> header(Path file) {
        return Files.isRegularFile(file) ? Optional.of(read(file)) : Optional.empty();
    }

    private static SourceText read(Path file) {
        InputBytes bytes = InputBytes.of(file, MAX_BYTES, "which no protocol needs");
        SourceText text = new SourceText(file.toString(), bytes.decoded());
        OptionalInt noText = bytes.firstNoText();
        if (noText.isPresent()) {
            throw new SourceException(
                    text.place(Math.min(noText.getAsInt(), text.text().length())),
                    "here is a byte that is no part of a character of UTF-8",
                    "save the file as UTF-8");
        }
        return text;
    }

    /** What messages call it: as its user does. */
    public String name() {
        return text.name();
    }

    /** The name of the file alone. */
    public String lastName() {
        return String.valueOf(Path.of(text.name()).getFileName());
    }

    /** The macros that are defined for it. */
    public List<String> definitions() {
        return definitions;
    }

    /** Where its headers are looked for that are not beside the file that includes them. */
    public List<Path> folders() {
        return folders;
    }

    /** Whether a word stands anywhere in it. */
    public boolean mentions(String word) {
        return Pattern.compile("\\b" + Pattern.quote(word) + "\\b")
                .matcher(text.text())
                .find();
    }

    /** The same with further macros. */
    public CFile define(List<String> more) {
        List<String> all = new ArrayList<>(definitions);
        all.addAll(more);
        return new CFile(text, all, folders, headers);
    }

    /** Where it begins, for what concerns all of it. */
    public Place begin() {
        return text.place(0);
    }

    /** What it says of itself. */
    public FileComment comment() {
        return comment;
    }

    /**
     * What it says of the scenario.
     *
     * @throws SourceException with the place of what is wrong
     */
    public ScenarioWords scenario() {
        ScenarioWords all = ScenarioWords.NONE;
        String lines = "";
        for (Said said : comment.scenario()) {
            lines += " " + said.words();
            try {
                all = ScenarioWords.parse(lines);
                all.scenario(Optional.empty());
            } catch (IllegalArgumentException e) {
                throw new SourceException(said.place(), String.valueOf(e.getMessage()), "");
            }
        }
        return all;
    }

    /** How it is recorded. */
    public Protocol.Definition definition() {
        return new CSource(text, headers, definitions);
    }

    /** What an entry names of it, to read it where it is. */
    public OwnSource named(Path entry) {
        Path file = Path.of(text.name());
        return new OwnSource(RelativePath.from(entry, file), definitions, seenFrom(file), List.of());
    }

    /**
     * What an entry carries of it: the file, and what it included when it was recorded.
     *
     * @throws CorpusException if that is too much
     */
    public OwnSource carried(Path entry) {
        Path file = Path.of(text.name());
        List<OwnSource.Text> texts = new ArrayList<>();
        texts.add(OwnSource.Text.of(lastName(), text.text()));
        headers.found().entrySet().stream()
                .sorted(Comparator.comparing(it -> it.getKey().toString()))
                .map(it -> OwnSource.Text.of(
                        RelativePath.from(file, it.getKey()), it.getValue().text()))
                .forEach(texts::add);
        long size = texts.stream().mapToLong(it -> it.text().length()).sum();
        if (size > MAX_CARRIED) {
            throw new CorpusException(
                    name(),
                    0,
                    "has " + size + " characters with what it includes, and an entry carries at most " + MAX_CARRIED
                            + "; let it name the file instead, with --by-path");
        }
        return new OwnSource(RelativePath.from(entry, file), definitions, seenFrom(file), texts);
    }

    private List<String> seenFrom(Path file) {
        return folders.stream().map(folder -> RelativePath.from(file, folder)).toList();
    }
}
