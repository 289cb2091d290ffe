// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.text.fetch;

import java.util.List;

/**
 * The first chunk of an instruction is not newer than the later ones: what an AMD Zen 4 was seen to do with crossing instructions; an Intel part
 * (family 6, model 207) did this and {@link StaleTail}. Chunks, and the times that each may be seen at, are those of the rule {@code chunks} of the
 * package {@code text}.
 */
public final class StaleHead extends Shape {
    /** The shape. */
    public static final Shape SHAPE = new StaleHead();

    private StaleHead() {}

    @Override
    public String text() {
        return "head";
    }

    @Override
    public String assumption() {
        return "the first chunk of an instruction may be older than the later ones (split fetch)";
    }

    @Override
    List<Shape> includes() {
        return List.of(StaleInsn.SHAPE);
    }

    @Override
    public int earliest(int since, int first) {
        return Math.max(since, first);
    }

    @Override
    public int latest(int first, int now) {
        return now;
    }

    @Override
    public boolean dependsOnFirst() {
        return true;
    }

    @Override
    void sign(Signature signature, long[] contents) {
        signature.addChunksFromFirst(contents);
    }

    @Override
    public long signatures(long contents, long[] chunks) {
        return UNCOUNTED;
    }

    @Override
    public void narrow(Sighting seen) {
        seen.takeFirstNotNewer();
    }
}
