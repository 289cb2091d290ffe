// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.screen;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class PlainWriterTest {
    @Test
    void controlCharactersAreShownByTheirNumbers() {
        assertEquals("a\\u001b[31mb\\u000dc\\u0001\\u009b\n", printed(false, "a\u001b[31mb\rc\u0001\u009b\n"));
    }

    @Test
    void endsOfLinesAndTabsPass() {
        assertEquals("a\tb\r\nc\n", printed(false, "a\tb\r\nc\n"));
    }

    @Test
    void theColoursOfAVerdictPassWhereThereAreColours() {
        Screen screen = new Screen(false, true, true, 80);
        String coloured = screen.verdict("\u001b[31m: HOLDS.", false);
        assertEquals("\\u001b[31m: \u001b[1;32mHOLDS\u001b[0m.", printed(true, coloured));
        assertEquals("\\u001b[31m: \\u001b[1;32mHOLDS\\u001b[0m.", printed(false, coloured));
    }

    private static String printed(boolean colours, String text) {
        StringWriter out = new StringWriter();
        PrintWriter writer = new PrintWriter(new PlainWriter(out, colours));
        writer.print(text);
        writer.flush();
        return out.toString();
    }
}
