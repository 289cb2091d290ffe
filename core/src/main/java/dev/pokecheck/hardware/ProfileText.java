// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.hardware;

import dev.pokecheck.cpu.IpiSend;
import dev.pokecheck.cpu.Profile;
import dev.pokecheck.cpu.SelfModification;
import dev.pokecheck.hardware.HardwareProfile.Evidence;
import dev.pokecheck.insn.Sync;
import dev.pokecheck.text.FetchModel;
import dev.pokecheck.text.StoreSplit;
import dev.pokecheck.text.fetch.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Reads profiles: lines {@code key: value}, each but name and title with a line {@code source: …} behind it; {@code #} begins a comment.
 */
public final class ProfileText {
    private static final String NAME = "profile";
    private static final String TITLE = "title";
    private static final String SOURCE = "source";
    static final String WINDOW = "window";
    static final String SHAPE = "shape";
    static final String CHUNK = "chunk";
    static final String SPLIT = "split";
    static final String SERIALIZING = "serializing";
    static final String LOCK = "lock-orders-fetch";
    static final String IN_PLACE = "self-modification";
    static final String ALIAS = "alias-modification";
    static final String IPI = "ipi-send";
    static final String SYSCALL = "syscall-drains";
    static final String XMC = "xmc-documented";
    private static final List<String> KEYS =
            List.of(NAME, TITLE, WINDOW, SHAPE, CHUNK, SPLIT, SERIALIZING, LOCK, IN_PLACE, ALIAS, XMC, IPI, SYSCALL);

    private final String file;
    private final List<String> taken;
    private final Map<String, Line> lines = new LinkedHashMap<>();

    private record Line(int number, String value, String source) {}

    private ProfileText(String file, List<String> taken) {
        this.file = file;
        this.taken = taken;
    }

    /**
     * Reads a profile.
     *
     * @param file its name, for complaints
     * @param taken the names of other profiles, which it may not have
     * @throws IllegalArgumentException that names file and line, and what would be right
     */
    public static HardwareProfile parse(String file, String text, List<String> taken) {
        ProfileText reader = new ProfileText(file, taken);
        // Editors of some systems put a byte order mark in front.
        reader.read(text.replaceFirst("^\uFEFF", "").lines().toList());
        return reader.profile();
    }

    private void read(List<String> all) {
        String last = "";
        for (int i = 0; i < all.size(); i++) {
            String line = all.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            if (line.chars().anyMatch(c -> c != '\t' && Character.isISOControl(c))) {
                throw wrong(i + 1, "there is a control character; take it out");
            }
            int colon = line.indexOf(':');
            String key = colon < 0 ? line : line.substring(0, colon).strip();
            String value = colon < 0 ? "" : line.substring(colon + 1).strip();
            if (value.isEmpty()) {
                throw wrong(i + 1, "\"" + cut(line) + "\" is not of the form key: value");
            }
            if (key.equals(SOURCE)) {
                Line of = lines.get(last);
                if (of == null || !of.source.isEmpty()) {
                    throw wrong(i + 1, "a source stands behind the line that it is the source of, once");
                }
                lines.put(last, new Line(of.number, of.value, value));
            } else {
                add(i + 1, key, value);
                last = key;
            }
        }
    }

    private void add(int number, String key, String value) {
        if (!KEYS.contains(key)) {
            throw wrong(number, "there is no key \"" + cut(key) + "\"; the keys are " + String.join(", ", KEYS));
        }
        if (lines.put(key, new Line(number, value, "")) != null) {
            throw wrong(number, "\"" + key + "\" is given twice");
        }
    }

    private static String cut(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }

    private HardwareProfile profile() {
        for (String key : KEYS) {
            if (!lines.containsKey(key)) {
                throw new IllegalArgumentException(file + ": has no line \"" + key + ": …\"");
            }
        }
        if (taken.contains(value(NAME))) {
            throw wrong(NAME, "\"" + value(NAME) + "\" is the name of a shipped profile; give this one another");
        }
        List<Evidence> evidence = new ArrayList<>();
        lines.forEach((key, line) -> {
            boolean needed = !key.equals(NAME) && !key.equals(TITLE);
            if (needed && line.source.isEmpty()) {
                throw wrong(line.number, "\"" + key + "\" has no source; write one in the next line, source: …");
            }
            if (needed) {
                evidence.add(new Evidence(key + ": " + line.value, line.source));
            }
        });
        return new HardwareProfile(
                value(NAME),
                value(TITLE),
                fetch(),
                choice(CHUNK, new Integer[] {1, 8, 16, 32, 64}, Object::toString),
                choice(SPLIT, StoreSplit.values(), StoreSplit::text),
                new Profile(
                        serializing(),
                        yes(LOCK),
                        need(IN_PLACE),
                        need(ALIAS),
                        yes(XMC),
                        choice(IPI, IpiSend.values(), IpiSend::text),
                        yes(SYSCALL)),
                evidence);
    }

    private FetchModel fetch() {
        Window window = choice(WINDOW, Window.values(), Window::text);
        String[] shapes = Stream.of(FetchModel.values())
                .map(model -> model.shape().text())
                .distinct()
                .toArray(String[]::new);
        String shape = choice(SHAPE, shapes, text -> text);
        return Stream.of(FetchModel.values())
                .filter(model ->
                        model.window() == window && model.shape().text().equals(shape))
                .findFirst()
                .orElseThrow(
                        () -> wrong(SHAPE, "there is no model with window " + window.text() + " and shape " + shape));
    }

    private Set<Sync> serializing() {
        EnumSet<Sync> all = EnumSet.noneOf(Sync.class);
        for (String name : value(SERIALIZING).split("[ ,]+", -1)) {
            all.add(choice(SERIALIZING, name, Sync.values(), Sync::text));
        }
        all.remove(Sync.NONE);
        return all;
    }

    private SelfModification need(String key) {
        return choice(key, SelfModification.values(), SelfModification::text);
    }

    private boolean yes(String key) {
        return choice(key, new Boolean[] {true, false}, yes -> yes ? "yes" : "no");
    }

    private String value(String key) {
        return line(key).value;
    }

    private Line line(String key) {
        Line line = lines.get(key);
        if (line == null) {
            throw new IllegalStateException("no " + key);
        }
        return line;
    }

    private <T> T choice(String key, T[] values, Function<T, String> text) {
        return choice(key, value(key), values, text);
    }

    private <T> T choice(String key, String value, T[] values, Function<T, String> text) {
        return Arrays.stream(values)
                .filter(one -> text.apply(one).equals(value))
                .findFirst()
                .orElseThrow(() -> wrong(
                        key,
                        "\"" + cut(value) + "\" is none of "
                                + String.join(
                                        ", ", Arrays.stream(values).map(text).toList())));
    }

    private IllegalArgumentException wrong(String key, String what) {
        return wrong(line(key).number, key + ": " + what);
    }

    private IllegalArgumentException wrong(int number, String what) {
        return new IllegalArgumentException(file + ":" + number + ": " + what);
    }
}
