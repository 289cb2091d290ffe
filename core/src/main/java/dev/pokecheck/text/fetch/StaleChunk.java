// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.text.fetch;

import java.util.List;

/** Each chunk at a time of its own: the architectural worst case. */
public final class StaleChunk extends FetchRule {
    /** The rule. */
    public static final FetchRule RULE = new StaleChunk();

    private StaleChunk() {}

    @Override
    public String text() {
        return "stale-chunk";
    }

    @Override
    public String assumption() {
        return "each chunk may be as old as the CPU's last serialization (SDM vol. 3, 9.1.3: worst case)";
    }

    @Override
    public List<FetchRule> includes() {
        return List.of(StaleTail.RULE, StaleHead.RULE);
    }

    @Override
    public boolean isControl() {
        return false;
    }

    @Override
    public boolean canBeStale() {
        return true;
    }

    @Override
    public boolean isRefreshedBySerialization() {
        return true;
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
