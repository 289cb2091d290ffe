// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.command;

import dev.pokecheck.catalog.Catalog;
import dev.pokecheck.catalog.CatalogEntry;
import dev.pokecheck.cli.run.ExitCode;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists the shipped protocols. */
@Command(name = "list", description = "Lists the shipped protocols.", mixinStandardHelpOptions = true)
public final class ListCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        int width = Catalog.all().stream()
                .mapToInt(entry -> entry.fullName().length())
                .max()
                .orElse(0);
        for (CatalogEntry entry : Catalog.all()) {
            out.println(String.format("%-" + width + "s  %s", entry.fullName(), entry.summary()));
        }
        return ExitCode.HOLDS.number();
    }
}
