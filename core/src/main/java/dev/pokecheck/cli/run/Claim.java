// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.run;

import dev.pokecheck.corpus.Choice;
import dev.pokecheck.explore.verdict.Verdict;
import dev.pokecheck.explore.verdict.Violation;
import dev.pokecheck.property.Level;
import dev.pokecheck.property.Property;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a line {@code expect:} of a C file claims. It is what {@code check} shows that is asked for just that: {@code violates P} with {@code --property P}, {@code holds L}
 * with {@code --level L}, {@code holds exactly L} without either, when it looks for the strongest level, and {@code holds} with the options of the line alone.
 *
 * @param options options of a check
 * @param violates the property that some interleaving violates, if that is the claim
 * @param level the level that holds, if one is named
 * @param exactly whether no stronger one does
 */
public record Claim(List<String> options, Optional<Property> violates, Optional<Level> level, boolean exactly) {
    private static final String VIOLATES = "violates";
    private static final String HOLDS = "holds";
    private static final String EXACTLY = "exactly";

    /** A word, or several in quotes. */
    private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");

    /** What the claim itself says. */
    private static final List<String> SAID = List.of("--level", "--property");

    /** Copies the list. */
    public Claim {
        options = List.copyOf(options);
    }

    /**
     * Reads a line.
     *
     * @throws IllegalArgumentException with what is wrong and what would be right
     */
    public static Claim parse(String line) {
        List<String> words = words(line);
        int at = Math.max(words.lastIndexOf(VIOLATES), words.lastIndexOf(HOLDS));
        if (at < 0) {
            throw new IllegalArgumentException("\"" + line + "\" claims nothing; write options of 'check', and then"
                    + " 'violates PROPERTY', 'holds LEVEL', 'holds exactly LEVEL' or 'holds'");
        }
        Claim claim = of(words.subList(0, at), words.get(at), words.subList(at + 1, words.size()));
        if (claim.violates.isPresent() || claim.level.isPresent()) {
            claim.refuseWhatItSays();
        }
        return claim;
    }

    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        for (Matcher word = WORD.matcher(line); word.find(); ) {
            words.add(Stream.of(word.group(1), word.group(2), word.group(3))
                    .filter(it -> it != null)
                    .findFirst()
                    .orElseThrow());
        }
        return words;
    }

    private static Claim of(List<String> options, String verb, List<String> objects) {
        if (verb.equals(VIOLATES)) {
            Property property = property(one(verb, objects, "the name of a property"));
            return new Claim(options, Optional.of(property), Optional.empty(), false);
        }
        if (objects.isEmpty()) {
            return new Claim(options, Optional.empty(), Optional.empty(), false);
        }
        boolean exactly = objects.get(0).equals(EXACTLY);
        List<String> rest = exactly ? objects.subList(1, objects.size()) : objects;
        Level level = Choice.of(
                "level",
                one(exactly ? HOLDS + " " + EXACTLY : HOLDS, rest, "the name of a level"),
                Level.values(),
                Level::text);
        return new Claim(options, Optional.empty(), Optional.of(level), exactly);
    }

    private static Property property(String name) {
        return Choice.of("property", name, Property.searched().toArray(Property[]::new), Property::text);
    }

    private static String one(String verb, List<String> objects, String what) {
        if (objects.size() != 1) {
            throw new IllegalArgumentException("after '" + verb + "' stands " + what + ", and then the line ends");
        }
        return objects.get(0);
    }

    private void refuseWhatItSays() {
        options.stream()
                .filter(option -> SAID.stream().anyMatch(said -> option.equals(said) || option.startsWith(said + "=")))
                .findFirst()
                .ifPresent(option -> {
                    throw new IllegalArgumentException(option.replaceFirst("=.*", "")
                            + " says what must hold, and so does '" + said() + "'; leave one of them out");
                });
    }

    private String said() {
        return violates.map(it -> VIOLATES + " " + it.text())
                .orElseGet(() -> HOLDS
                        + (exactly ? " " + EXACTLY : "")
                        + level.map(it -> " " + it.text()).orElse(""));
    }

    /** The arguments of the check that shows it, after those that name the protocol. */
    public List<String> arguments() {
        List<String> all = new ArrayList<>(options);
        violates.ifPresent(it -> all.addAll(List.of("--property", it.text())));
        level.filter(it -> !exactly).ifPresent(it -> all.addAll(List.of("--level", it.text())));
        return all;
    }

    /** Whether a verdict of that check says so. */
    public boolean isMetBy(Verdict verdict) {
        if (violates.isPresent()) {
            return verdict.kind() == Verdict.Kind.VIOLATED
                    && verdict.violation().map(Violation::property).equals(violates);
        }
        return verdict.kind() == Verdict.Kind.HOLDS
                && (!exactly || verdict.level().equals(level));
    }
}
