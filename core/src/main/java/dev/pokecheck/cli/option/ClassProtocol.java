// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.option;

import dev.pokecheck.cli.run.GuardedDefinition;
import dev.pokecheck.cli.run.UsageException;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.ProtocolBuilder;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.UndeclaredThrowableException;
import java.net.URI;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A protocol that a class of the user's records, found by the name of the class. */
final class ClassProtocol {
    static final String OPTION = "--protocol-class";

    private ClassProtocol() {}

    /** The folder or jar that a class is in; empty if nobody says. */
    static Optional<Path> place(String name) {
        CodeSource source = type(name.replaceFirst("#.*$", ""), ClassProtocol.class.getClassLoader())
                .getProtectionDomain()
                .getCodeSource();
        return Optional.ofNullable(source)
                .map(it -> Path.of(URI.create(it.getLocation().toString())));
    }

    /**
     * How it is recorded.
     *
     * @param name the class, or class#method
     */
    static Protocol.Definition definition(String name, ClassLoader loader) {
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
        } catch (LinkageError e) {
            // Its superclass, or its class file, is looked at here already.
            throw new UsageException(OPTION + ": " + name + " " + why(e));
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
