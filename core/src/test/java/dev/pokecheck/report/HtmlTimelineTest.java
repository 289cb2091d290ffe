// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The page of a trace, as far as it can be judged without a browser. */
class HtmlTimelineTest {
    @ParameterizedTest
    @EnumSource
    void nothingIsLoadedFromElsewhere(Pages page) {
        String html = page.html();
        assertFalse(html.replace("http://www.w3.org/2000/svg", "").contains("http"), "only the name of a namespace");
        assertFalse(html.contains("src="));
        assertFalse(html.contains("/*STYLE*/") || html.contains("/*SCRIPT*/") || html.contains("/*DATA*/"));
    }

    @ParameterizedTest
    @EnumSource
    void noTextEndsTheScriptThatHoldsTheData(Pages page) {
        String html = page.html("</script><b>&");
        assertEquals(2, html.split("</script>", -1).length - 1, "the data and the code");
        assertTrue(html.contains("<\\/script><b>&"));
    }
}
