// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.type;

/**
 * A type of which a member has some values only, by {@code __range(min, max)} behind its name.
 *
 * @param type the type
 * @param min the least value
 * @param max the greatest value
 */
public record RangedType(CType type, long min, long max) implements CType {
    @Override
    public int size() {
        return type.size();
    }

    @Override
    public int alignment() {
        return type.alignment();
    }

    @Override
    public String text() {
        return type.text();
    }

    @Override
    public CType plain() {
        return type.plain();
    }

    @Override
    public boolean isVolatile() {
        return type.isVolatile();
    }

    @Override
    public boolean isAtomic() {
        return type.isAtomic();
    }
}
