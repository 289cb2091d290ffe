// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.report;

import dev.pokecheck.property.Property;
import dev.pokecheck.property.Reached;
import dev.pokecheck.property.Severity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The properties as rules of SARIF, with a text that helps whoever meets one for the first time; last, what a replay can find. */
final class Rules {
    /** The rule that an entry of the corpus is what it was. */
    static final String REPLAY = "replay";

    private static final List<String> IDS = ids();

    private Rules() {}

    private static List<String> ids() {
        List<String> ids = new ArrayList<>(Property.texts());
        ids.add(REPLAY);
        return List.copyOf(ids);
    }

    /** The place of a rule among all. */
    static int index(String id) {
        return IDS.indexOf(id);
    }

    static List<Map<String, @Nullable Object>> all() {
        List<Map<String, @Nullable Object>> rules = new ArrayList<>();
        for (Property property : Property.values()) {
            rules.add(rule(property.text(), property.meaning(), help(property), property.severity()));
        }
        rules.add(rule(
                REPLAY,
                "an entry of the corpus no longer does what it expects",
                "The message says whether a step could not be taken, something else went wrong, the protocol has changed, or the"
                        + " timeline is another. Look whether the protocol or the model was changed on purpose; if so, refresh the entry"
                        + " with 'replay --promote', and if it has lost its meaning, make it again with 'check --save'.",
                Severity.ERROR));
        return rules;
    }

    private static Map<String, @Nullable Object> rule(String id, String meaning, String help, Severity severity) {
        Map<String, @Nullable Object> rule = new LinkedHashMap<>();
        rule.put("id", id);
        rule.put("shortDescription", text(sentence(meaning)));
        rule.put("fullDescription", text(sentence(meaning)));
        rule.put("help", text(help));
        rule.put("defaultConfiguration", Map.of("level", severity.text()));
        return rule;
    }

    private static Map<String, @Nullable Object> text(String text) {
        Map<String, @Nullable Object> message = new LinkedHashMap<>();
        message.put("text", text);
        return message;
    }

    private static String sentence(String clause) {
        return Character.toUpperCase(clause.charAt(0)) + clause.substring(1) + ".";
    }

    private static String help(Property property) {
        String help = property.advice();
        if (property.isSearched()) {
            help += " It is a violation from level " + property.from().text() + " on.";
        }
        if (!property.sometimes().isEmpty()) {
            help += " A run says something about it only if it met: "
                    + property.sometimes().stream().map(Reached::text).collect(Collectors.joining("; or ")) + ".";
        }
        return help;
    }
}
