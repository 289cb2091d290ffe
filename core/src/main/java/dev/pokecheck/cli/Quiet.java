// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** How much a command tells on its way. */
final class Quiet {
    @Option(
            names = "--quiet",
            description = "Print the result only, and tell on the standard error nothing but what goes wrong.")
    private boolean quiet;

    boolean isQuiet() {
        return quiet;
    }

    /** Where a command tells how far it is. */
    Progress progress(CommandSpec command) {
        return Main.of(command).progress(command.commandLine().getErr(), quiet);
    }
}
