// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source;

import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.ProtocolBuilder;
import dev.pokecheck.source.lower.CProtocol;
import dev.pokecheck.source.parse.Parser;
import dev.pokecheck.source.preprocess.Includes;
import dev.pokecheck.source.preprocess.Preprocessor;
import dev.pokecheck.source.steps.StepProtocol;
import dev.pokecheck.source.syntax.TranslationUnit;
import dev.pokecheck.source.token.Complaints;
import dev.pokecheck.source.token.Place;
import dev.pokecheck.source.token.SourceException;
import dev.pokecheck.source.token.SourceText;
import java.util.List;

/** A protocol in C. */
public final class CSource implements Protocol.Definition {
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
     * {@inheritDoc}
     *
     * @throws dev.pokecheck.source.token.SourceException for what cannot be read, with all mistakes that were found
     */
    @Override
    public void record(ProtocolBuilder builder) {
        Complaints complaints = new Complaints();
        Preprocessor preprocessor = new Preprocessor(
                (name, quoted, from) -> Headers.find(name).or(() -> includes.find(name, quoted, from)), complaints);
        preprocessor.define("__POKECHECK_CPUS__=" + builder.setting().cpus());
        preprocessor.define("__POKECHECK_SITES__=" + builder.sites().size());
        preprocessor.define("__POKECHECK_VERSIONS__=" + builder.setting().versions());
        definitions.forEach(preprocessor::define);
        TranslationUnit unit = Parser.read(preprocessor.tokens(file), complaints);
        complaints.throwIfAny();
        requirePatcher(unit);
        Protocol.Definition protocol = StepProtocol.isMeant(unit) ? new StepProtocol(unit) : new CProtocol(unit);
        try {
            protocol.record(builder);
        } catch (IllegalArgumentException e) {
            // What the recorder refuses of the file as a whole.
            throw new SourceException(file.place(0), String.valueOf(e.getMessage()), "");
        }
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
