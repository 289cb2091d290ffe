// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ColumnTest {
    private static List<String> fold(int width, String prefix, String line, String tail) {
        Column column = new Column();
        column.add(prefix, line, tail);
        return column.fold(width);
    }

    @Test
    void aLineThatFitsIsLeftAlone() {
        assertEquals(List.of("nmi\u2502 x = 1;  0 \u2192 1"), fold(40, "nmi\u2502 ", "x = 1;", "0 \u2192 1"));
    }

    @Test
    void aTailMovesAsAWhole() {
        assertEquals(
                List.of("bp\u2502 x = 1;", "bp\u2502     0 \u2192 1"), fold(14, "bp\u2502 ", "x = 1;", "0 \u2192 1"));
    }

    @Test
    void aLineIsFoldedAtASpaceOrBehindAParenthesis() {
        assertEquals(List.of("one two", "    three"), fold(9, "", "one two three", ""));
        assertEquals(List.of("READ_ONCE(", "    bp_desc);"), fold(14, "", "READ_ONCE(bp_desc);", ""));
    }

    @Test
    void aWordWithoutASpaceIsCut() {
        assertEquals(List.of("abcdef", "    gh", "    ij"), fold(6, "", "abcdefghij", ""));
    }
}
