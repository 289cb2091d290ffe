// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.screen;

import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;

/** Where a run of the program speaks: what its outputs can do, and the line that says how far it is. */
public final class Console {
    private final Screen screen;
    private final PrintWriter err;
    private ProgressLine progress = ProgressLine.NONE;

    /**
     * The console of a run.
     *
     * @param err where lines can be written over, if the screen can do so
     */
    public Console(Screen screen, PrintWriter err) {
        this.screen = screen;
        this.err = err;
    }

    /** What has a console: the program itself, by which commands are called. */
    @FunctionalInterface
    public interface Owner {
        Console console();
    }

    /** The console of the program that called a command. */
    public static Console of(CommandSpec command) {
        return ((Owner) command.root().userObject()).console();
    }

    /** What its outputs can do. */
    public Screen screen() {
        return screen;
    }

    /** Where a command tells how far it is, from now on. */
    public ProgressLine progress(boolean quiet) {
        progress = quiet ? ProgressLine.NONE : ProgressLine.of(err, screen);
        return progress;
    }

    /** Takes away the line that is written over, before anything else is written. */
    public void clear() {
        progress.clear();
    }
}
