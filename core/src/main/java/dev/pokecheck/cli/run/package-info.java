// SPDX-License-Identifier: Apache-2.0
/**
 * What a command runs: a request, a runner, an outcome. Nothing here knows an option, or how an outcome is printed; a complaint names the place that a request
 * came from ({@link dev.pokecheck.cli.run.UsageException}), and an outcome has an exit code ({@link dev.pokecheck.cli.run.ExitCode}).
 */
@NullMarked
package dev.pokecheck.cli.run;

import org.jspecify.annotations.NullMarked;
