// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.type;

/** A type of C. */
public sealed interface CType
        permits VoidType,
                IntegerType,
                EnumType,
                PointerType,
                ArrayType,
                StructType,
                FunctionType,
                QualifiedType,
                RangedType {
    /** Its size in bytes on x86-64; 0 of what has none. */
    int size();

    /** On what address it must be aligned, in bytes. */
    int alignment();

    /** As a declaration without a name spells it. */
    String text();

    /** The same without qualifiers. */
    default CType plain() {
        return this;
    }

    /** Whether each access is one of its own that a compiler may not touch: {@code volatile}, or {@code _Atomic}. */
    default boolean isVolatile() {
        return false;
    }

    /** Whether it is {@code _Atomic}: its accesses are locked operations, or ordered as those are (C17, 7.17.3). */
    default boolean isAtomic() {
        return false;
    }

    /** Whether it can be added and compared: integers, enumerations, pointers. */
    default boolean isScalar() {
        CType plain = plain();
        return plain instanceof IntegerType || plain instanceof EnumType || plain instanceof PointerType;
    }
}
