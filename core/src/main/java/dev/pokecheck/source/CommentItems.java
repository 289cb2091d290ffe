// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source;

import dev.pokecheck.source.token.Place;
import dev.pokecheck.source.token.SourceException;
import dev.pokecheck.source.token.SourceText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The comments before the first line of code, where a file says what it is.
 *
 * <p>A line {@code key: value}, after the star if there is one, is an item; a key is of one to three words of letters, and {@code http://} is none. If its key is one that the
 * caller knows, capital letters or not, the item goes on in the next lines of the comment that are indented by two columns more than it and do not begin with such a key. All
 * else is prose, which means nothing here. What becomes of items whose key is not known is for the caller to say.
 */
public final class CommentItems {
    /** The number of words in a key is bounded, as matching each takes stack. */
    private static final Pattern LINE =
            Pattern.compile("[\\h*]*(?<key>[A-Za-z]+(?: [A-Za-z]+){0,2}):(?!//)\\h*(?<value>.*)", Pattern.DOTALL);

    /** A line without the blanks and stars at its beginning. */
    private static final Pattern TEXT = Pattern.compile("[\\h*]*(?<text>.*)", Pattern.DOTALL);

    private final SourceText file;
    private final Collection<String> keys;
    private final List<Item> items = new ArrayList<>();
    /** The item that may go on in the next line. */
    private Optional<Item> open = Optional.empty();
    /** What it says up to now. */
    private final StringBuilder value = new StringBuilder();

    /**
     * An item.
     *
     * @param key what it is of, as it is written
     * @param value what it says, on one line, without blanks at its ends
     * @param place where its key stands
     * @param begin where its value begins, or would, if it says nothing on the line of its key
     */
    public record Item(String key, String value, Place place, Place begin) {
        /** A complaint about it. */
        public SourceException wrong(String what, String remedy) {
            return new SourceException(place, what, remedy);
        }

        /** Whether it is of a key. */
        public boolean is(String expected) {
            return key.equalsIgnoreCase(expected);
        }
    }

    private CommentItems(SourceText file, Collection<String> keys) {
        this.file = file;
        this.keys = keys;
    }

    /**
     * The items, in their order.
     *
     * @param keys the keys that the caller knows, in small letters
     */
    public static List<Item> of(SourceText file, Collection<String> keys) {
        CommentItems read = new CommentItems(file, keys);
        for (Comments lines = new Comments(file.text()); lines.next(); ) {
            read.line(lines);
        }
        read.close();
        return read.items;
    }

    private void line(Comments lines) {
        if (lines.isFirst()) {
            close();
        }
        Optional<Item> item = item(lines);
        boolean isKnown = item.isPresent() && keys.contains(item.get().key().toLowerCase(Locale.ROOT));
        if (isKnown || !goesOn(lines)) {
            close();
            item.ifPresent(isKnown ? this::open : items::add);
        }
    }

    private void open(Item item) {
        open = Optional.of(item);
        value.append(item.value());
    }

    /** The item that is open does not go on. */
    private void close() {
        open.ifPresent(item -> items.add(new Item(item.key(), value.toString(), item.place(), item.begin())));
        open = Optional.empty();
        value.setLength(0);
    }

    private Optional<Item> item(Comments lines) {
        Matcher line = LINE.matcher(file.text()).region(lines.from(), lines.to());
        return line.matches()
                ? Optional.of(new Item(
                        line.group("key"),
                        line.group("value").strip(),
                        file.place(line.start("key")),
                        file.place(line.start("value"))))
                : Optional.empty();
    }

    /** Whether an item goes on with a line, which it then does. */
    private boolean goesOn(Comments lines) {
        Matcher line = TEXT.matcher(file.text()).region(lines.from(), lines.to());
        if (open.isEmpty() || !line.matches()) {
            return false;
        }
        String text = line.group("text").strip();
        int column = file.place(line.start("text")).column();
        if (text.isEmpty() || column < open.get().place().column() + 2) {
            return false;
        }
        value.append(value.isEmpty() ? "" : " ").append(text);
        return true;
    }
}
