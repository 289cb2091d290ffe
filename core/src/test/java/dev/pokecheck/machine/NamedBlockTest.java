// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pokecheck.Pins;
import dev.pokecheck.data.DataModel;
import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Local;
import dev.pokecheck.protocol.ProtocolBuilder;
import dev.pokecheck.protocol.Recorder;
import dev.pokecheck.protocol.Shared;
import java.util.Set;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** Where control goes when a block is left by its name. */
class NamedBlockTest {
    private static Set<String> finals(BiConsumer<Recorder, Shared> body) {
        return Litmus.data(DataModel.SC)
                .with(b -> b.cpus(1))
                .run(b -> b.thread(0, r -> body.accept(r, b.shared("r0", 0, 0, 9))))
                .finals();
    }

    @Pins("protocol.block")
    @Test
    void whoLeavesABlockGoesOnBehindIt() {
        assertEquals(Set.of("3"), finals((r, r0) -> {
            r.block("out", () -> {
                r.store("one", r0, Expr.of(1));
                r.leave("out");
                r.store("two", r0, Expr.of(2));
            });
            r.store("three", r0, Expr.of(3));
        }));
        assertEquals(
                Set.of("2"),
                finals((r, r0) -> r.block("outer", () -> {
                    r.block("inner", () -> {
                        r.store("two", r0, Expr.of(2));
                        r.leave("outer");
                    });
                    r.store("three", r0, Expr.of(3));
                })));
    }

    /** {@code for (i = 0; i < 4; i++) { if (i == 1) continue; if (i == 3) break; sum += i; }}. */
    @Pins("protocol.block")
    @Test
    void breakAndContinue() {
        assertEquals(Set.of("2"), finals((r, r0) -> {
            Local i = r.local("i", 0, 4);
            Local sum = r.local("sum", 0, 9);
            r.block(
                    "loop",
                    () -> r.whileTrue(i.value().lt(Expr.of(4)), () -> {
                        r.block("next", () -> {
                            r.ifThen(i.value().eq(1), () -> r.leave("next"));
                            r.ifThen(i.value().eq(3), () -> r.leave("loop"));
                            r.assign(sum, sum.value().plus(i.value()));
                        });
                        r.assign(i, i.value().plus(1));
                    }));
            r.store("sum", r0, sum.value());
        }));
    }

    /** A block of one name in two functions, and one behind the other. */
    @Test
    void aFunctionHasItsOwnBlocks() {
        assertEquals(Set.of("2"), finals((r, r0) -> {
            r.block(
                    "out",
                    () -> r.call("call", "f", () -> {
                        r.block("out", () -> r.leave("out"));
                        r.store("one", r0, Expr.of(1));
                    }));
            r.block("out", () -> r.leave("out"));
            r.store("two", r0, Expr.of(2));
        }));
    }

    private static String refusal(BiConsumer<ProtocolBuilder, Recorder> body) {
        return assertThrows(
                        IllegalArgumentException.class,
                        () -> Litmus.data(DataModel.SC).run(b -> b.thread(0, r -> body.accept(b, r))))
                .getMessage();
    }

    @Test
    void onlyBlocksAroundAStatementOfItsFunctionCanBeLeft() {
        String none = "thread0: there is no block \"out\" around this statement in its function, so it cannot be left";
        assertEquals(none, refusal((b, r) -> r.leave("out")));
        assertEquals(none, refusal((b, r) -> {
            r.block("out", () -> {});
            r.leave("out");
        }));
        assertEquals(none, refusal((b, r) -> r.block("out", () -> r.call("call", "f", () -> r.leave("out")))));
        assertEquals(
                none,
                refusal((b, r) -> r.block(
                        "out", () -> r.stopMachine("stop", () -> r.leave("out"), b.routine("other", o -> {})))));
        assertEquals(
                "thread0: a block \"out\" inside one of that name; give it another, so that leaving it is clear",
                refusal((b, r) -> r.block("out", () -> r.block("out", () -> {}))));
        assertEquals(
                "thread0: a block without a name; nothing could leave it", refusal((b, r) -> r.block("", () -> {})));
    }
}
