// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class SourceWordsTest {
    /** libFuzzer takes words of at most 64 bytes, and ends where it cannot read a line. */
    @Test
    void wordsAreOnesThatTheFuzzerReads() {
        List<String> words = SourceWords.dictionary();
        assertTrue(words.containsAll(
                List.of("\"kfree\"", "\"#include <pokecheck.h>\\x0a\"", "\"\\\\\\x0a\"", "\"while\"")));
        assertEquals(
                List.of(),
                words.stream()
                        .filter(word -> !word.matches("\"(?:[ !#-\\[\\]-~]|\\\\\\\\|\\\\x[0-9a-f]{2}){1,62}\""))
                        .toList());
    }
}
