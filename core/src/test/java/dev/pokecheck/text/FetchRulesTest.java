// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.text;

import static dev.pokecheck.text.FetchModel.COHERENT;
import static dev.pokecheck.text.FetchModel.FETCH_ORDER_CHUNK;
import static dev.pokecheck.text.FetchModel.FETCH_ORDER_HEAD;
import static dev.pokecheck.text.FetchModel.FETCH_ORDER_INSN;
import static dev.pokecheck.text.FetchModel.INCOHERENT;
import static dev.pokecheck.text.FetchModel.IN_ORDER_HEAD;
import static dev.pokecheck.text.FetchModel.IN_ORDER_INSN;
import static dev.pokecheck.text.FetchModel.IN_ORDER_TAIL;
import static dev.pokecheck.text.FetchModel.SPLIT_FETCH;
import static dev.pokecheck.text.FetchModel.STALE_CHUNK;
import static dev.pokecheck.text.FetchModel.STALE_HEAD;
import static dev.pokecheck.text.FetchModel.STALE_INSN;
import static dev.pokecheck.text.FetchModel.STALE_TAIL;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.text.fetch.Shape;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the facets of a fetch rule have to do with each other, and the place of each rule among the others. */
class FetchRulesTest {
    private static final int NOW = 5;

    @Test
    void theNamesDiffer() {
        Set<String> names = new TreeSet<>();
        for (FetchModel model : FetchModel.values()) {
            assertTrue(names.add(model.text()), model.text());
        }
    }

    @Test
    void eachModelAllowsWhatItIncludes() {
        assertEquals(EnumSet.of(COHERENT), allowedBy(COHERENT));
        assertEquals(EnumSet.of(COHERENT, IN_ORDER_INSN), allowedBy(IN_ORDER_INSN));
        assertEquals(EnumSet.of(COHERENT, IN_ORDER_INSN, IN_ORDER_TAIL), allowedBy(IN_ORDER_TAIL));
        assertEquals(EnumSet.range(COHERENT, SPLIT_FETCH), allowedBy(SPLIT_FETCH));
        assertEquals(EnumSet.of(COHERENT, IN_ORDER_INSN, FETCH_ORDER_INSN), allowedBy(FETCH_ORDER_INSN));
        assertEquals(EnumSet.range(COHERENT, FETCH_ORDER_CHUNK), allowedBy(FETCH_ORDER_CHUNK));
        assertEquals(EnumSet.of(COHERENT, IN_ORDER_INSN, FETCH_ORDER_INSN, STALE_INSN), allowedBy(STALE_INSN));
        assertEquals(
                EnumSet.of(
                        COHERENT,
                        IN_ORDER_INSN,
                        IN_ORDER_HEAD,
                        FETCH_ORDER_INSN,
                        FETCH_ORDER_HEAD,
                        STALE_INSN,
                        STALE_HEAD),
                allowedBy(STALE_HEAD));
        assertEquals(EnumSet.complementOf(EnumSet.of(INCOHERENT)), allowedBy(STALE_CHUNK));
        assertEquals(EnumSet.allOf(FetchModel.class), allowedBy(INCOHERENT));
    }

    private static EnumSet<FetchModel> allowedBy(FetchModel model) {
        EnumSet<FetchModel> allowed = EnumSet.noneOf(FetchModel.class);
        for (FetchModel other : FetchModel.values()) {
            if (model.allows(other)) {
                allowed.add(other);
            }
        }
        return allowed;
    }

    /** Tables have columns in this order, and a smaller scenario is looked for among those before. */
    @ParameterizedTest
    @EnumSource
    void aModelIsListedBehindAllThatItAllows(FetchModel model) {
        for (FetchModel allowed : allowedBy(model)) {
            assertTrue(allowed.compareTo(model) <= 0, () -> model + " before " + allowed);
        }
    }

    @Test
    void noModelIsSimplerThanOneThatKnowsLess() {
        assertEquals(List.of(COHERENT, STALE_INSN, STALE_TAIL), STALE_HEAD.simpler());
        assertEquals(List.of(COHERENT, IN_ORDER_INSN, IN_ORDER_TAIL, IN_ORDER_HEAD), SPLIT_FETCH.simpler());
    }

    @Test
    void theControlAndTheOrderedAreNotComparedUnlessAsked() {
        assertEquals(List.of(COHERENT, STALE_INSN, STALE_TAIL, STALE_HEAD, STALE_CHUNK), FetchModel.compared());
    }

    @ParameterizedTest
    @EnumSource
    void theFirstChunkMattersIfItsTimeNarrowsThatOfAnother(FetchModel model) {
        Shape rule = model.shape();
        boolean depends = false;
        for (int since = 0; since <= NOW; since++) {
            for (int first = 0; first <= NOW; first++) {
                depends |= rule.earliest(since, first) != rule.earliest(since, 0);
                depends |= rule.latest(first, NOW) != rule.latest(0, NOW);
            }
        }
        assertEquals(depends, rule.dependsOnFirst());
    }

    @ParameterizedTest
    @EnumSource
    void laterChunksAreSeenAtATimeThatMayStillBeSeen(FetchModel model) {
        Shape rule = model.shape();
        for (int since = 0; since <= NOW; since++) {
            for (int first = 0; first <= NOW; first++) {
                assertTrue(rule.earliest(since, first) >= since);
                assertTrue(rule.latest(first, NOW) <= NOW);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRuleHasNoNarrowerTimesThanThoseThatItIncludes(FetchModel model) {
        Shape rule = model.shape();
        for (Shape narrow : Stream.of(FetchModel.values())
                .map(FetchModel::shape)
                .filter(rule::allows)
                .toList()) {
            for (int since = 0; since <= NOW; since++) {
                for (int first = 0; first <= NOW; first++) {
                    assertTrue(rule.earliest(since, first) <= narrow.earliest(since, first));
                    assertTrue(rule.latest(first, NOW) >= narrow.latest(first, NOW));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoCanSeeThePastKeepsIt(FetchModel model) {
        long[] after = model.canBeStale() ? new long[] {1, 2, 3} : new long[] {3};
        assertArrayEquals(after, model.window().stored(new long[] {1, 2}, 3));
    }

    @Test
    void asManySignaturesAsThereAreSets() {
        long[] chunks = {2, 3};
        assertEquals(63, STALE_INSN.shape().signatures(6, chunks));
        assertEquals(3 * 7, STALE_CHUNK.shape().signatures(6, chunks));
        assertEquals(Shape.UNCOUNTED, STALE_HEAD.shape().signatures(6, chunks));
        long[] many = {40, 40};
        assertEquals(Shape.UNCOUNTED, STALE_CHUNK.shape().signatures(1600, many));
        assertEquals(Shape.UNCOUNTED, STALE_INSN.shape().signatures(1600, many));
    }

    @Test
    void serializingRefreshesAllButTheControl() {
        for (FetchModel model : FetchModel.values()) {
            assertEquals(model.isControl(), !model.window().endsBySerialization(), model::text);
        }
        assertFalse(STALE_CHUNK.isControl());
    }
}
