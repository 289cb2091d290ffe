// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.option;

import dev.pokecheck.catalog.CatalogEntry;
import dev.pokecheck.cli.run.EntryRun;
import dev.pokecheck.cli.run.GuardedDefinition;
import dev.pokecheck.cli.run.UsageException;
import dev.pokecheck.cli.screen.Shell;
import dev.pokecheck.corpus.CorpusException;
import dev.pokecheck.corpus.Entry;
import dev.pokecheck.corpus.OwnClass;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.ProtocolBuilder;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.UndeclaredThrowableException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The protocol of a command: a shipped one, or one of the user's own, found by the name of its class. */
@About(Subject.PROTOCOL)
public final class OwnProtocol {
    private static final String OPTION = "--protocol-class";

    @Option(
            names = OPTION,
            paramLabel = "CLASS[#METHOD]",
            description =
                    "Take a protocol of your own: a class that implements Protocol.Definition, or a method of a class whose"
                            + " parameter is a ProtocolBuilder, as @PokeTest marks them. The class needs a constructor without parameters, and"
                            + " must be on the class path: java -cp pokecheck.jar:CLASSES dev.pokecheck.cli.Main. Protocol names go unchecked"
                            + " then.")
    private @Nullable String name;

    /** Whether it is one of the user's own. */
    public boolean isGiven() {
        return name != null;
    }

    /** The protocol with a name. */
    public CatalogEntry find(String protocol) {
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
                protocol, "", "class " + name, "a protocol that is not shipped", definition(name, loader));
    }

    /** The protocol of an entry in a file: that of the option, or of the class that the entry names, or a shipped one. */
    public CatalogEntry find(Path file, Entry entry) {
        return about(
                file,
                () -> name == null && entry.own().isPresent()
                        ? carried(file, entry, entry.own().get())
                        : find(entry.protocol()));
    }

    private static CatalogEntry carried(Path file, Entry entry, OwnClass carried) {
        try {
            URL[] root = {carried.root(file).toUri().toURL()};
            return own(entry.protocol(), carried.name(), new URLClassLoader(root, OwnProtocol.class.getClassLoader()));
        } catch (MalformedURLException e) {
            throw new UsageException(carried.root(file) + " is no place for classes: " + e.getMessage());
        }
    }

    /** The class that an entry in a file has to name; empty for a shipped protocol. */
    public Optional<OwnClass> carried(Path file) {
        String own = name;
        if (own == null) {
            return Optional.empty();
        }
        CodeSource source = type(own.replaceFirst("#.*$", ""), OwnProtocol.class.getClassLoader())
                .getProtectionDomain()
                .getCodeSource();
        return Optional.ofNullable(source)
                .map(it -> OwnClass.of(own, Path.of(URI.create(it.getLocation().toString())), file));
    }

    /** The class that an entry has to name that is made of one in another file: that of the option, or the same as there. */
    public Optional<OwnClass> carried(Path file, Path from, Entry entry) {
        return name == null
                ? entry.own().map(there -> OwnClass.of(there.name(), there.root(from), file))
                : carried(file);
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
            words.addAll(List.of(OPTION, name));
        }
        return Shell.again(words);
    }

    private static Protocol.Definition definition(String name, ClassLoader loader) {
        int hash = name.indexOf('#');
        String type = hash < 0 ? name : name.substring(0, hash);
        String method = hash < 0 ? "" : name.substring(hash + 1);
        return new GuardedDefinition(
                OPTION,
                hash < 0 ? "record" : method,
                guarded(type, type(type, loader), own -> recordedBy(own, method, name)));
    }

    /** The code of the class, its initialisation too, runs under guard: not before it records. */
    private static Protocol.Definition guarded(
            String type, Class<?> own, Function<Class<?>, Protocol.Definition> definition) {
        return builder -> {
            try {
                definition.apply(own).record(builder);
            } catch (LinkageError e) {
                throw new UsageException(OPTION + ": " + type + " " + why(e));
            }
        };
    }

    private static Class<?> type(String name, ClassLoader loader) {
        try {
            return Class.forName(name, false, loader);
        } catch (ClassNotFoundException e) {
            throw new UsageException(
                    OPTION + ": there is no class " + name
                            + " on the class path; call java -cp pokecheck.jar:CLASSES dev.pokecheck.cli.Main, as -jar takes no other classes");
        }
    }

    /** What is wrong with a class that cannot be linked, and what to do about it. */
    private static String why(LinkageError e) {
        if (e instanceof ExceptionInInitializerError) {
            return "cannot be initialised: " + e.getCause();
        }
        if (e instanceof UnsupportedClassVersionError) {
            return "is compiled for another Java than " + Runtime.version().feature()
                    + ", which runs this; compile it with --release "
                    + Runtime.version().feature();
        }
        return e instanceof NoClassDefFoundError
                ? "needs a class that is not on the class path: " + e.getMessage()
                : "cannot be linked: " + e;
    }

    private static Protocol.Definition recordedBy(Class<?> type, String method, String name) {
        Object instance = instance(type);
        if (!method.isEmpty()) {
            return recordedBy(type, instance, method);
        }
        if (instance instanceof Protocol.Definition definition) {
            return definition;
        }
        throw new UsageException(OPTION + ": " + name + " does not implement "
                + Protocol.Definition.class.getName().replace('$', '.') + "; for one of its methods, write " + name
                + "#METHOD");
    }

    private static Object instance(Class<?> type) {
        try {
            Constructor<?> constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor.newInstance();
        } catch (NoSuchMethodException | InstantiationException e) {
            throw new UsageException(OPTION + ": " + type.getName() + " has no constructor without parameters");
        } catch (InvocationTargetException e) {
            throw new UsageException(OPTION + ": " + type.getName() + " cannot be made: " + e.getCause());
        } catch (IllegalAccessException e) {
            throw inaccessible(type, e);
        }
    }

    private static Protocol.Definition recordedBy(Class<?> type, Object instance, String name) {
        for (Class<?> at = type; at != null; at = at.getSuperclass()) {
            for (Method method : at.getDeclaredMethods()) {
                if (method.getName().equals(name)
                        && List.of(method.getParameterTypes()).equals(List.of(ProtocolBuilder.class))) {
                    method.setAccessible(true);
                    return builder -> record(method, instance, builder);
                }
            }
        }
        throw new UsageException(OPTION + ": " + type.getName() + " has no method " + name
                + " with one parameter of type ProtocolBuilder");
    }

    private static void record(Method method, Object instance, ProtocolBuilder builder) {
        try {
            method.invoke(instance, builder);
        } catch (InvocationTargetException e) {
            throw new UndeclaredThrowableException(e.getCause());
        } catch (IllegalAccessException e) {
            throw inaccessible(method, e);
        }
    }

    private static IllegalStateException inaccessible(AnnotatedElement what, IllegalAccessException e) {
        return new IllegalStateException(what + " was made accessible and is not", e);
    }
}
