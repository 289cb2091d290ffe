// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.explore;

import dev.pokecheck.text.FetchModel;
import java.util.List;
import java.util.stream.Stream;

/** The fetch models under which shipped protocols are pinned. */
final class PinnedModels {
    private PinnedModels() {}

    /** Those whose windows fetches do not move: the others lie between them, and {@code FetchLitmusTest} is about them. */
    static List<FetchModel> all() {
        return Stream.of(FetchModel.values())
                .filter(model -> !model.window().movesByFetch())
                .toList();
    }
}
