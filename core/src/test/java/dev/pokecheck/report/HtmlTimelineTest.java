// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.catalog.Catalog;
import dev.pokecheck.explore.Check;
import dev.pokecheck.explore.CheckOptions;
import dev.pokecheck.explore.Verdict;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.machine.Scenario;
import dev.pokecheck.machine.SiteSpec;
import dev.pokecheck.protocol.Setting.ThreadWork;
import dev.pokecheck.trace.Trace;
import dev.pokecheck.trace.Tracer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The page of a trace, as far as it can be judged without a browser. */
class HtmlTimelineTest {
    private static String page(String protocol, ThreadWork thread, String notes) {
        Scenario scenario = Scenario.of(List.of(SiteSpec.parse("nop5->jmp32"))).with(b -> b.thread(thread));
        Machine machine =
                new Machine(scenario, Catalog.find(protocol).orElseThrow().record(scenario.setting()));
        Verdict verdict = Check.search(machine, CheckOptions.defaults());
        Trace trace =
                Tracer.run(machine, verdict.violation().orElseThrow().finding().schedule());
        return HtmlTimeline.of(
                trace,
                machine.protocol(),
                new HtmlTimeline.About(
                        protocol,
                        verdict.sentence(),
                        List.of(List.of("scenario", "cpus=2 site0=nop5->jmp32")),
                        List.of("a line"),
                        List.of(notes),
                        "replay x.poke"));
    }

    @Test
    void nothingIsLoadedFromElsewhere() {
        String page = page("naive", ThreadWork.LOOP, "");
        assertFalse(page.contains("http://www.")
                && page.replace("http://www.w3.org/2000/svg", "").contains("http"));
        assertFalse(page.contains("src="));
        assertFalse(page.contains("/*STYLE*/") || page.contains("/*SCRIPT*/") || page.contains("/*DATA*/"));
    }

    @Test
    void noTextEndsTheScriptThatHoldsTheData() {
        String page = page("naive", ThreadWork.LOOP, "</script><b>&");
        assertEquals(2, page.split("</script>", -1).length - 1, "the data and the code");
        assertTrue(page.contains("<\\/script><b>&"));
    }

    @Test
    void thePageIsAFunctionOfItsTrace() {
        assertEquals(page("naive", ThreadWork.LOOP, ""), page("naive", ThreadWork.LOOP, ""));
    }
}
