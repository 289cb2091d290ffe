// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source;

import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.ProtocolBuilder;
import dev.pokecheck.protocol.Setting;
import dev.pokecheck.source.lower.CProtocol;
import dev.pokecheck.source.parse.ParsedHeader;
import dev.pokecheck.source.parse.Parser;
import dev.pokecheck.source.preprocess.IncludedHeader;
import dev.pokecheck.source.preprocess.Includes;
import dev.pokecheck.source.preprocess.Preprocessor;
import dev.pokecheck.source.preprocess.SharedHeaders;
import dev.pokecheck.source.steps.StepProtocol;
import dev.pokecheck.source.syntax.TranslationUnit;
import dev.pokecheck.source.token.Complaints;
import dev.pokecheck.source.token.Place;
import dev.pokecheck.source.token.SourceException;
import dev.pokecheck.source.token.SourceText;
import dev.pokecheck.source.token.Token;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A protocol in C. */
public final class CSource implements Protocol.Definition {
    private static final SharedHeaders HEADERS = new SharedHeaders();

    /** What headers mean, of so many at most. */
    private static final Map<IncludedHeader, Optional<ParsedHeader>> PARSED = new LinkedHashMap<>();

    private static final int MOST_PARSED = 64;

    /** The definition by which plain accesses are those that a compiler may make of the file. */
    public static final String CHANGED = "POKE_PLAIN=compiler";

    private final SourceText file;
    private final Includes includes;
    private final List<String> definitions;

    /**
     * @param file the file
     * @param includes finds headers that are not ours
     * @param definitions macros, as the option {@code -D} defines them
     */
    public CSource(SourceText file, Includes includes, List<String> definitions) {
        this.file = file;
        this.includes = includes;
        this.definitions = List.copyOf(definitions);
    }

    /**
     * {@inheritDoc} What the file says that it does not model comes before what the words of headers say.
     *
     * @throws dev.pokecheck.source.token.SourceException for what cannot be read, with all mistakes that were found
     */
    @Override
    public void record(ProtocolBuilder builder) {
        Complaints complaints = new Complaints();
        Preprocessor preprocessor = preprocessor(builder.setting(), complaints);
        List<Token> tokens = preprocessor.tokens(file);
        TranslationUnit unit = preprocessor
                .header()
                .map(header -> behind(header, tokens, complaints))
                .orElseGet(() -> Parser.read(tokens, complaints));
        complaints.throwIfAny();
        requirePatcher(unit);
        FileComment.of(file).notModelled().forEach(said -> builder.notModelled(said.words()));
        Protocol.Definition protocol = StepProtocol.isMeant(unit)
                ? new StepProtocol(unit)
                : new CProtocol(unit, definitions.contains(CHANGED));
        builder.refuseBy(this::refused);
        try {
            protocol.record(builder);
        } catch (IllegalArgumentException e) {
            throw refused(e);
        }
    }

    /** What the recorder refuses of the file as a whole. */
    private SourceException refused(IllegalArgumentException problem) {
        return new SourceException(file.place(0), String.valueOf(problem.getMessage()), "");
    }

    /** A file that begins with a header. */
    private static TranslationUnit behind(IncludedHeader header, List<Token> tokens, Complaints complaints) {
        Optional<ParsedHeader> parsed;
        synchronized (PARSED) {
            if (PARSED.size() == MOST_PARSED) {
                PARSED.clear();
            }
            parsed = PARSED.computeIfAbsent(header, it -> Parser.header(it.tokens()));
        }
        if (parsed.isPresent()) {
            return Parser.read(parsed.get(), tokens, complaints);
        }
        List<Token> all =
                new ArrayList<>(header.tokens().subList(0, header.tokens().size() - 1));
        all.addAll(tokens);
        return Parser.read(all, complaints);
    }

    private Preprocessor preprocessor(Setting setting, Complaints complaints) {
        Preprocessor preprocessor = new Preprocessor(
                (name, quoted, from) -> Headers.find(name).or(() -> includes.find(name, quoted, from)),
                complaints,
                HEADERS);
        preprocessor.define("__POKECHECK_CPUS__=" + setting.cpus());
        preprocessor.define("__POKECHECK_SITES__=" + setting.sites().size());
        preprocessor.define("__POKECHECK_VERSIONS__=" + setting.versions());
        definitions.forEach(preprocessor::define);
        return preprocessor;
    }

    /** What macros and conditions leave of the file for a setting: two files of which the same is left are the same protocol there. */
    public String preprocessed(Setting setting) {
        Preprocessor preprocessor = preprocessor(setting, new Complaints());
        List<Token> tokens = preprocessor.tokens(file);
        return Stream.concat(
                        preprocessor.header().map(IncludedHeader::tokens).orElse(List.of()).stream(), tokens.stream())
                .map(Token::text)
                .collect(Collectors.joining(" "));
    }

    private void requirePatcher(TranslationUnit unit) {
        if (unit.defined(CProtocol.PATCHER).isEmpty()) {
            throw new SourceException(
                    new Place(file, 0),
                    "there is no function " + CProtocol.PATCHER + "(), which says what the CPU does that patches",
                    "define void " + CProtocol.PATCHER + "(void)");
        }
    }
}
