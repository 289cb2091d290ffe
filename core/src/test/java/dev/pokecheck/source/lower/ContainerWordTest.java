// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code container_of}: from a member to the struct that has it. */
class ContainerWordTest {
    private static final String TYPES = """
            struct link { struct link *next; };
            struct work { int n; struct { int flags; struct link link; } in; int array[2]; };
            static struct work one = { .n = 1 }, many[2] = { { .n = 2 }, { .n = 3 } };
            static struct link *shared;
            static struct link alone;
            static int pick(struct link *link)
            {
                struct work *w = container_of(link, struct work, in.link);
                return w->n;
            }
            """;

    private static Lowered patcher(String statements) {
        return Lowered.of(1, TYPES + "void pokecheck_patcher(void)\n{\n" + statements + "\n}\n");
    }

    @Test
    void theStructThatHasTheMember() {
        Lowered file = patcher("""
                struct work local = { .n = 4 };

                BUG_ON(pick(&one.in.link) != 1 || pick(&many[1].in.link) != 3 || pick(&local.in.link) != 4);
                BUG_ON(container_of(&many[1].in.flags, struct work, in.flags) != &many[1]);
                container_of(&many[0].in.flags, struct work, in.flags)->n = 5;
                BUG_ON(many[0].n != 5);
                """);
        assertEquals("", file.violated());
    }

    @Test
    void theOneToWhichAPointerInMemoryLeads() {
        Lowered file = patcher("""
                WRITE_ONCE(shared, &one.in.link);
                BUG_ON(pick(READ_ONCE(shared)) != 1);
                WRITE_ONCE(shared, &many[poke_choose(2)].in.link);
                BUG_ON(pick(READ_ONCE(shared)) < 2);
                """);
        assertEquals("", file.violated());
        assertEquals(
                "bug",
                patcher("WRITE_ONCE(shared, NULL); pick(READ_ONCE(shared));").violated());
    }

    @Test
    void anElementOfAMemberIsRefused() {
        assertEquals(
                List.of("13:55: an element of a member that is an array; name a member beside it"),
                patcher("one.n = container_of(&one.array[1], struct work, array[1])->n;")
                        .refusals());
    }

    @Test
    void whatHasNoSuchMemberIsRefused() {
        assertEquals(
                List.of("8:22: this pointer leads to alone, which is no member in.link of struct work; "
                        + "name the member whose address it was"),
                patcher("pick(&alone);").refusals());
        assertEquals(
                List.of("13:1: this pointer leads to one.n, which is no member in.flags of struct work; "
                        + "name the member whose address it was"),
                patcher("container_of(&one.n, struct work, in.flags)->n = 1;").refusals());
        assertEquals(
                List.of("13:1: a member that is an array; name a member beside it"),
                patcher("container_of(&one.array[0], struct work, array)->n = 1;")
                        .refusals());
        assertEquals(
                List.of("13:1: this pointer leads to one.n, which is no member nothing of struct work; "
                        + "name the member whose address it was"),
                patcher("container_of(&one.n, struct work, nothing)->n = 1;").refusals());
    }
}
