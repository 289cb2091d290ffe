// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz;

import dev.pokecheck.machine.Scenario;
import dev.pokecheck.machine.SiteSpec;
import dev.pokecheck.protocol.CPrinter;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.source.CSource;
import dev.pokecheck.source.token.Complaint;
import dev.pokecheck.source.token.SourceException;
import dev.pokecheck.source.token.SourceText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Fuzz target: bytes are the text of a C file. Either it is read, twice to the same protocol; or each complaint names a file, a line and a column that
 * exist, and says something. Nothing else is thrown, and nothing takes long: the fuzzer has a limit of time for each input.
 */
public final class SourceFuzz {
    private static final ByteTarget TARGET = new ByteTarget(Settings.ofSystem(), SourceFuzz::run);
    private static final String FILE = "fuzz.c";
    private static final Scenario SCENARIO =
            Scenario.of(List.of(SiteSpec.parse("nop5->jmp32"), SiteSpec.parse("nop2->jmp8")));

    private SourceFuzz() {}

    /** What a fuzzer calls. */
    public static void fuzzerTestOneInput(byte[] input) {
        TARGET.run(input);
    }

    /** What a fuzzer calls at the end. */
    public static void fuzzerTearDown() {
        TARGET.end();
    }

    private static boolean run(byte[] input) {
        return check(input) && showsCanary(input);
    }

    /** Checks one input; returns whether it is a protocol. */
    static boolean check(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        String listing;
        try {
            listing = listing(text);
        } catch (SourceException e) {
            require(!e.complaints().isEmpty(), "a refusal that says nothing");
            e.complaints().forEach(complaint -> checkComplaint(complaint, text));
            return false;
        }
        require(listing.equals(listing(text)), "the same file is read as two protocols:\n" + listing);
        return true;
    }

    private static String listing(String text) {
        CSource source = new CSource(new SourceText(FILE, text), (name, quoted, from) -> Optional.empty(), List.of());
        return CPrinter.print(Protocol.record(FILE, SCENARIO.setting(), source));
    }

    private static void checkComplaint(Complaint complaint, String text) {
        String message = complaint.message();
        long lines = 1 + text.chars().filter(c -> c == '\n').count();
        int line = complaint.place().line();
        boolean own = message.startsWith(FILE + ":");
        require(own || message.matches("(?s)(pokecheck(/[a-z]+)?\\.h|<[^>]*>).*"), "no file: " + message);
        require(line >= 1 && (!own || line <= lines), "line " + line + " of " + lines + ": " + message);
        require(complaint.place().column() >= 1 && !complaint.what().isBlank(), "it says nothing: " + message);
        require(!complaint.withCaret().isEmpty(), "no caret: " + message);
    }

    /** A reader that takes no notice of assertions. */
    private static boolean showsCanary(byte[] input) {
        return new String(input, StandardCharsets.UTF_8).contains("BUG_ON(");
    }

    private static void require(boolean condition, String problem) {
        if (!condition) {
            throw new AssertionError(problem);
        }
    }
}
