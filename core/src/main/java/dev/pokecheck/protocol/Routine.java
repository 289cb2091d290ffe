// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.protocol;

import java.util.List;

/**
 * What one kind of context runs.
 *
 * @param name its name in reports
 * @param body its statements
 * @param locals its local variables, by number
 */
public record Routine(String name, List<Stmt> body, List<Local> locals) {
    /** Copies the lists. */
    public Routine {
        body = List.copyOf(body);
        locals = List.copyOf(locals);
    }
}
