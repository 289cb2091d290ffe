// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page in a browser: lanes, stepping, deep links, and that nothing is wider than the window. Skipped where there is no browser. */
class BrowserTest {
    @TempDir
    private Path folder;

    @Test
    void thePagesWork() throws Exception {
        Optional<Path> browser = Chromium.installed();
        assumeTrue(browser.isPresent(), "no chromium on the PATH: the pages were not tried in a browser");
        try (Chromium chromium = new Chromium(browser.get(), folder.resolve("profile"))) {
            for (Pages page : Pages.values()) {
                Path file = folder.resolve(page + ".html");
                Files.writeString(file, page.html());
                for (int width : new int[] {1280, 400}) {
                    for (boolean dark : new boolean[] {false, true}) {
                        chromium.size(width, 900, dark);
                        check(chromium, file, page, width);
                    }
                }
            }
            assertEquals(List.of(), chromium.complaints(), "the console is silent");
        }
    }

    private static void check(Chromium chromium, Path file, Pages page, int width) throws InterruptedException {
        String what = page + " at " + width;
        chromium.open("about:blank");
        chromium.open(file.toUri() + "#step-2");
        assertEquals("step-2", chromium.value("document.querySelector('.row.here').id"), what + ": deep link");
        assertEquals(
                Integer.toString(page.cpus()),
                chromium.value("document.querySelectorAll('.row.top .lane').length"),
                what + ": lanes");
        assertEquals(
                Integer.toString(page.steps()), chromium.value("document.querySelectorAll('.row[id]').length"), what);
        chromium.press("ArrowDown");
        assertEquals("step-3", chromium.value("document.querySelector('.row.here').id"), what + ": next");
        assertEquals("#step-3", chromium.value("location.hash"), what);
        assertEquals("Behind step 3", chromium.value("document.querySelector('#state h2').textContent"), what);
        chromium.press("k");
        assertEquals("step-2", chromium.value("document.querySelector('.row.here').id"), what + ": back");
        chromium.press("End");
        assertEquals("step-" + page.steps(), chromium.value("document.querySelector('.row.here').id"), what);
        assertEquals(
                page == Pages.DEADLOCK ? "true" : "false",
                chromium.value("document.getElementById('graph') !== null"),
                what + ": who waits for whom");
        assertEquals(
                page == Pages.TORN ? "true" : "false",
                chromium.value("document.querySelector('.bytes.torn') !== null"),
                what);
        assertTrue(
                Integer.parseInt(chromium.value("document.documentElement.scrollWidth")) <= width,
                what + ": nothing is wider than the window");
    }
}
