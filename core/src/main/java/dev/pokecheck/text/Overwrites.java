// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.text;

/** The answers to what a view becomes when some bits of all its contents get a value: by view, bits and value. */
final class Overwrites {
    private final PairMap masks = new PairMap();
    private final PairMap values = new PairMap();
    private final PairMap answers = new PairMap();

    /** The answer, or -1 if none is kept. */
    int get(int view, long mask, long value) {
        int ofMask = masks.get(0, mask);
        int ofValue = ofMask < 0 ? -1 : values.get(ofMask, value);
        return ofValue < 0 ? -1 : answers.get(ofValue, view);
    }

    /** Keeps an answer, if there is room for it. */
    void put(RoomShare room, int view, long mask, long value, int answer) {
        int ofMask = number(room, masks, 0, mask);
        int ofValue = ofMask < 0 ? -1 : number(room, values, ofMask, value);
        if (ofValue >= 0 && room.take(answers.growth())) {
            answers.put(ofValue, view, answer);
        }
    }

    /** The number of a pair, a new one if it has none; -1 if there is no room for that. */
    private static int number(RoomShare room, PairMap numbers, int first, long second) {
        int known = numbers.get(first, second);
        if (known < 0 && room.take(numbers.growth())) {
            known = numbers.size();
            numbers.put(first, second, known);
        }
        return known;
    }
}
