// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.source.token.Complaint;
import dev.pokecheck.source.token.SourceException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever becomes of a shown file: it is a protocol, or is refused with a place. */
class StepReaderProperties {
    private static final String STRING = "\"(\\\\.|[^\"\\\\\n])*\"";

    /** Tokens and what is between them. */
    private static final Pattern TOKENS = Pattern.compile(STRING + "|\\w+|\\s+|.", Pattern.DOTALL);

    /** The same, but for words and strings all that is between two of them is one: to change only words leaves the grammar as it is. */
    private static final Pattern WORDS = Pattern.compile(STRING + "|\\w+|[^\\w\"]+", Pattern.DOTALL);

    private static final Pattern LINES = Pattern.compile("[^\n]*\n");

    /** Tokens, words or lines behind the directives are taken out, doubled, or change places with others. */
    @Property(tries = 200, seed = "20261134")
    void partsOutOfPlace(@ForAll long seed) {
        Random random = new Random(seed);
        Protocol protocol = RandomProtocol.of(random.nextInt(1000));
        String text = RoundTrip.write(protocol);
        int begin = text.indexOf('\n', text.lastIndexOf("#include"));
        Pattern parts = List.of(TOKENS, WORDS, LINES).get(random.nextInt(3));
        List<String> changed = new ArrayList<>(parts.matcher(text.substring(begin))
                .results()
                .map(MatchResult::group)
                .toList());
        for (int n = random.nextInt(4); n >= 0; n--) {
            int at = random.nextInt(changed.size());
            int other = random.nextInt(changed.size());
            // Words stand at every other place.
            int like = other + (parts == WORDS && (other + at) % 2 != 0 && other + 1 < changed.size() ? 1 : 0);
            switch (random.nextInt(4)) {
                case 0 -> changed.remove(at);
                case 1 -> changed.add(at, changed.get(at));
                case 2 -> changed.set(like, changed.get(at));
                default -> Collections.swap(changed, at, like);
            }
        }
        read(protocol, text.substring(0, begin) + String.join("", changed));
    }

    private static void read(Protocol protocol, String text) {
        try {
            Protocol read = Protocol.record("changed", protocol.setting(), RoundTrip.source(text));
            // What is read can be shown.
            assertEquals(IrText.of(read), IrText.of(again(read)), text);
        } catch (SourceException e) {
            assertFalse(e.complaints().isEmpty(), text);
            e.complaints().forEach(complaint -> hasPlace(complaint, text));
        }
    }

    private static Protocol again(Protocol protocol) {
        return Protocol.record("again", protocol.setting(), RoundTrip.source(RoundTrip.write(protocol)));
    }

    private static void hasPlace(Complaint complaint, String text) {
        assertTrue(complaint.withCaret().lines().count() >= 3, text);
        assertTrue(complaint.message().startsWith("shown.c:"), complaint.message() + "\n" + text);
    }

    /** Names become identifiers, each its own, and back. */
    @Property(tries = 300, seed = "20261135")
    void namesAndIdentifiers(@ForAll List<String> names) {
        List<String> all = new ArrayList<>(names);
        all.addAll(RandomProtocol.NAMES);
        Identifiers scope = new Identifiers(List.of("int", "return", "x__3"));
        TreeSet<String> identifiers = new TreeSet<>();
        for (String name : all) {
            String identifier = scope.of(name);
            assertTrue(identifier.matches("[A-Za-z_]\\w*"), identifier);
            assertTrue(identifiers.add(identifier), identifier);
            assertEquals(name, Identifiers.name(identifier));
        }
    }
}
