// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.text.fetch;

import java.util.List;

/** Every chunk as memory is now: an ideal CPU, and the check that a search is not vacuous. */
public final class Coherent extends FetchRule {
    /** The rule. */
    public static final FetchRule RULE = new Coherent();

    private Coherent() {}

    @Override
    public String text() {
        return "coherent";
    }

    @Override
    public String assumption() {
        return "instruction fetch always sees memory as it is now (an ideal CPU)";
    }

    @Override
    public List<FetchRule> includes() {
        return List.of();
    }

    @Override
    public boolean isControl() {
        return false;
    }

    @Override
    public boolean canBeStale() {
        return false;
    }

    @Override
    public boolean isRefreshedBySerialization() {
        return true;
    }

    @Override
    public long[] stored(long[] contents, long content) {
        return new long[] {content};
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
    public void sign(Signature signature, long[] contents) {
        signature.addContents(contents);
    }

    @Override
    public long signatures(long contents, long[] chunks) {
        return contents;
    }

    @Override
    public void narrow(Sighting seen) {
        // There is no past that could be seen.
    }
}
