// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.report;

import java.util.List;

/**
 * The call of the program that a report is about.
 *
 * @param command the name of the command, as {@code check}
 * @param arguments all arguments, the command among them
 * @param version the version of the program
 * @param exitCode the code that the program ends with
 * @param meaning what the code means
 */
public record Invocation(String command, List<String> arguments, String version, int exitCode, String meaning) {
    /** Copies the list. */
    public Invocation {
        arguments = List.copyOf(arguments);
    }
}
