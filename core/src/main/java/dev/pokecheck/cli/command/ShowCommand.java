// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.command;

import dev.pokecheck.catalog.CatalogEntry;
import dev.pokecheck.cli.option.OwnProtocol;
import dev.pokecheck.cli.option.ScenarioOptions;
import dev.pokecheck.cli.option.SiteOptions;
import dev.pokecheck.cli.print.Head;
import dev.pokecheck.cli.run.ExitCode;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.property.Watch;
import dev.pokecheck.protocol.CPrinter;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints a protocol. */
@Command(
        name = "show",
        description = "Prints a protocol: where it comes from, what it is, and its C-like form.",
        mixinStandardHelpOptions = true)
public final class ShowCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "PROTOCOL", description = "A protocol as 'list' names it: NAME or NAME@VARIANT.")
    @SuppressWarnings("NullAway.Init")
    private String protocol;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private OwnProtocol own;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private SiteOptions sites;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private ScenarioOptions scenario;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        CatalogEntry entry = own.find(protocol);
        Machine machine = sites.scenario(scenario, Watch.ALL).machine(entry, List.of());
        Head.lines(entry, machine, scenario.hardware()).forEach(out::println);
        scenario.hardware().map(Head::measured).orElse(List.of()).forEach(out::println);
        out.println();
        out.print(CPrinter.print(machine.protocol()));
        return ExitCode.HOLDS.number();
    }
}
