// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.option;

import dev.pokecheck.catalog.CatalogEntry;
import dev.pokecheck.cli.run.GivenProtocol;
import dev.pokecheck.cli.run.UsageException;
import dev.pokecheck.corpus.CFile;
import dev.pokecheck.corpus.Corpus;
import dev.pokecheck.corpus.Entry;
import dev.pokecheck.corpus.ScenarioWords;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Finds what stands in the place of a protocol's name: a shipped protocol, a C file, an entry of the corpus, or any name for a class of the user's. */
@About(Subject.PROTOCOL)
public final class NamedProtocol {
    /** What the help says of the parameter. */
    public static final String FORMS = "A protocol as 'list' names it: NAME, NAME@VARIANT or NAME@VARIANT+CHANGE;"
            + " or a C file: whatever ends in .c or contains a /;"
            + " or an entry of the corpus (.poke), for its protocol in its scenario.";

    /** A macro, perhaps with parameters. */
    private static final Pattern DEFINITION = Pattern.compile("[A-Za-z_$][\\w$]*(\\([^()]*\\))?(=.*)?");

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private OwnProtocol own;

    @Option(
            names = {"-D", "--define"},
            paramLabel = "NAME[=VALUE]",
            description = "Define a macro for a C file, as compilers do; alone it is 1. Can be repeated.")
    private @Nullable List<String> definitions;

    @Option(
            names = {"-I", "--include"},
            paramLabel = "DIR",
            description = "Look for headers of a C file here, too, after its own folder. Can be repeated.")
    private @Nullable List<Path> folders;

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
            refuseFileOptions(own.isGiven() ? "a class takes none" : name + " is no C file");
            CatalogEntry entry = own.find(name);
            return new GivenProtocol(name, entry, GivenProtocol.usual(entry), (file, byPath) -> own.type(file));
        }
        Path file = path(name);
        if (name.endsWith(Corpus.SUFFIX)) {
            refuseFileOptions("what an entry carries is as it was found");
            return entry(file);
        }
        return GivenProtocol.of(CFile.open(file, definitions(), folders()));
    }

    private List<String> definitions() {
        List<String> all = definitions == null ? List.of() : definitions;
        for (String definition : all) {
            if (!DEFINITION.matcher(definition).matches()) {
                throw new UsageException("-D: \"" + definition + "\" is not of the form NAME or NAME=VALUE");
            }
        }
        return all;
    }

    private List<Path> folders() {
        List<Path> all = folders == null ? List.of() : folders;
        for (Path folder : all) {
            if (!Files.isDirectory(folder)) {
                throw new UsageException("-I: " + folder + " is no folder");
            }
        }
        return all;
    }

    private GivenProtocol entry(Path from) {
        Entry entry = Corpus.read(from);
        return new GivenProtocol(
                from.toString(),
                own.find(from, entry),
                ScenarioWords.of(entry.scenario()),
                (file, byPath) -> own.origin(file, from, entry));
    }

    private static Path path(String name) {
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            throw new UsageException("\"" + name + "\" is no name of a file: " + e.getReason());
        }
    }

    private void refuseFileOptions(String why) {
        if (definitions != null || folders != null) {
            throw new UsageException((definitions != null ? "-D" : "-I") + " is for C files, and " + why);
        }
    }
}
