// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.option;

import dev.pokecheck.cli.run.UsageException;
import dev.pokecheck.corpus.CFile;
import dev.pokecheck.source.CSource;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a compiler would be told of a C file. */
@About(Subject.PROTOCOL)
public final class CFileOptions {
    private static final String DEFINE = "--define";
    private static final String INCLUDE = "--include";
    private static final String PLAIN = "--plain";

    /** A macro, perhaps with parameters. */
    private static final Pattern DEFINITION = Pattern.compile("[A-Za-z_$][\\w$]*(\\([^()]*\\))?(=.*)?");

    @Option(
            names = {"-D", DEFINE},
            paramLabel = "NAME[=VALUE]",
            description = "Define a macro for a C file, as compilers do; alone it is 1. Can be repeated.")
    private @Nullable List<String> definitions;

    @Option(
            names = {"-I", INCLUDE},
            paramLabel = "DIR",
            description = "Look for headers of a C file here, too, after its own folder. Can be repeated.")
    private @Nullable List<Path> folders;

    @Option(
            names = PLAIN,
            paramLabel = "HOW",
            description =
                    "Plain accesses of a C file: as they are written (source, the default), or repeated, merged and moved as"
                            + " compilers may (compiler). The latter is -D " + CSource.CHANGED + ".")
    private @Nullable String plain;

    /** A file as it would be compiled. */
    public CFile open(String name) {
        return CFile.open(path(name), definitions(), folders());
    }

    /** The options by which a file is opened as this one was. */
    static List<String> arguments(CFile file) {
        List<String> all = new ArrayList<>();
        file.definitions().forEach(it -> all.addAll(List.of("-D", it)));
        file.folders().forEach(it -> all.addAll(List.of("-I", it.toString())));
        return all;
    }

    static Path path(String name) {
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            throw new UsageException("\"" + name + "\" is no name of a file: " + e.getReason());
        }
    }

    /** Complains if any was given for what is no C file. */
    public void refuse(String why) {
        if (definitions != null || folders != null || plain != null) {
            String first = definitions != null ? "-D" : folders != null ? "-I" : PLAIN;
            throw new UsageException(first + " is for C files, and " + why);
        }
    }

    private List<String> definitions() {
        List<String> all = definitions == null ? List.of() : definitions;
        for (String definition : all) {
            if (!DEFINITION.matcher(definition).matches()) {
                throw new UsageException("-D: \"" + definition + "\" is not of the form NAME or NAME=VALUE");
            }
        }
        return withPlain(all);
    }

    private List<String> withPlain(List<String> all) {
        if (plain == null || plain.equals("source")) {
            return all;
        }
        if (!plain.equals("compiler")) {
            throw new UsageException(PLAIN + ": \"" + plain + "\" is neither source nor compiler");
        }
        List<String> more = new ArrayList<>(all);
        more.add(CSource.CHANGED);
        return more;
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
}
