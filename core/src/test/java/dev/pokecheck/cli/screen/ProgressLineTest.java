// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.screen;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pokecheck.cli.Outcome;
import dev.pokecheck.cli.run.ExitCode;
import dev.pokecheck.explore.search.ProgressListener;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every byte that is written, with a clock that stands still until it is set. */
class ProgressLineTest {
    private static final long MILLISECOND = 1_000_000;
    private static final String CLEAR = "\r\u001b[K";

    private final StringWriter err = new StringWriter();
    private long now = 77;

    private ProgressLine progress(Screen screen) {
        return new ProgressLine(new PrintWriter(err), screen, () -> now, () -> 612L << 20, 3012L << 20);
    }

    private static Screen terminal(int width) {
        return new Screen(true, true, true, width);
    }

    private String after(long milliseconds, Runnable telling) {
        now += milliseconds * MILLISECOND;
        int before = err.getBuffer().length();
        telling.run();
        return err.toString().substring(before);
    }

    @Test
    void aTerminalShowsOneLineThatIsWrittenOver() {
        ProgressLine progress = progress(terminal(80));
        ProgressListener search = progress.search("");
        assertEquals("", after(0, () -> search.progress(1000, 0, 0, 0)));
        assertEquals("", after(499, () -> search.progress(2000, 0, 0, 0)));
        assertEquals(
                CLEAR + "0:00  3.00k states (4.00k/s)  310 waiting  depth 7  612 of 3012 MiB",
                after(1, () -> search.progress(3000, 9000, 310, 7)));
        assertEquals("", after(249, () -> search.progress(4000, 0, 0, 0)));
        assertEquals(
                CLEAR + "0:00  12.3M states (16.4M/s)  99 waiting  depth 8  612 of 3012 MiB",
                after(1, () -> search.progress(12_345_678, 0, 99, 8)));
        assertEquals(
                CLEAR + "1:02:03  987M states (265k/s)  0 waiting  depth 41  612 of 3012 MiB",
                after(3_722_999, () -> search.progress(987_654_321, 0, 0, 41)));
        assertEquals(CLEAR, after(0, progress::clear));
        assertEquals("", after(0, progress::clear));
        assertEquals("", after(0, () -> progress.note("checkpoint 1")));
        assertEquals("checkpoints: 1\n", after(0, () -> progress.tellAtEnd("checkpoints: 1")));
    }

    @Test
    void whatIsOverSoonLeavesNoTrace() {
        for (Screen screen : new Screen[] {terminal(80), Screen.NONE}) {
            ProgressLine progress = progress(screen);
            assertEquals("", after(0, () -> progress.search("").progress(1, 1, 1, 1)));
            assertEquals("", after(499, () -> progress.search("").progress(1, 1, 1, 1)));
            assertEquals("", after(0, progress::clear));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "69 | 0:10  1.20M states (120k/s)  310k waiting  depth 41  612 of 3012 MiB",
                "68 | 0:10  1.20M states (120k/s)  310k waiting  depth 41",
                "40 | 0:10  1.20M states (120k/s)",
                "33 | 0:10  1.20M states (120k/s)",
                "20 | 0:10",
            })
    void aLineIsNoWiderThanTheTerminal(int width, String line) {
        ProgressListener search = progress(terminal(width)).search("");
        search.progress(0, 0, 0, 0);
        String written = after(10_000, () -> search.progress(1_200_000, 0, 310_000, 41));
        assertEquals(CLEAR + line, written);
        assertEquals(true, written.length() - CLEAR.length() < width);
    }

    @Test
    void elsewhereLinesComeAtGrowingIntervals() {
        ProgressListener search = progress(Screen.NONE).search("");
        StringBuilder seconds = new StringBuilder();
        for (int tenths = 0; tenths < 3000; tenths++) {
            int tenth = tenths;
            if (!after(tenths == 0 ? 0 : 100, () -> search.progress(tenth, 0, 0, 0))
                    .isEmpty()) {
                seconds.append(tenths / 10.0).append(' ');
            }
        }
        assertEquals("1.0 3.0 7.0 15.0 31.0 63.0 127.0 191.0 255.0 ", seconds.toString());
        assertEquals(
                "0:01  10 states (10/s)  0 waiting  depth 0  612 of 3012 MiB",
                err.toString().lines().findFirst().orElseThrow());
        assertEquals(-1, err.toString().indexOf('\r'));
        assertEquals(-1, err.toString().indexOf('\u001b'));
    }

    @Test
    void severalSearchesAreCounted() {
        ProgressLine progress = progress(terminal(80));
        progress.expect(40, "searches");
        ProgressListener one = progress.search("naive stale-head");
        one.progress(0, 0, 0, 0);
        progress.partDone();
        assertEquals(
                CLEAR + "0:01  1 of 40 searches  naive stale-head  500 states (500/s)  1 waiting",
                after(1000, () -> one.progress(500, 0, 1, 2)));
        assertEquals(CLEAR + "0:02  2 of 40 searches  612 of 3012 MiB", after(1000, progress::partDone));
        assertEquals(
                CLEAR + "0:02  2 of 40 searches  one of 1.23k states  depth 9  612 of 3012 MiB",
                after(500, () -> progress.searches().progress(1234, 0, 1, 9)));
        assertEquals(
                CLEAR + "0:03  2 of 40 searches  shrinking  612 of 3012 MiB",
                after(1000, () -> progress.tell("shrinking")));
    }

