// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.type;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** An enumeration: its constants are known once its list has been read. */
public final class EnumType implements CType {
    private final String tag;
    private final Map<String, Long> constants = new LinkedHashMap<>();
    private boolean complete;

    /** One with a tag; empty if it has none. */
    public EnumType(String tag) {
        this.tag = tag;
    }

    /** One more constant. */
    public void add(String name, long value) {
        constants.put(name, value);
    }

    /** Its list has been read. */
    public void complete() {
        complete = true;
    }

    /** Whether its list has been read. */
    public boolean isComplete() {
        return complete;
    }

    /** The smallest of its values; 0 of one without any. */
    public long min() {
        return constants.values().stream().mapToLong(value -> value).min().orElse(0);
    }

    /** The largest. */
    public long max() {
        return constants.values().stream().mapToLong(value -> value).max().orElse(0);
    }

    /** The first constant with a value. */
    public Optional<String> nameOf(long value) {
        return constants.entrySet().stream()
                .filter(entry -> entry.getValue() == value)
                .map(Map.Entry::getKey)
                .findFirst();
    }

    @Override
    public int size() {
        return 4;
    }

    @Override
    public int alignment() {
        return 4;
    }

    @Override
    public String text() {
        return tag.isEmpty() ? "enum {…}" : "enum " + tag;
    }
}
