// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.text;

import dev.pokecheck.text.fetch.Shape;
import dev.pokecheck.text.fetch.StaleChunk;
import dev.pokecheck.text.fetch.StaleHead;
import dev.pokecheck.text.fetch.StaleInsn;
import dev.pokecheck.text.fetch.StaleTail;
import dev.pokecheck.text.fetch.Window;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a CPU may fetch: how far back it may see ({@link Window}), and how the chunks of one instruction may differ in that ({@link Shape}). Intel SDM
 * vol. 3, "Handling Self- and Cross-Modifying Code", leaves unsynchronised cross-modifying code model-specific; these models span what it can mean. A
 * model allows all that another does whose window lies in its own and whose shape is part of its own, and is listed behind it.
 */
public enum FetchModel {
    /** The present. */
    COHERENT("coherent", Window.NOW, StaleInsn.SHAPE),
    /** A fetch is a load in program order. */
    IN_ORDER_INSN("in-order-insn", Window.IN_ORDER, StaleInsn.SHAPE),
    /** The same, later chunks first. */
    IN_ORDER_TAIL("in-order-tail", Window.IN_ORDER, StaleTail.SHAPE),
    /** The same, first chunk first. */
    IN_ORDER_HEAD("in-order-head", Window.IN_ORDER, StaleHead.SHAPE),
    /** The same, the chunks of an instruction in any order: what was observed on all CPUs that were measured. */
    SPLIT_FETCH("split-fetch", Window.IN_ORDER, StaleChunk.SHAPE),
    /** Fetches are in order among themselves. */
    FETCH_ORDER_INSN("fetch-order-insn", Window.FETCH_ORDER, StaleInsn.SHAPE),
    /** The same, later chunks first. */
    FETCH_ORDER_TAIL("fetch-order-tail", Window.FETCH_ORDER, StaleTail.SHAPE),
    /** The same, first chunk first. */
    FETCH_ORDER_HEAD("fetch-order-head", Window.FETCH_ORDER, StaleHead.SHAPE),
    /** The same, the chunks of an instruction in any order. */
    FETCH_ORDER_CHUNK("fetch-order-chunk", Window.FETCH_ORDER, StaleChunk.SHAPE),
    /** A stale decoded instruction. */
    STALE_INSN("stale-insn", Window.SERIALIZED, StaleInsn.SHAPE),
    /** Later bytes were prefetched early. */
    STALE_TAIL("stale-tail", Window.SERIALIZED, StaleTail.SHAPE),
    /** The first bytes were held longer. */
    STALE_HEAD("stale-head", Window.SERIALIZED, StaleHead.SHAPE),
    /** The architectural worst case. */
    STALE_CHUNK("stale-chunk", Window.SERIALIZED, StaleChunk.SHAPE),
    /** A broken CPU or emulator. */
    INCOHERENT("incoherent", Window.FOREVER, StaleChunk.SHAPE);

    private final String text;
    private final Window window;

    @SuppressWarnings("ImmutableEnumChecker") // a shape has no state
    private final Shape shape;

    FetchModel(String text, Window window, Shape shape) {
        this.text = text;
        this.window = window;
        this.shape = shape;
    }

    /** How far back a fetch may see. */
    public Window window() {
        return window;
    }

    /** How the chunks of one instruction may differ in that. */
    public Shape shape() {
        return shape;
    }

    /** Its name in scenarios and on the command line. */
    public String text() {
        return text;
    }

    /** What it assumes, as a run prints it. */
    public String assumption() {
        return window.reachesBack() && !window.isControl()
                ? window.assumption() + "; " + shape.assumption()
                : window.assumption();
    }

    /** Whether a fetch can see anything but memory as it is now. */
    public boolean canBeStale() {
        return window.reachesBack();
    }

    /** Whether no real CPU does this, so that nothing is claimed about it and it is compared with others only on request. */
    public boolean isControl() {
        return window.isControl();
    }

    /** Whether this model allows all that another does. */
    public boolean allows(FetchModel other) {
        return window.contains(other.window) && shape.allows(other.shape);
    }

    /**
     * The models to try instead of this one where a simpler one may do, from the ideal CPU on. Those in which the times of sites and loads depend on
     * each other are not simpler than those in which they do not, though they allow less.
     */
    public List<FetchModel> simpler() {
        return Stream.of(values())
                .filter(model -> model.compareTo(this) < 0 && (window.movesByFetch() || !model.window.movesByFetch()))
                .toList();
    }

    /** The models that are compared with each other unless somebody asks for others: those whose windows the architecture speaks of. */
    public static List<FetchModel> compared() {
        return Stream.of(values())
                .filter(model -> !model.isControl() && !model.window.movesByFetch())
                .toList();
    }
}
