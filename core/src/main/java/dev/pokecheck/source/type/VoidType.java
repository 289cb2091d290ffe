// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.type;

/** {@code void}. */
public enum VoidType implements CType {
    /** The one there is. */
    VOID;

    /** {@inheritDoc} 1, as arithmetic on {@code void *} has it with GNU. */
    @Override
    public int size() {
        return 1;
    }

    @Override
    public int alignment() {
        return 1;
    }

    @Override
    public String text() {
        return "void";
    }
}
