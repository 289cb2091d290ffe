// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source;

import dev.pokecheck.source.token.Place;
import dev.pokecheck.source.token.SourceException;
import dev.pokecheck.source.token.SourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The comments before the first line of code, where a file says what it is.
 *
 * <p>A line {@code key: value} whose key is of lower-case words, behind the star if there is one, is an item; lines indented by two columns more than the key go on with its
 * value. All else is prose, which means nothing here. Which keys there are is for the reader of the items to say.
 */
public final class CommentItems {
    /** Behind the star, and without blanks around it. */
    private static final Pattern LINE = Pattern.compile("\\s*(?:\\*(?!/))?\\s*(.*?)\\s*");

    private static final Pattern ITEM = Pattern.compile("([a-z]+(?: [a-z]+)*):(?:\\s+(.*))?");
    /** No column: the line before is of no item. */
    private static final int PROSE = -1;

    private CommentItems() {}

    /**
     * An item.
     *
     * @param key what it is of
     * @param value what it says, on one line
     * @param place where its key stands
     */
    public record Item(String key, String value, Place place) {
        /** A complaint about it. */
        public SourceException wrong(String what, String remedy) {
            return new SourceException(place, what, remedy);
        }
    }

    /** The items, in their order. */
    public static List<Item> of(SourceText file) {
        List<Item> items = new ArrayList<>();
        int column = PROSE;
        for (Comments lines = new Comments(file.text()); lines.next() && lines.isBlock(); ) {
            if (lines.isFirst()) {
                column = PROSE;
            }
            Matcher line = LINE.matcher(file.text()).region(lines.from(), lines.to());
            if (line.matches()) {
                column = read(line.group(1), file.place(line.start(1)), column, items);
            }
        }
        return items;
    }

    /** Reads a line; returns the column of the item that may go on in the next. */
    private static int read(String line, Place place, int column, List<Item> items) {
        if (column != PROSE && !line.isEmpty() && place.column() >= column + 2) {
            Item last = items.remove(items.size() - 1);
            items.add(new Item(last.key(), (last.value() + " " + line).strip(), last.place()));
            return column;
        }
        Matcher item = ITEM.matcher(line);
        if (!item.matches()) {
            return PROSE;
        }
        items.add(new Item(item.group(1), item.group(2) == null ? "" : item.group(2), place));
        return place.column();
    }
}
