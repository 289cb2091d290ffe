// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.objectfile;

import java.util.List;

/** A section. */
public final class Section {
    private final int number;
    private final String name;
    private final boolean isCode;
    private final byte[] bytes;
    private final List<Relocation> relocations;

    Section(int number, String name, boolean isCode, byte[] bytes, List<Relocation> relocations) {
        this.number = number;
        this.name = name;
        this.isCode = isCode;
        this.bytes = bytes;
        this.relocations = List.copyOf(relocations);
    }

    /** Its number in the file. */
    public int number() {
        return number;
    }

    /** Its name. */
    public String name() {
        return name;
    }

    /** Whether it holds instructions. */
    public boolean isCode() {
        return isCode;
    }

    /** Its contents, not to be changed; none if it has none in the file. */
    public byte[] bytes() {
        return bytes;
    }

    /** What the linker changes in it, by place. */
    public List<Relocation> relocations() {
        return relocations;
    }

    @Override
    public String toString() {
        return name;
    }
}
