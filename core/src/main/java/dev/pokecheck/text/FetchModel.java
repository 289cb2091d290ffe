// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.text;

import dev.pokecheck.text.fetch.Coherent;
import dev.pokecheck.text.fetch.FetchRule;
import dev.pokecheck.text.fetch.Incoherent;
import dev.pokecheck.text.fetch.StaleChunk;
import dev.pokecheck.text.fetch.StaleHead;
import dev.pokecheck.text.fetch.StaleInsn;
import dev.pokecheck.text.fetch.StaleTail;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which times the chunks of one instruction may be seen at. Intel SDM vol. 3, 9.1.3 leaves unsynchronised cross-modifying code
 * model-specific; these models span what it can mean. Each is one {@link FetchRule}, and is listed behind all that it allows: {@code COHERENT ⊂
 * STALE_INSN ⊂ STALE_TAIL, STALE_HEAD ⊂ STALE_CHUNK ⊂ INCOHERENT}.
 */
public enum FetchModel {
    /** {@link Coherent}. */
    COHERENT(Coherent.RULE),
    /** {@link StaleInsn}. */
    STALE_INSN(StaleInsn.RULE),
    /** {@link StaleTail}. */
    STALE_TAIL(StaleTail.RULE),
    /** {@link StaleHead}. */
    STALE_HEAD(StaleHead.RULE),
    /** {@link StaleChunk}. */
    STALE_CHUNK(StaleChunk.RULE),
    /** {@link Incoherent}. */
    INCOHERENT(Incoherent.RULE);

    @SuppressWarnings("ImmutableEnumChecker") // a rule has no state
    private final FetchRule rule;

    FetchModel(FetchRule rule) {
        this.rule = rule;
    }

    FetchRule rule() {
        return rule;
    }

    /** Its name in scenarios and on the command line. */
    public String text() {
        return rule.text();
    }

    /** What it assumes, as a run prints it. */
    public String assumption() {
        return rule.assumption();
    }

    /** Whether a fetch can see anything but memory as it is now. */
    public boolean canBeStale() {
        return rule.canBeStale();
    }

    /** Whether no real CPU does this, so that nothing is claimed about it and it is compared with others only on request. */
    public boolean isControl() {
        return rule.isControl();
    }

    /** Whether this model allows all that another does. */
    public boolean allows(FetchModel other) {
        return rule.allows(other.rule);
    }

    /** The models to try instead of this one where a simpler one may do, from the ideal CPU on. */
    public List<FetchModel> simpler() {
        return List.of(values()).subList(0, ordinal());
    }

    /** The models that are compared with each other unless somebody asks for others: all but the controls. */
    public static List<FetchModel> compared() {
        return Stream.of(values()).filter(model -> !model.isControl()).toList();
    }
}
