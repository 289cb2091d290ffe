// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.text.fetch;

import java.util.List;

/** Each chunk at a time of its own: the architectural worst case. */
public final class StaleChunk extends Shape {
    /** The shape. */
    public static final Shape SHAPE = new StaleChunk();

    private StaleChunk() {}

    @Override
    public String text() {
        return "chunk";
    }

    @Override
    public String assumption() {
        return "each chunk of an instruction may be seen at a time of its own";
    }

    @Override
    List<Shape> includes() {
        return List.of(StaleTail.SHAPE, StaleHead.SHAPE);
    }

    @Override
    public int earliest(int since, int first) {
        return since;
    }

    @Override
    public int latest(int first, int now) {
        return now;
    }

    @Override
    public boolean dependsOnFirst() {
        return false;
    }

    @Override
    void sign(Signature signature, long[] contents) {
        signature.addChunks(contents);
    }

    @Override
    public long signatures(long contents, long[] chunks) {
        return setsOfEach(chunks);
    }

    @Override
    public void narrow(Sighting seen) {
        seen.takeApart();
    }
}
