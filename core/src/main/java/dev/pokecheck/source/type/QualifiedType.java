// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.type;

/**
 * A type with qualifiers that mean something here; {@code const} and {@code restrict} do not.
 *
 * @param plain the type without them
 * @param isVolatile {@inheritDoc}
 * @param isAtomic {@inheritDoc}
 */
public record QualifiedType(CType plain, boolean isVolatile, boolean isAtomic) implements CType {
    @Override
    public int size() {
        return plain.size();
    }

    @Override
    public int alignment() {
        return plain.alignment();
    }

    @Override
    public String text() {
        return (isAtomic ? "_Atomic " : "volatile ") + plain.text();
    }

    /** A type with more qualifiers. */
    public static CType of(CType type, boolean isVolatile, boolean isAtomic) {
        boolean anyVolatile = isVolatile || type.isVolatile();
        boolean anyAtomic = isAtomic || type.isAtomic();
        return anyVolatile || anyAtomic ? new QualifiedType(type.plain(), anyVolatile, anyAtomic) : type;
    }
}
