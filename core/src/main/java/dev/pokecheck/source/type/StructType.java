// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.type;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A struct or a union; its members are known once its list has been read. */
public final class StructType implements CType {
    private final String tag;
    private final boolean union;
    private final List<Member> members = new ArrayList<>();
    private boolean complete;
    private int size;
    private int alignment = 1;

    /**
     * A member.
     *
     * @param name its name; empty of an anonymous struct or union, whose members are members of the outer one
     * @param type its type
     * @param offset where it begins, in bytes
     */
    public record Member(String name, CType type, int offset) {}

    /** One with a tag; empty if it has none. */
    public StructType(String tag, boolean union) {
        this.tag = tag;
        this.union = union;
    }

    /** One more member, behind the others, or in a union beside them. */
    public void add(String name, CType type) {
        int align = Math.max(1, type.alignment());
        int end = union || members.isEmpty() ? 0 : end(members.get(members.size() - 1));
        Member member = new Member(name, type, roundedUp(end, align));
        members.add(member);
        size = Math.max(size, end(member));
        alignment = Math.max(alignment, align);
    }

    private void pack() {
        size = 0;
        alignment = 1;
        for (int n = 0; n < members.size(); n++) {
            Member member = members.get(n);
            int offset = union || n == 0 ? 0 : end(members.get(n - 1));
            members.set(n, new Member(member.name(), member.type(), offset));
            size = Math.max(size, end(members.get(n)));
        }
    }

    private static int end(Member member) {
        return member.offset() + member.type().size();
    }

    private static int roundedUp(int offset, int align) {
        return (offset + align - 1) / align * align;
    }

    /**
     * Its list has been read.
     *
     * @param isPacked whether its members lie one after the other without anything between
     */
    public void complete(boolean isPacked) {
        if (isPacked) {
            pack();
        }
        complete = true;
        size = roundedUp(size, alignment);
    }

    /** Whether its list has been read. */
    public boolean isComplete() {
        return complete;
    }

    /** Its tag; empty if it has none. */
    public String tag() {
        return tag;
    }

    /** Whether it has no tag. */
    public boolean isAnonymous() {
        return tag.isEmpty();
    }

    /** Whether its members lie at one place. */
    public boolean isUnion() {
        return union;
    }

    /** Its members, in their order. */
    public List<Member> members() {
        return List.copyOf(members);
    }

    /** A member, or one of an anonymous member; its offset is that in this struct. */
    public Optional<Member> member(String name) {
        for (Member member : members) {
            if (member.name().equals(name)) {
                return Optional.of(member);
            }
            if (member.name().isEmpty() && member.type().plain() instanceof StructType inner) {
                Optional<Member> found = inner.member(name);
                if (found.isPresent()) {
                    return found.map(m -> new Member(name, m.type(), member.offset() + m.offset()));
                }
            }
        }
        return Optional.empty();
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public int alignment() {
        return alignment;
    }

    @Override
    public String text() {
        return (union ? "union" : "struct") + (tag.isEmpty() ? " {…}" : " " + tag);
    }
}
