// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.report;

import dev.pokecheck.property.Property;
import dev.pokecheck.property.Reached;
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
            rules.add(rule(property.text(), property.meaning(), help(property), level(property)));
        }
        rules.add(rule(
                REPLAY,
                "an entry of the corpus no longer does what it expects",
                "The message says whether a step could not be taken, something else went wrong, the protocol has changed, or the"
                        + " timeline is another. Look whether the protocol or the model was changed on purpose; if so, refresh the entry"
                        + " with 'replay --promote', and if it has lost its meaning, make it again with 'check --save'.",
                "error"));
        return rules;
    }

    private static String level(Property property) {
        return property == Property.VACUOUS ? "warning" : "error";
    }

    private static Map<String, @Nullable Object> rule(String id, String meaning, String help, String level) {
        Map<String, @Nullable Object> rule = new LinkedHashMap<>();
        rule.put("id", id);
        rule.put("shortDescription", text(sentence(meaning)));
        rule.put("fullDescription", text(sentence(meaning)));
        rule.put("help", text(help));
        rule.put("defaultConfiguration", Map.of("level", level));
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
        String help = advice(property);
        if (property.isSearched()) {
            help += " It is a violation from level " + property.from().text() + " on.";
        }
        if (!property.sometimes().isEmpty()) {
            help += " A run says something about it only if it met: "
                    + property.sometimes().stream().map(Reached::text).collect(Collectors.joining("; or ")) + ".";
        }
        return help;
    }

    /** Where to look first. */
    private static String advice(Property property) {
        return switch (property) {
            case TORN ->
                "Another CPU may fetch while the bytes are written, and may hold the first bytes longer than the others: look which"
                        + " step wrote the bytes that were run, and what keeps CPUs out of the site until they are all there.";
            case MID_INSTRUCTION ->
                "A thread was interrupted behind the first instruction of a site that then became one instruction: look at what waits"
                        + " for such threads before the bytes change.";
            case STALE ->
                "The patch call returned although a CPU could still run old bytes that it had fetched: look for the serialization"
                        + " of every CPU that must lie between the last store and the return.";
            case BACKWARDS ->
                "One CPU was through with new code, and after that another ran old code: nothing orders the two while the patch call is"
                        + " under way. Many protocols do not promise that; then demand level regular.";
            case GROUP ->
                "One path met the new code of one site and the old code of another: sites that belong together must be out of use"
                        + " together while they change.";
            case UNHANDLED_INT3 ->
                "A CPU hit the breakpoint when its handler did not know the site, or no longer: look at the order of publishing the"
                        + " descriptor and writing the breakpoint, and of removing the one and withdrawing the other.";
            case LOST_CALL ->
                "The breakpoint handler went on behind the site and did neither what the old code does nor what the new code does.";
            case WRONG_TARGET -> "The breakpoint handler went on at an address where no version of the code goes.";
            case CORRUPT_FRAME ->
                "A frame on the stack that somebody returns through was overwritten: by the emulation of a call without a gap, or by an"
                        + " NMI that came in before the frame of the first was used up.";
            case DEADLOCK ->
                "The message and the last lines of the interleaving name who waits for whom, and for what: follow the cycle, and look"
                        + " who wrote last what they wait for.";
            case LIVELOCK ->
                "The last steps can repeat for ever, although nobody is treated unfairly: look what each round undoes that another"
                        + " has done.";
            case BUG ->
                "The protocol checked its own state and found it wrong, or used something that was gone: the last lines of the"
                        + " interleaving say how the value came about.";
            case LOST_PATCH ->
                "Everybody is done, and the text is not what was asked for: look who wrote last, and why.";
            case VACUOUS ->
                "Nothing went wrong, but nothing was tested either: what the scenario promises never happened. Give the scenario"
                        + " what is missing (an executing thread, an NMI with work, another fetch model), or the protocol a use for it.";
        };
    }
}
