// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.type;

/**
 * An array.
 *
 * @param element the type of its elements
 * @param length how many; -1 if its declaration leaves it open
 */
public record ArrayType(CType element, int length) implements CType {
    @Override
    public int size() {
        return Math.max(0, length) * element.size();
    }

    @Override
    public int alignment() {
        return element.alignment();
    }

    @Override
    public String text() {
        return element.text() + " [" + (length < 0 ? "" : length) + "]";
    }
}
