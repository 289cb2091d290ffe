// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/**
 * The memory of a union: of the scalars that the file uses, the largest are cells, and any other lies in one of them, as a whole or as some of its bytes. Among scalars of one
 * size a pointer is the cell, then one that is no element of an array, then the first.
 */
final class UnionCells {
    private static final int NONE = -1;

    private final List<Part> cells = new ArrayList<>();
    /** For each byte the number in {@link #cells} of the cell that it belongs to. */
    private final int[] owners;

    /**
     * The cells of a union.
     *
     * @param parts all its scalars
     * @param used the numbers of those that the file uses
     */
    UnionCells(List<Part> parts, SortedSet<Integer> used) {
        owners = new int[parts.stream().mapToInt(Part::end).max().orElse(0)];
        Arrays.fill(owners, NONE);
        used.stream()
                .map(parts::get)
                .sorted(Comparator.comparingInt((Part part) -> -part.size())
                        .thenComparing(part -> !part.isPointer())
                        .thenComparing(part -> part.elements() > 1))
                .forEach(this::add);
    }

    private void add(Part part) {
        for (int at = part.offset(); at < part.end(); at++) {
            if (owners[at] != NONE) {
                return;
            }
        }
        Arrays.fill(owners, part.offset(), part.end(), cells.size());
        cells.add(part);
    }

    /** The cells. */
    List<Part> cells() {
        return cells;
    }

    /** The cell in which all bytes from one on lie; empty if there is none. */
    Optional<Part> cell(int from, int size) {
        int owner = from + size <= owners.length ? owners[from] : NONE;
        return owner == NONE || cells.get(owner).end() < from + size ? Optional.empty() : Optional.of(cells.get(owner));
    }
}
