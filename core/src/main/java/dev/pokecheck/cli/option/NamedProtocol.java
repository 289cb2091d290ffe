// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.option;

import dev.pokecheck.catalog.CatalogEntry;
import dev.pokecheck.cli.run.GivenProtocol;
import dev.pokecheck.corpus.Corpus;
import dev.pokecheck.corpus.Entry;
import dev.pokecheck.corpus.ScenarioWords;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;

/** Finds what stands in the place of a protocol's name: a shipped protocol, a C file, an entry of the corpus, or any name for a class of the user's. */
@About(Subject.PROTOCOL)
public final class NamedProtocol {
    /** What the help says of the parameter. */
    public static final String FORMS = "A protocol as 'list' names it: NAME, NAME@VARIANT or NAME@VARIANT+CHANGE;"
            + " or a C file: whatever ends in .c or contains a / ('show --header' prints the words for it);"
            + " or an entry of the corpus (.poke), for its protocol in its scenario.";

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private OwnProtocol own;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private CFileOptions options;

    /** Where a class of the user's comes from, and what replays an entry. */
    public OwnProtocol own() {
        return own;
    }

    /** Whether a name is that of a file. */
    public static boolean isFile(String name) {
        return name.endsWith(".c") || name.endsWith(Corpus.SUFFIX) || name.indexOf('/') >= 0;
    }

    /** The protocol with a name. */
    public GivenProtocol find(String name) {
        if (own.isGiven() || !isFile(name)) {
            options.refuse(own.isGiven() ? "a class takes none" : name + " is no C file");
            CatalogEntry entry = own.find(name);
            return new GivenProtocol(name, entry, GivenProtocol.usual(entry), (file, byPath) -> own.type(file));
        }
        if (name.endsWith(Corpus.SUFFIX)) {
            options.refuse("what an entry carries is as it was found");
            return entry(CFileOptions.path(name));
        }
        return GivenProtocol.of(options.open(name));
    }

    private GivenProtocol entry(Path from) {
        Entry entry = Corpus.read(from);
        return new GivenProtocol(
                from.toString(),
                own.find(from, entry),
                ScenarioWords.of(entry.scenario()),
                (file, byPath) -> own.origin(file, from, entry));
    }
}
