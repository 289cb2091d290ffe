// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.command;

import dev.pokecheck.audit.Audit;
import dev.pokecheck.cli.option.NamedProtocol;
import dev.pokecheck.cli.option.ScenarioOptions;
import dev.pokecheck.cli.option.SiteOptions;
import dev.pokecheck.cli.run.ExitCode;
import dev.pokecheck.cli.run.GivenProtocol;
import dev.pokecheck.cli.run.UsageException;
import dev.pokecheck.objectfile.ObjectFile;
import dev.pokecheck.objectfile.ObjectFileException;
import dev.pokecheck.property.Watch;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compares what a C file says with what a compiler has made of it. */
@Command(
        name = "audit",
        description = {
            "Compares the loads and stores of shared memory of a C file, line by line, with those in an object file that a compiler has made of it (gcc -O2 -g -c): what was dropped, repeated or"
                    + " moved is listed, and so is what could not be matched.",
            "Accesses are named by relocations: what the code reaches through a register cannot be matched. Members of a struct are not told apart. Copies of code, by inlining or unrolling, look repeated.",
            "The exit code is 0 if every access is as in the source, 1 if one was dropped, repeated or moved, 4 if none was and some could not be matched, and 2 if a file cannot be read."
        },
        mixinStandardHelpOptions = true)
public final class AuditCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "FILE.c", description = "A protocol in C.")
    @SuppressWarnings("NullAway.Init")
    private String protocol;

    @Parameters(
            index = "1",
            paramLabel = "FILE.o",
            description = "An object file of ELF, x86-64, with line numbers of DWARF 4 or 5.")
    @SuppressWarnings("NullAway.Init")
    private Path object;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private NamedProtocol named;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private SiteOptions sites;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private ScenarioOptions scenario;

    @Override
    public Integer call() {
        GivenProtocol given = named.find(protocol);
        Audit audit = audit(given);
        PrintWriter out = spec.commandLine().getOut();
        audit.differences().forEach(out::println);
        audit.unmatched().forEach(line -> out.println(line + " (not matched)"));
        out.println(audit.compared() + " accesses of " + protocol + " were looked for in " + object + ": "
                + audit.differences().size() + " differences, "
                + audit.unmatched().size() + " not matched.");
        out.flush();
        return exit(audit).number();
    }

    private Audit audit(GivenProtocol given) {
        try {
            ObjectFile file = ObjectFile.read(Files.readAllBytes(object));
            return Audit.of(
                    sites.scenario(scenario, given.words(), Watch.ALL)
                            .machine(given.entry(), List.of())
                            .protocol(),
                    file);
        } catch (ObjectFileException e) {
            throw new UsageException(object + ": " + e.getMessage());
        } catch (IOException e) {
            throw new UsageException(object + " cannot be read: " + e.getMessage());
        }
    }

    private static ExitCode exit(Audit audit) {
        if (!audit.differences().isEmpty()) {
            return ExitCode.VIOLATED;
        }
        return audit.unmatched().isEmpty() ? ExitCode.HOLDS : ExitCode.INCONCLUSIVE;
    }
}
