// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.text.fetch;

import java.util.List;

/** As {@link StaleChunk}, and serialization does not help: a broken CPU or emulator, for controls only. */
public final class Incoherent extends FetchRule {
    /** The rule. */
    public static final FetchRule RULE = new Incoherent();

    private Incoherent() {}

    @Override
    public String text() {
        return "incoherent";
    }

    @Override
    public String assumption() {
        return "a serializing instruction does not refresh instruction fetch (no real CPU; control only)";
    }

    @Override
    public List<FetchRule> includes() {
        return List.of(StaleChunk.RULE);
    }

    @Override
    public boolean isControl() {
        return true;
    }

    @Override
    public boolean canBeStale() {
        return true;
    }

    @Override
    public boolean isRefreshedBySerialization() {
        return false;
    }

    @Override
    public long[] stored(long[] contents, long content) {
        return appended(contents, content);
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
    public void sign(Signature signature, long[] contents) {
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
