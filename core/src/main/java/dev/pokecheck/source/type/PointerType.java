// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.type;

/**
 * A pointer.
 *
 * @param target the type of what it points to
 */
public record PointerType(CType target) implements CType {
    @Override
    public int size() {
        return 8;
    }

    @Override
    public int alignment() {
        return 8;
    }

    @Override
    public String text() {
        return target.plain() instanceof FunctionType function
                ? function.result().text() + " (*)(…)"
                : target.text() + (target instanceof PointerType ? "*" : " *");
    }

    /** Whether it points to code. */
    public boolean isToFunction() {
        return target.plain() instanceof FunctionType;
    }
}
