// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.text;

import dev.pokecheck.insn.Insn;
import dev.pokecheck.insn.Kind;
import java.util.Arrays;

/** One thing that a fetch can see: the bytes of one instruction, or bytes that are none. */
public final class Fetched {
    private final int id;
    private final int offset;
    private final byte[] bytes;
    private final Insn insn;
    private final int versions;
    private final long mask;
    private final long code;
    private final boolean conditional;
    private final boolean inline;

    Fetched(int id, int offset, byte[] bytes, Insn insn, int versions, long mask, long code) {
        this.id = id;
        this.offset = offset;
        this.bytes = bytes;
        this.insn = insn;
        this.versions = versions;
        this.mask = mask;
        this.code = code;
        conditional = insn.kind().isConditional();
        inline = insn.kind() == Kind.INLINE;
    }

    /** Its number among those of its site. */
    public int id() {
        return id;
    }

    /** Where in the site it was fetched. */
    public int offset() {
        return offset;
    }

    /** A copy of what was seen, only as far as the instruction reaches. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** The number of bytes seen. */
    public int length() {
        return bytes.length;
    }

    /** What the bytes decode to. */
    public Insn insn() {
        return insn;
    }

    /**
     * The versions that have this instruction at this offset, as a set of bits; 0 means torn, or a breakpoint. All, if none has it but one of a site that
     * overlaps this one.
     */
    public int versions() {
        return versions;
    }

    /** The versions of a site that have these bytes as one instruction at an offset, as a set of bits. */
    public int versionsOf(Site of, int at) {
        return of.versionsWith(at, bytes);
    }

    /** Whether the first byte is INT3. */
    public boolean isBreakpoint() {
        return insn.kind() == Kind.INT3;
    }

    /** Whether it is a conditional jump. */
    public boolean isConditional() {
        return conditional;
    }

    /** Whether it belongs to an inlined operation. */
    public boolean isInline() {
        return inline;
    }

    /** Whether memory with this content holds other bytes there than were seen. */
    public boolean differsFrom(long content) {
        return (content & mask) != code;
    }

    /** The offset behind the instruction. */
    public int next() {
        return offset + insn.length();
    }

    /** The bits of a content's code that stand for the bytes seen. */
    long mask() {
        return mask;
    }

    /** What was seen, in those bits. */
    long code() {
        return code;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Fetched f && f.offset == offset && Arrays.equals(f.bytes, bytes);
    }

    @Override
    public int hashCode() {
        return 31 * offset + Arrays.hashCode(bytes);
    }
}
