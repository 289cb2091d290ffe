// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.text.fetch;

import java.util.List;

/** All chunks as they were at one common time: a stale decoded instruction. */
public final class StaleInsn extends Shape {
    /** The shape. */
    public static final Shape SHAPE = new StaleInsn();

    private StaleInsn() {}

    @Override
    public String text() {
        return "insn";
    }

    @Override
    public String assumption() {
        return "an instruction may be stale but is never a mixture of two times (micro-op cache)";
    }

    @Override
    List<Shape> includes() {
        return List.of();
    }

    @Override
    public int earliest(int since, int first) {
        return Math.max(since, first);
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
        signature.addContents(contents);
    }

    @Override
    public long signatures(long contents, long[] chunks) {
        return sets(contents);
    }

    @Override
    public void narrow(Sighting seen) {
        seen.takeTogether();
    }
}
