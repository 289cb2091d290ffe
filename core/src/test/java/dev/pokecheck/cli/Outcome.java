// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/** One run of the program in this process. */
public record Outcome(int code, String out, String err) {

    public static Outcome of(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.run(new PrintWriter(out), new PrintWriter(err), args);
        return new Outcome(code, out.toString(), err.toString());
    }

    /** A command line whose words contain no blanks. */
    public static Outcome of(String line) {
        return of(line.split(" ", -1));
    }

    public List<String> lines() {
        return out.lines().toList();
    }

    public String lastLine() {
        return lines().get(lines().size() - 1);
    }
}
