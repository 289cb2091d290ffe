// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.text.fetch;

import java.util.List;

/**
 * The first chunk of an instruction is not newer than the later ones: what is observed on crossing instructions. Chunks, and the times that each may
 * be seen at, are those of the rule {@code chunks} of the package {@code text}.
 */
public final class StaleHead extends FetchRule {
    /** The rule. */
    public static final FetchRule RULE = new StaleHead();

    private StaleHead() {}

    @Override
    public String text() {
        return "stale-head";
    }

    @Override
    public String assumption() {
        return "the first chunk of an instruction may be older than the later ones (split fetch)";
    }

    @Override
    public List<FetchRule> includes() {
        return List.of(StaleInsn.RULE);
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
    public void sign(Signature signature, long[] contents) {
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
