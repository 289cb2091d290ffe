// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.corpus;

import dev.pokecheck.hardware.HardwareProfile;
import dev.pokecheck.hardware.Profiles;
import dev.pokecheck.machine.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads an entry line by line. */
public final class EntryParser {
    private static final String PROTOCOL = "protocol";
    private static final String PROFILE = "profile";
    private static final String SCENARIO = "scenario";
    static final String EXPECT = "expect";
    static final String FINGERPRINT = "fingerprint";
    private static final String SCHEDULE = "schedule";
    private static final List<String> KEYS = List.of(
            PROTOCOL,
            OwnText.CLASS,
            OwnText.SOURCE,
            OwnText.DEFINE,
            OwnText.INCLUDE,
            PROFILE,
            SCENARIO,
            EXPECT,
            FINGERPRINT,
            SCHEDULE);
    private static final Pattern BEGIN_OF_TEXT = Pattern.compile(OwnText.TEXT + " +(.*\\S):\\s*");

    /** The value of a key, and the line it stands in. */
    private record Value(int line, String text) {}

    private final String file;
    private final List<String> comments = new ArrayList<>();
    private final Map<String, Value> values = new TreeMap<>();
    private final List<String> schedule = new ArrayList<>();
    private final List<Integer> stepLines = new ArrayList<>();
    private final OwnReader own = new OwnReader();
    private OptionalInt loop = OptionalInt.empty();
    private int line;

    private EntryParser(String file) {
        this.file = file;
    }

    /**
     * Reads an entry.
     *
     * @param file the name of its file, for complaints
     * @param text the content of the file
     * @throws CorpusException with what is wrong and what would be right
     */
    public static Entry parse(String file, String text) {
        return new EntryParser(file).parse(text);
    }

    /**
     * The lines of the steps of an entry, counted from 1.
     *
     * @param file the name of its file, for complaints
     * @param text the content of the file
     * @throws CorpusException with what is wrong and what would be right
     */
    public static List<Integer> stepLines(String file, String text) {
        EntryParser parser = new EntryParser(file);
        parser.parse(text);
        return List.copyOf(parser.stepLines);
    }

    private Entry parse(String text) {
        // Editors of some systems put a byte order mark in front.
        List<String> lines = text.replaceFirst("^\uFEFF", "").lines().toList();
        if (lines.isEmpty() || !lines.get(0).stripTrailing().equals(Entry.HEADER)) {
            line = 1;
            throw wrong("the first line is \"" + (lines.isEmpty() ? "" : lines.get(0)) + "\"; it must be \""
                    + Entry.HEADER + "\"");
        }
        for (line = 2; line <= lines.size(); line++) {
            line(lines.get(line - 1));
        }
        String protocol = required(PROTOCOL, "naive").text();
        Optional<HardwareProfile> hardware =
                Optional.ofNullable(values.get(PROFILE)).map(value -> read(value, EntryParser::shipped));
        Scenario scenario =
                read(required(SCENARIO, "cpus=2 site0=nop5->jmp32"), value -> ScenarioText.parse(value, hardware));
        Expectation expectation = read(required(EXPECT, "violated torn"), value -> Expectation.parse(value, loop));
        Optional<String> fingerprint =
                Optional.ofNullable(values.get(FINGERPRINT)).map(value -> read(value, Fingerprint::checked));
        checkSchedule(expectation);
        return new Entry(
                comments,
                protocol,
                scenario,
                expectation,
                fingerprint,
                values.containsKey(SCHEDULE) ? Optional.of(schedule) : Optional.empty(),
                own(),
                hardware);
    }

    private Optional<Own> own() {
        Optional<Value> type = Optional.ofNullable(values.get(OwnText.CLASS));
        Optional<Value> source = Optional.ofNullable(values.get(OwnText.SOURCE));
        Value place = source.or(() -> type).orElse(new Value(0, ""));
        return read(place, unused -> own.own(type.map(Value::text), source.map(Value::text)));
    }

