// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.option;

import dev.pokecheck.cli.screen.Console;
import dev.pokecheck.cli.screen.ProgressLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** How much a command tells on its way. */
@About(Subject.OUTPUT)
public final class Quiet {
    @Option(
            names = "--quiet",
            description = "Print the result only, and tell on the standard error nothing but what goes wrong.")
    private boolean quiet;

    /** Whether the result alone is to be printed. */
    public boolean isQuiet() {
        return quiet;
    }

    /** Where a command tells how far it is. */
    public ProgressLine progress(CommandSpec command) {
        return Console.of(command).progress(quiet);
    }
}
