// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.text.fetch;

import java.util.List;

/** The first chunk is not older than the later ones: later bytes were prefetched early. */
public final class StaleTail extends FetchRule {
    /** The rule. */
    public static final FetchRule RULE = new StaleTail();

    private StaleTail() {}

    @Override
    public String text() {
        return "stale-tail";
    }

    @Override
    public String assumption() {
        return "later chunks of an instruction may be older than its first (prefetch)";
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
    public void sign(Signature signature, long[] contents) {
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
