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

    /** Whether it has a statement of a kind, at whatever depth. */
    public boolean has(Class<? extends Stmt> kind) {
        return has(body, kind);
    }

    private static boolean has(List<Stmt> body, Class<? extends Stmt> kind) {
        return body.stream()
                .anyMatch(stmt -> kind.isInstance(stmt)
                        || stmt.bodies().stream().anyMatch(inside -> has(inside.statements(), kind)));
    }
}
