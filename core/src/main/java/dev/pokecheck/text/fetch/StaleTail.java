// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.text.fetch;

import java.util.List;

/** The first chunk is not older than the later ones: later bytes were prefetched early, as an Intel part was seen to do (see {@link StaleHead}). */
public final class StaleTail extends Shape {
    /** The shape. */
    public static final Shape SHAPE = new StaleTail();

    private StaleTail() {}

    @Override
    public String text() {
        return "tail";
    }

    @Override
    public String assumption() {
        return "later chunks of an instruction may be older than its first (prefetch)";
    }

    @Override
    List<Shape> includes() {
        return List.of(StaleInsn.SHAPE);
    }

    @Override
    public int earliest(int since, int first) {
        return since;
    }

    @Override
    public int latest(int first, int now) {
        return first;
    }

    @Override
    public boolean dependsOnFirst() {
        return true;
    }

    @Override
    void sign(Signature signature, long[] contents) {
        signature.addChunksUntilFirst(contents);
    }

    @Override
    public long signatures(long contents, long[] chunks) {
        return UNCOUNTED;
    }

    @Override
    public void narrow(Sighting seen) {
        seen.takeFirstNotOlder();
    }
}
