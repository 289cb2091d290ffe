// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.trace;

import dev.pokecheck.cpu.ContextKind;
import dev.pokecheck.view.StateView.Context;
import java.util.List;

/** What stands in the column of the CPU that moves. */
final class StepText {
    private static final String INDENT = "  ";

    private StepText() {}

    /** The contexts on the stack, as the prefix of a line: {@code nmi│bp│}; empty for a thread. */
    static String prefix(List<Context> contexts) {
        StringBuilder prefix = new StringBuilder();
        for (Context context : contexts) {
            if (context.kind() != ContextKind.THREAD) {
                prefix.append(context.kind().text()).append('\u2502');
            }
        }
        return prefix.length() == 0 ? "" : prefix + " ";
    }

    /** Adds the lines of a row: the statement, then what came of it. */
    static void add(Row row, Column column) {
        String prefix = prefix(row.first().contexts());
        column.add(prefix, row.source(), row.tail());
        row.first().fetched().ifPresent(code -> fetched(code, prefix, column));
        for (StateChange change : row.text()) {
            column.add(prefix, INDENT + change.what() + " = " + CodeBytes.marked(change.old(), change.now()));
        }
        row.details().forEach(detail -> column.add(prefix, INDENT + detail));
        row.last().incidents().forEach(incident -> column.add(prefix, "*** " + incident.text() + " ***"));
    }

    private static void fetched(FetchedCode code, String prefix, Column column) {
        column.add(
                prefix,
                INDENT + "fetches " + code.bytes() + " (" + code.verdict() + ")",
                code.breakpoint() ? "" : code.disassembly());
        if (code.isStale()) {
            column.add(prefix, INDENT + "memory  " + code.memory());
        }
    }
}
