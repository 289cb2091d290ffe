// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Local;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.Shared;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Protocols that are large in one way: they run, or are refused before the first state. */
class LimitsTest {
    private static Machine machine(Protocol.Definition definition) {
        return Machine.of(Scenario.of(List.of(SiteSpec.parse("nop5->jmp32"))), "large", definition);
    }

    /** A value that is in hand until all that stands right of it is known. */
    @ParameterizedTest
    @ValueSource(ints = {1, 31, 32, 33, 500})
    void anExpressionMayNestAsDeepAsItLikes(int depth) {
        Protocol.Definition definition = b -> {
            Shared sum = b.shared("sum", 0, 0, 1000);
            b.thread(0, r -> {
                Expr nested = Expr.of(1);
                for (int i = 1; i < depth; i++) {
                    nested = Expr.of(1).plus(nested);
                }
                r.store("store", sum, nested);
            });
        };
        assertEquals(
                Set.of(depth + ""),
                Litmus.sites("nop1->nop1").finals("sum").run(definition).finals());
    }

    /** The distance of two values need not be an {@code int}. */
    @ParameterizedTest
    @CsvSource({
        "-5, 2147483647, 2147483647",
        "-2147483648, 2147483647, 2147483647",
        "-2147483648, 2147483647, -1",
        "-2147483648, 0, 0"
    })
    void aLocalVariableMayHaveAnyRange(int min, int max, int value) {
        Protocol.Definition definition = b -> {
            Shared seen = b.shared("seen", 0, Integer.MIN_VALUE, Integer.MAX_VALUE);
            b.thread(0, r -> {
                Local narrow = r.local("narrow", 0, 5);
                r.load("load", narrow, seen);
            });
            b.thread(1, r -> {
                Local wide = r.local("wide", min, max);
                r.assign(wide, Expr.of(value));
                r.store("store", seen, wide.value());
            });
        };
        Outcomes outcomes = Litmus.sites("nop1->nop1").finals("seen").run(definition);
        assertEquals(Set.of(value + ""), outcomes.finals());
    }

    @Test
    void aStateHoldsSixtyFiveThousandCells() {
        Machine most = machine(b -> b.array("most", 1 << 16, 0, 0, 1));
        most.initial(new long[most.words()]);
        assertEquals(
                "large shares 65537 variables and elements of arrays, and a state holds at most 65536; declare shorter arrays",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> machine(b -> {
                                    b.array("most", 1 << 16, 0, 0, 1);
                                    b.shared("more", 0, 0, 1);
                                }))
                        .getMessage());
        assertThrows(
                IllegalArgumentException.class,
                () -> machine(b -> {
                    b.array("one", Integer.MAX_VALUE, 0, 0, 1);
                    b.array("two", Integer.MAX_VALUE, 0, 0, 1);
                    b.array("three", 2, 0, 0, 1);
                }));
    }

    /** Wider only where there can be more histories than before. */
    @ParameterizedTest
    @CsvSource({"nop5->jmp32, 8", "nop5->jmp32->nop5, 8", "nop1->f4, 2", "nop1->90, 0"})
    void viewsOfShortSitesTakeFewBits(String site, int bits) {
        Scenario scenario = Scenario.of(List.of(SiteSpec.parse(site)));
        Protocol.Definition definition = b -> b.patcher(r -> {
            for (int v = 1; v < b.sites().get(0).versions(); v++) {
                r.textPoke("poke" + v, b.sites().get(0), 0, b.sites().get(0).bytes(v));
            }
        });
        assertEquals(bits, SmallTables.bits(Machine.of(scenario, "poke", definition), 0));
    }
}
