// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {
    @Test
    void values() {
        assertEquals("null", Json.write(null));
        assertEquals("[true, 1, 2.5, null]", Json.write(Arrays.asList(true, 1L, 2.5, null)));
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("b", List.of());
        map.put("a", Map.of());
        assertEquals("{\"b\": [], \"a\": {}}", Json.write(map));
    }

    @Test
    void stringsAreEscaped() {
        assertEquals("\"a\\\"b\\\\c\\n\\t\\r\\u0001→é\"", Json.write("a\"b\\c\n\t\r\u0001→é"));
        assertEquals("\"\\ud83d\\ude00 \\ud800\"", Json.write("\ud83d\ude00 \ud800"));
    }

    @Test
    void whatIsNoJsonIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Json.write(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> Json.write(new Object()));
    }
}
