// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz;

import dev.pokecheck.corpus.CorpusException;
import dev.pokecheck.corpus.Entry;
import dev.pokecheck.corpus.EntryParser;
import java.nio.charset.StandardCharsets;

/**
 * Fuzz target: bytes are the text of a corpus file. Either it is read, and what is printed then is read as the same and printed as the same;
 * or the complaint names the file and a line that exists. Nothing else is thrown.
 */
public final class CorpusFuzz {
    private static final ByteTarget TARGET = new ByteTarget(Settings.ofSystem(), CorpusFuzz::run);

    private static final String FILE = "fuzz.poke";

    private CorpusFuzz() {}

    /** What a fuzzer calls. */
    public static void fuzzerTestOneInput(byte[] input) {
        TARGET.run(input);
    }

    /** What a fuzzer calls at the end. */
    public static void fuzzerTearDown() {
        TARGET.end();
    }

    private static boolean run(byte[] input) {
        check(input);
        return showsCanary(input);
    }

    /** Checks one input. */
    static void check(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        Entry entry;
        try {
            entry = EntryParser.parse(FILE, text);
        } catch (CorpusException e) {
            checkComplaint(e, text);
            return;
        }
        String printed = entry.print();
        Entry again = EntryParser.parse(FILE, printed);
        require(again.equals(entry), "what was printed is read as something else:\n" + printed);
        require(again.print().equals(printed), "what was printed is printed differently:\n" + printed);
    }

    private static void checkComplaint(CorpusException e, String text) {
        String message = String.valueOf(e.getMessage());
        long lines = Math.max(1, text.lines().count());
        require(message.startsWith(FILE + ":"), "the complaint does not name the file: " + message);
        require(e.line() >= 0 && e.line() <= lines, "line " + e.line() + " of " + lines + ": " + message);
        require(message.length() > FILE.length() + 8, "the complaint says nothing: " + message);
    }

    /** A printer that forgets the comments. */
    private static boolean showsCanary(byte[] input) {
        try {
            Entry entry = EntryParser.parse(FILE, new String(input, StandardCharsets.UTF_8));
            String broken = entry.print().replaceAll("(?m)^#.*\n", "");
            return !EntryParser.parse(FILE, broken).equals(entry);
        } catch (CorpusException e) {
            // What cannot be read cannot be printed wrongly.
            return false;
        }
    }

    private static void require(boolean condition, String problem) {
        if (!condition) {
            throw new AssertionError(problem);
        }
    }
}
