// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.option;

import dev.pokecheck.catalog.CatalogEntry;
import dev.pokecheck.cli.run.EntryRun;
import dev.pokecheck.cli.run.UsageException;
import dev.pokecheck.cli.screen.Shell;
import dev.pokecheck.corpus.CorpusException;
import dev.pokecheck.corpus.Entry;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.ProtocolBuilder;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

    /** The protocol with a name. */
    public CatalogEntry find(String protocol) {
        if (name == null) {
            return Protocols.find(protocol);
        }
        return new CatalogEntry(protocol, "", "class " + name, "a protocol that is not shipped", definition(name));
    }

    /** The machine of an entry in a file. */
    public Machine machine(Path file, Entry entry) {
        try {
            return EntryRun.machine(entry, find(entry.protocol()));
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

    private static Protocol.Definition definition(String name) {
        int hash = name.indexOf('#');
        Class<?> type = type(hash < 0 ? name : name.substring(0, hash));
        try {
            Object instance = instance(type);
            if (hash >= 0) {
                return recordedBy(type, instance, name.substring(hash + 1));
            }
            if (instance instanceof Protocol.Definition definition) {
                return builder -> guarded(() -> definition.record(builder));
            }
        } catch (LinkageError e) {
            throw new UsageException(
                    OPTION + ": " + name + " needs a class that is not on the class path: " + e.getMessage());
        }
        throw new UsageException(OPTION + ": " + name + " does not implement "
                + Protocol.Definition.class.getName().replace('$', '.') + "; for one of its methods, write " + name
                + "#METHOD");
    }

    private static Class<?> type(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new UsageException(
                    OPTION + ": there is no class " + name
                            + " on the class path; call java -cp pokecheck.jar:CLASSES dev.pokecheck.cli.Main, as -jar takes no other classes");
        }
    }

    private static Object instance(Class<?> type) {
        try {
            Constructor<?> constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor.newInstance();
        } catch (NoSuchMethodException | InstantiationException e) {
            throw new UsageException(OPTION + ": " + type.getName() + " has no constructor without parameters");
        } catch (InvocationTargetException e) {
            throw failed(type.getName(), e.getCause());
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
            throw failed(method.getName(), e.getCause());
        } catch (IllegalAccessException e) {
            throw inaccessible(method, e);
        }
    }

    /** Recording runs code of the user, whose faults are not ours. */
    private static void guarded(Runnable recording) {
        try {
            recording.run();
        } catch (RuntimeException e) {
            throw failed("record", e);
        }
    }

    private static UsageException failed(String what, @Nullable Throwable cause) {
        return new UsageException(OPTION + ": " + what + " failed: " + cause);
    }

    private static IllegalStateException inaccessible(AnnotatedElement what, IllegalAccessException e) {
        return new IllegalStateException(what + " was made accessible and is not", e);
    }
}
