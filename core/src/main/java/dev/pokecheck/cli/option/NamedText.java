// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.option;

import dev.pokecheck.cli.run.UsageException;
import dev.pokecheck.corpus.CorpusException;
import dev.pokecheck.corpus.InputBytes;
import java.nio.file.Path;

/** Text in files that options name. */
final class NamedText {
    private NamedText() {}

    /**
     * The text of a file; complaints begin with the option.
     *
     * @param most how many bytes it may have
     * @param remark what to say of one that has more
     */
    static String of(String option, Path file, int most, String remark) {
        try {
            return InputBytes.of(file, most, remark).text();
        } catch (CorpusException e) {
            throw new UsageException(option + ": " + e.getMessage());
        }
    }
}