    /** Complains of a schedule that does not go with what is expected. */
    private void checkSchedule(Expectation expectation) {
        boolean hasSchedule = values.containsKey(SCHEDULE);
        if (!hasSchedule && expectation instanceof Expectation.Violated) {
            line = 0;
            throw wrong(
                    "there is no schedule; an entry that expects a violation ends with \"schedule:\" and a step a line");
        }
        if (hasSchedule && schedule.isEmpty() && expectation instanceof Expectation.Holds) {
            line = required(SCHEDULE, "").line();
            throw wrong(
                    "the schedule is empty, so that nothing would be tried; leave \"schedule:\" out to have everything searched");
        }
        if (loop.isPresent() && loop.getAsInt() == schedule.size()) {
            line = 0;
            throw wrong("behind \"" + Entry.LOOP + "\" there is no step; it stands before the first step of the loop");
        }
    }

    private void line(String text) {
        if (text.isBlank()) {
            return;
        }
        text.chars()
                .filter(c -> c != '\t' && Character.isISOControl(c))
                .findFirst()
                .ifPresent(c -> {
                    throw wrong(String.format(Locale.ROOT, "there is a control character, U+%04X; take it out", c));
                });
        if (text.startsWith("#")) {
            String comment = text.stripTrailing();
            comments.add(comment.substring(comment.startsWith("# ") ? 2 : 1));
        } else if (Character.isWhitespace(text.charAt(0)) && own.isInText()) {
            take(text, own::line);
        } else if (Character.isWhitespace(text.charAt(0))) {
            step(text.strip());
        } else {
            setting(text);
        }
    }

    private void step(String name) {
        if (!values.containsKey(SCHEDULE)) {
            throw wrong("a step (\"" + name + "\") stands before \"schedule:\"; only steps are indented");
        }
        if (name.equals(Entry.LOOP)) {
            if (loop.isPresent()) {
                throw wrong("\"" + name + "\" stands twice; a schedule ends in one loop");
            }
            loop = OptionalInt.of(schedule.size());
        } else if (!name.startsWith("#")) {
            schedule.add(name);
            stepLines.add(line);
        }
    }

    private void setting(String text) {
        Matcher begin = BEGIN_OF_TEXT.matcher(text);
        if (begin.matches()) {
            take(begin.group(1), own::begin);
            return;
        }
        int colon = text.indexOf(':');
        if (colon < 0 || text.startsWith("cpu")) {
            throw wrong("\"" + text + "\" is not of the form \"key: value\""
                    + (values.containsKey(SCHEDULE) ? "; the steps of a schedule are indented" : ""));
        }
        String key = text.substring(0, colon);
        if (!KEYS.contains(key)) {
            throw wrong(Choice.complaint("key", key, KEYS));
        }
        if (values.containsKey(SCHEDULE) || own.isInText()) {
            throw wrong("\"" + key + "\" stands behind the " + (own.isInText() ? "texts" : "schedule")
                    + ", which must come last");
        }
        String value = text.substring(colon + 1).strip();
        if (value.isEmpty() != key.equals(SCHEDULE)) {
            throw wrong(
                    value.isEmpty()
                            ? "\"" + key + ":\" has no value"
                            : "behind \"schedule:\" the line ends; each step has a line of its own, indented");
        }
        if (OwnReader.LISTS.contains(key)) {
            own.add(key, value);
            return;
        }
        Value before = values.put(key, new Value(line, value));
        if (before != null) {
            throw wrong("\"" + key + "\" is given twice, first in line " + before.line);
        }
    }

    private Value required(String key, String example) {
        Value value = values.get(key);
        if (value == null) {
            line = 0;
            throw wrong("there is no line \"" + key + ": …\"; write, for instance, \"" + key + ": " + example + "\"");
        }
        return value;
    }

    private void take(String part, Consumer<String> taker) {
        read(new Value(line, part), it -> {
            taker.accept(it);
            return it;
        });
    }

    private <T> T read(Value value, Function<String, T> reader) {
        try {
            return reader.apply(value.text());
        } catch (IllegalArgumentException e) {
            line = value.line();
            throw wrong(e.getMessage() == null ? "cannot be read" : e.getMessage());
        }
    }

    private static HardwareProfile shipped(String name) {
        return Choice.of(PROFILE, name, Profiles.shipped().toArray(HardwareProfile[]::new), HardwareProfile::name);
    }

    private CorpusException wrong(String problem) {
        return new CorpusException(file, line, problem);
    }
}
