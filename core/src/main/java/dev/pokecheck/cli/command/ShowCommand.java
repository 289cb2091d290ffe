// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.command;

import dev.pokecheck.catalog.CatalogEntry;
import dev.pokecheck.cli.option.NamedProtocol;
import dev.pokecheck.cli.option.ScenarioOptions;
import dev.pokecheck.cli.option.SiteOptions;
import dev.pokecheck.cli.print.Head;
import dev.pokecheck.cli.run.ExitCode;
import dev.pokecheck.cli.run.GivenProtocol;
import dev.pokecheck.cli.run.UsageException;
import dev.pokecheck.corpus.Choice;
import dev.pokecheck.corpus.ScenarioText;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.property.Watch;
import dev.pokecheck.source.CWriter;
import dev.pokecheck.source.Headers;
import dev.pokecheck.source.token.SourceText;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints a protocol. */
@Command(
        name = "show",
        description =
                "Prints a protocol as C that reads back: where it comes from, what it leaves out, and each of its statements. check of what is printed gives the same verdict.",
        mixinStandardHelpOptions = true)
public final class ShowCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "PROTOCOL", arity = "0..1", description = NamedProtocol.FORMS)
    private @Nullable String protocol;

    @Option(
            names = "--header",
            paramLabel = "NAME",
            arity = "0..1",
            fallbackValue = "pokecheck.h",
            description =
                    "Print a header that comes with pokecheck, and nothing else: pokecheck.h, pokecheck/steps.h (the words of what is shown), or pokecheck/user.h. Default: pokecheck.h.")
    private @Nullable String header;

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
        PrintWriter out = spec.commandLine().getOut();
        if (header != null) {
            out.print(text(header));
            return ExitCode.HOLDS.number();
        }
        if (protocol == null) {
            throw new ParameterException(spec.commandLine(), "Missing required parameter: 'PROTOCOL'");
        }
        GivenProtocol given = named.find(protocol);
        CatalogEntry entry = given.entry();
        Machine machine = sites.scenario(scenario, given.words(), Watch.ALL).machine(entry, List.of());
        List<String> about = new ArrayList<>(Head.lines(entry, machine, scenario.hardware(), sites.reason(given)));
        about.addAll(Head.notModelled(machine));
        about.addAll(scenario.hardware().map(Head::measured).orElse(List.of()));
        out.print(CWriter.write(machine.protocol(), ScenarioText.print(machine.scenario()), about));
        return ExitCode.HOLDS.number();
    }

    private static String text(String header) {
        return Headers.find(header)
                .map(SourceText::text)
                .orElseThrow(() -> new UsageException("--header: "
                        + Choice.unknown("header", header, Headers.names()).getMessage()));
    }
}
