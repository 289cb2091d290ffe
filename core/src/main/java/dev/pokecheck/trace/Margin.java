// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.trace;

import java.util.List;

/** The left margin of a timeline: the numbers of the steps, and behind them, if any row has one, the places in the author's file. */
final class Margin {
    private static final String HEADING = "step";
    private static final String GAP = "  ";

    private final int numbers;
    private final int places;

    Margin(List<Row> rows) {
        numbers = rows.stream().mapToInt(row -> row.number().length()).max().orElse(0);
        places = rows.stream().mapToInt(row -> row.place().length()).max().orElse(0);
    }

    String heading() {
        return places == 0 ? HEADING : padded(HEADING, "");
    }

    String of(Row row) {
        return places == 0 ? row.number() : padded(row.number(), row.place());
    }

    private String padded(String number, String place) {
        String before = " ".repeat(Math.max(0, Math.max(numbers, HEADING.length()) - number.length()));
        return before + number + GAP + place + " ".repeat(places - place.length());
    }
}
