// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.preprocess;

import dev.pokecheck.source.token.SourceText;
import java.util.Optional;

/** Where headers come from. */
@FunctionalInterface
public interface Includes {
    /**
     * A header.
     *
     * @param name as it is written in the directive
     * @param quoted whether it is written in quotes, so that it is looked for beside the file that names it first
     * @param from the file that names it
     * @return empty if there is none
     */
    Optional<SourceText> find(String name, boolean quoted, SourceText from);
}
