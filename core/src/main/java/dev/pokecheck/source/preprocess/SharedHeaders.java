// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.preprocess;

import dev.pokecheck.source.token.SourceText;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;

/** Headers that come with pokecheck as files have included them, so that the next need not read them again. */
public final class SharedHeaders {
    /** So many are kept: a header for each number of CPUs, sites and versions, say. */
    private static final int MOST = 64;

    private final Deque<IncludedHeader> lately = new ArrayDeque<>();

    /** What a header comes to where such macros are defined; empty if that is not known yet. */
    synchronized Optional<IncludedHeader> find(SourceText header, Map<String, Macro> defined) {
        for (IncludedHeader included : lately) {
            if (included.isFor(header, defined)) {
                return Optional.of(included);
            }
        }
        return Optional.empty();
    }

    synchronized void add(IncludedHeader included) {
        lately.addFirst(included);
        if (lately.size() > MOST) {
            lately.removeLast();
        }
    }
}
