// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.option;

import dev.pokecheck.catalog.CatalogEntry;
import dev.pokecheck.cli.run.EntryRun;
import dev.pokecheck.cli.run.GivenProtocol;
import dev.pokecheck.cli.run.UsageException;
import dev.pokecheck.cli.screen.Shell;
import dev.pokecheck.corpus.CFile;
import dev.pokecheck.corpus.CorpusException;
import dev.pokecheck.corpus.Entry;
import dev.pokecheck.corpus.Own;
import dev.pokecheck.corpus.OwnClass;
import dev.pokecheck.corpus.OwnSource;
import dev.pokecheck.machine.Machine;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The protocol of an entry: a shipped one, that of a C file, or one of a class of the user's, which an option can name as well. */
@About(Subject.PROTOCOL)
public final class OwnProtocol {
    @Option(
            names = ClassProtocol.OPTION,
            paramLabel = "CLASS[#METHOD]",
            description =
                    "Take a protocol of your own: a class that implements Protocol.Definition, or a method of a class whose"
                            + " parameter is a ProtocolBuilder, as @PokeTest marks them. The class needs a constructor without parameters, and"
                            + " must be on the class path: java -cp pokecheck.jar:CLASSES dev.pokecheck.cli.Main. Protocol names go unchecked"
                            + " then. Its code must not end the program; after Runtime.halt no verdict is printed and the exit code is none.")
    private @Nullable String name;

    /** Whether a class is named. */
    public boolean isGiven() {
        return name != null;
    }

    /** The protocol with a name: a shipped one, or that of the class, which can have any. */
    CatalogEntry find(String protocol) {
        if (name == null) {
            return Protocols.find(protocol);
        }
        if (!protocol.matches("[A-Za-z0-9_.@-]+")) {
            throw new UsageException("the name of a protocol holds letters, digits and _ . @ - only");
        }
        return own(protocol, name, OwnProtocol.class.getClassLoader());
    }

    private static CatalogEntry own(String protocol, String name, ClassLoader loader) {
        return new CatalogEntry(
                protocol,
                "",
                "class " + name,
                "a protocol that is not shipped",
                ClassProtocol.definition(name, loader));
    }

    /** The protocol of an entry in a file: that of the option, or what the entry names or carries, or a shipped one. */
    public CatalogEntry find(Path file, Entry entry) {
        return about(
                file,
                () -> name == null && entry.own().isPresent()
                        ? named(file, entry, entry.own().get())
                        : find(entry.protocol()));
    }

    private static CatalogEntry named(Path file, Entry entry, Own own) {
        if (own instanceof OwnSource source) {
            String from = source.texts().isEmpty()
                    ? source.beside(file).toString()
                    : source.name() + ", as " + file.getFileName() + " carries it";
            return GivenProtocol.entry(entry.protocol(), CFile.of(file, source), from);
        }
        OwnClass type = (OwnClass) own;
        try {
            URL[] root = {type.root(file).toUri().toURL()};
            return own(entry.protocol(), type.name(), new URLClassLoader(root, OwnProtocol.class.getClassLoader()));
        } catch (MalformedURLException e) {
            throw new UsageException(type.root(file) + " is no place for classes: " + e.getMessage());
        }
    }

    /** What an entry in a file says of the class of the option; empty if there is none. */
    Optional<Own> type(Path file) {
        String own = name;
        return own == null ? Optional.empty() : ClassProtocol.place(own).map(place -> OwnClass.of(own, place, file));
    }

    /** What an entry has to say of where its protocol comes from that is made of one in another file: what the option says, or the same as there. */
    public Optional<Own> origin(Path file, Path from, Entry entry) {
        return name == null ? entry.own().map(own -> moved(own, from, file)) : type(file);
    }

    private static Own moved(Own own, Path from, Path to) {
        if (own instanceof OwnClass type) {
            return OwnClass.of(type.name(), type.root(from), to);
        }
        return ((OwnSource) own).moved(from, to);
    }

    /**
     * The machine of an entry in a file.
     *
     * @param protocol its protocol, as {@link #find(Path, Entry)} says
     */
    public Machine machine(Path file, Entry entry, CatalogEntry protocol) {
        return about(file, () -> EntryRun.machine(entry, protocol));
    }

    /** What a call returns, with its complaint turned into one about a file. */
    private static <T> T about(Path file, Supplier<T> call) {
        try {
            return call.get();
        } catch (UsageException e) {
            throw new CorpusException(file.toString(), 0, String.valueOf(e.getMessage()));
        }
    }

    /** What replays an entry of it. */
    public String replay(Path file) {
        return again("replay", file.toString());
    }

    /** What calls this program for the same protocol. */
    public String again(String... arguments) {
        List<String> words = new ArrayList<>(List.of(arguments));
        if (name != null) {
            words.addAll(List.of(ClassProtocol.OPTION, name));
        }
        return Shell.again(words);
    }
}