    @Test
    void partsOfAnotherSortAreCountedAnew() {
        ProgressLine progress = progress(terminal(80));
        progress.expect(1, "scenarios");
        progress.partDone();
        progress.expect(9, "mutants");
        assertEquals(CLEAR + "0:01  1 of 9 mutants  612 of 3012 MiB", after(1000, progress::partDone));
    }

    @Test
    void theEndOfAnOnlySearchIsNotTold() {
        ProgressLine progress = progress(terminal(80));
        assertEquals("", after(5000, progress::partDone));
    }

    @Test
    void aResumedSearchCountsTheTimeBefore() {
        ProgressLine progress = progress(terminal(80));
        progress.goOnFrom(60_000 * MILLISECOND);
        ProgressListener search = progress.search("");
        search.progress(5_000_000, 0, 0, 0);
        assertEquals(
                CLEAR + "1:02  5.00M states (1.00k/s)  0 waiting  depth 3  612 of 3012 MiB",
                after(2000, () -> search.progress(5_002_000, 0, 0, 3)));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "999, 999",
        "1000, 1.00k",
        "1999, 1.99k",
        "12345, 12.3k",
        "999999, 999k",
        "1000000, 1.00M",
        "2.5e12, 2.50T"
    })
    void numbers(double value, String text) {
        assertEquals(text, ProgressLine.number(value));
    }

    @Test
    void whatATerminalCanDoIsForItsEnvironmentToSay() {
        assertEquals(new Screen(true, true, true, 80), Screen.of(Map.of("TERM", "xterm"), true, true));
        assertEquals(
                new Screen(true, false, true, 100), Screen.of(Map.of("TERM", "xterm", "COLUMNS", "100"), false, true));
        assertEquals(
                new Screen(false, true, false, 80), Screen.of(Map.of("TERM", "xterm", "COLUMNS", "x"), true, false));
        assertEquals(
                new Screen(true, false, false, 80), Screen.of(Map.of("TERM", "xterm", "NO_COLOR", "1"), true, true));
        assertEquals(new Screen(true, true, true, 80), Screen.of(Map.of("TERM", "xterm", "NO_COLOR", ""), true, true));
        assertEquals(Screen.NONE, Screen.of(Map.of("TERM", "dumb"), true, true));
        assertEquals(Screen.NONE, Screen.of(Map.of(), true, true));
        assertEquals(Screen.NONE, Screen.of(Map.of("TERM", "xterm", "COLUMNS", "3"), false, false));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HOLDS at level safe; all | 1;32 | HOLDS",
                "VIOLATED: torn after 3 steps | 1;31 | VIOLATED",
                "x.poke: NOT REPRODUCED: holds | 1;31 | NOT REPRODUCED",
                "x.poke: REPRODUCED: violated | 1;32 | REPRODUCED",
                "3 rows: NO VIOLATION WITHIN a bound | 1;33 | NO VIOLATION WITHIN"
            })
    void verdictsHaveColoursOnATerminalOnly(String sentence, String colour, String word) {
        String coloured = sentence.replace(word, "\u001b[" + colour + "m" + word + "\u001b[0m");
        assertEquals(coloured, new Screen(false, true, false, 80).verdict(sentence, false));
        assertEquals(sentence, new Screen(false, true, false, 80).verdict(sentence, true));
        assertEquals(coloured, new Screen(false, false, true, 80).verdict(sentence, true));
        assertEquals(sentence, Screen.NONE.verdict(sentence, false));
    }

    @Test
    void quietTellsNothingOnTheWay() {
        Outcome outcome = Outcome.of("check naive --quiet");
        assertEquals("VIOLATED: torn after 3 steps (bytes of no version were executed).\n", outcome.out());
        assertEquals("", outcome.err());
        assertEquals(ExitCode.VIOLATED.number(), outcome.code());
        Outcome json = Outcome.of("check naive --quiet --json -");
        assertEquals('{', json.out().charAt(0));
        assertEquals(true, json.out().endsWith("}\n"));
        assertEquals("", json.err());
        for (String command :
                new String[] {"levels naive --models coherent", "museum B1", "mutate stop_machine --models stale-chunk"
                }) {
            Outcome plain = Outcome.of(command + (command.startsWith("museum") ? " --no-times" : ""));
            Outcome quiet = Outcome.of(command + (command.startsWith("museum") ? " --no-times" : "") + " --quiet");
            assertEquals(withoutTimes(plain.out()), withoutTimes(quiet.out()));
            assertEquals("", quiet.err());
        }
    }

    private static String withoutTimes(String text) {
        return text.replaceAll("[0-9.]+ seconds", "N seconds");
    }
}
