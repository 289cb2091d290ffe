// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import java.io.Serial;

/** What was just found changes how the file is to be read, so that the rest of this reading would be in vain. */
final class ReadAgain extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    ReadAgain() {
        super("", null, false, false);
    }
}
