// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pokecheck.protocol.ContextStmt;
import dev.pokecheck.protocol.ControlStmt;
import dev.pokecheck.protocol.CpuStmt;
import dev.pokecheck.protocol.DataStmt;
import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.TextStmt;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is read of a shown protocol is that protocol, for random ones of which each kind of statement and expression is a part. */
class RandomRoundTripTest {
    /** The seed of the first. */
    private static final long SEED = 20261133;

    @Test
    void threeHundred() {
        LongStream.range(SEED, SEED + 300).forEach(seed -> RoundTrip.check(RandomProtocol.of(seed)));
    }

    @Tag("full")
    @Test
    void tenThousand() {
        LongStream.range(SEED, SEED + 10_000).forEach(seed -> RoundTrip.check(RandomProtocol.of(seed)));
    }

    /** Whatever is a record in a family of statements, or an expression, is in one of the three hundred, by the name that {@link IrText} gives it. */
    @Test
    void noKindIsMissing() {
        Set<String> kinds = new TreeSet<>();
        Stream.of(ControlStmt.class, DataStmt.class, CpuStmt.class, ContextStmt.class, TextStmt.class, Expr.class)
                .flatMap(family -> Stream.of(family.getDeclaredClasses()))
                .filter(Class::isRecord)
                .forEach(kind -> kinds.add(kind.getSimpleName()));
        Stream.of(Expr.BinaryOp.values(), Expr.UnaryOp.values())
                .flatMap(Stream::of)
                .forEach(op -> kinds.add("op " + op));
        assertEquals(new TreeSet<>(), missing(kinds));
    }

    private static Set<String> missing(Set<String> kinds) {
        Set<String> missing = new TreeSet<>(kinds);
        for (long seed = SEED; seed < SEED + 300 && !missing.isEmpty(); seed++) {
            List<String> lines = IrText.of(RandomProtocol.of(seed)).lines().toList();
            missing.removeIf(kind -> lines.stream().anyMatch(line -> line.endsWith(" " + kind)));
        }
        return missing;
    }
}
