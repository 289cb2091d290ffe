// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.report;

import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.trace.Trace;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A trace as one HTML file that needs nothing else: a lane for each CPU, the source beside it, the bytes of each site as memory holds them and as
 * each CPU may see them.
 */
public final class HtmlTimeline {
    private HtmlTimeline() {}

    /**
     * What the page says besides the trace.
     *
     * @param title its title
     * @param sentence the verdict, as one sentence
     * @param facts what was checked, on which machine: a name and a text each
     * @param ending what went wrong, in lines of text
     * @param notes what else is known, such as the critical pair of steps
     * @param command how to replay it; empty if it cannot be
     */
    public record About(
            String title,
            String sentence,
            List<List<String>> facts,
            List<String> ending,
            List<String> notes,
            String command) {
        /** Copies the lists. */
        public About {
            facts = List.copyOf(facts);
            ending = List.copyOf(ending);
            notes = List.copyOf(notes);
        }
    }

    /** The page. */
    public static String of(Trace trace, Protocol protocol, About about) {
        Map<String, @Nullable Object> data = new TimelineData(trace, protocol).values();
        data.put("title", about.title());
        data.put("sentence", about.sentence());
        data.put("facts", about.facts());
        data.put("ending", about.ending());
        data.put("notes", about.notes());
        data.put("command", about.command());
        // A script ends at the first "</", wherever it stands.
        String json = Json.write(data).replace("</", "<\\/");
        return Resources.text("timeline.html")
                .replace("/*STYLE*/", Resources.text("timeline.css"))
                .replace("/*SCRIPT*/", Resources.text("timeline.js"))
                .replace("TITLE", Xml.escaped(about.title(), false))
                .replace("/*DATA*/", json);
    }
}
