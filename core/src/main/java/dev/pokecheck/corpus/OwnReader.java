// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.corpus;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Collects the lines of an entry that say where its protocol comes from. Complaints are about the line that is being read. */
final class OwnReader {
    /** Keys that may stand several times. */
    static final List<String> LISTS = List.of(OwnText.DEFINE, OwnText.INCLUDE);

    private final Map<String, List<String>> lists = new LinkedHashMap<>();
    private final Map<String, StringBuilder> texts = new LinkedHashMap<>();
    private StringBuilder present = new StringBuilder();

    /** One more value of a key that may stand several times. */
    void add(String key, String value) {
        lists.computeIfAbsent(key, unused -> new ArrayList<>()).add(value);
    }

    /** A text begins. */
    void begin(String path) {
        present = new StringBuilder();
        if (texts.put(path, present) != null) {
            throw new IllegalArgumentException("the text of \"" + path + "\" stands twice");
        }
    }

    /** A line of the text. */
    void line(String line) {
        String bar = line.strip();
        if (!bar.startsWith(OwnText.BAR)) {
            throw new IllegalArgumentException("a line of a text begins with blanks and \"" + OwnText.BAR + "\"");
        }
        present.append(line, line.indexOf(OwnText.BAR) + 1, line.length()).append('\n');
    }

    /** Whether a text has begun. */
    boolean isInText() {
        return !texts.isEmpty();
    }

    /** What they say together with the two lines that stand once. */
    Optional<Own> own(Optional<String> type, Optional<String> source) {
        if (source.isEmpty()) {
            if (!lists.isEmpty() || isInText()) {
                throw new IllegalArgumentException(
                        "there is no line \"source: …\", which says of which C file the other lines speak");
            }
            return type.map(OwnClass::parse);
        }
        if (type.isPresent()) {
            throw new IllegalArgumentException("a protocol comes from a class or from a C file; take one line out");
        }
        OwnSource own = new OwnSource(source.get(), list(OwnText.DEFINE), list(OwnText.INCLUDE), texts());
        if (isInText() && !own.texts().get(0).path().equals(own.name())) {
            throw new IllegalArgumentException(
                    "the first text must be that of \"" + own.name() + "\", which is the source");
        }
        return Optional.of(own);
    }

    private List<String> list(String key) {
        return lists.getOrDefault(key, List.of());
    }

    private List<OwnSource.Text> texts() {
        List<OwnSource.Text> all = new ArrayList<>();
        texts.forEach((path, text) -> all.add(new OwnSource.Text(path, text.toString())));
        return all;
    }
}
