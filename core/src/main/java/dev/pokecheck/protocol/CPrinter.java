// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.protocol;

import java.util.List;

/**
 * Gives the C-like form of a recorded protocol back, to be read beside its source. The label of each step stands in the left
 * margin.
 */
public final class CPrinter {
    private CPrinter() {}

    /** The whole protocol. */
    public static String print(Protocol protocol) {
        List<CListing.Line> lines = CListing.of(protocol);
        int margin =
                1 + lines.stream().mapToInt(line -> line.label().length()).max().orElse(0);
        StringBuilder out = new StringBuilder();
        for (CListing.Line line : lines) {
            String label = line.label() + " ".repeat(margin - line.label().length());
            out.append((label + "| " + "    ".repeat(line.depth()) + line.text()).stripTrailing())
                    .append('\n');
        }
        return out.toString();
    }
}
