// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.protocol;

import dev.pokecheck.text.Site;
import java.util.List;
import java.util.stream.IntStream;

/** Refuses statements that speak of what does not exist, while the line of the author that records them is on the stack. */
final class StatementCheck {
    private final String routine;
    private final boolean interrupts;
    private final List<Local> locals;

    /**
     * @param interrupts whether the routine runs on top of another context
     * @param locals the local variables that the routine has declared so far
     */
    StatementCheck(String routine, boolean interrupts, List<Local> locals) {
        this.routine = routine;
        this.interrupts = interrupts;
        this.locals = locals;
    }

    /**
     * Checks a statement, without those inside it.
     *
     * @throws IllegalArgumentException with the routine, the statement, and what is wrong with it
     */
    void check(Stmt statement) {
        Uses uses = statement.uses();
        uses.assigns().ifPresent(local -> own(statement, local));
        List<Expr> parts = uses.parts();
        for (Expr part : parts) {
            if (part instanceof Expr.LocalValue value) {
                own(statement, value.local());
            }
        }
        if (uses.savedAddress()) {
            below(statement, "changes");
        }
        if (parts.stream().anyMatch(Expr.SavedAddress.class::isInstance)) {
            below(statement, "reads");
        }
        boolean watches = statement instanceof DataStmt.GhostStore || statement instanceof ControlStmt.Ensure;
        if (!watches && parts.stream().anyMatch(Uses::isGhost)) {
            throw refused(
                    statement,
                    "reads a ghost variable, or which CPUs are in handlers or have serialized, which no step of a program sees; only ensure and ghostStore do");
        }
    }

    private void below(Stmt statement, String does) {
        if (!interrupts) {
            throw refused(
                    statement,
                    does
                            + " where the context below goes on, and there is none below a thread; it belongs into a handler");
        }
    }

    /** Checks how many shared variables some expressions read. */
    void accesses(String where, int allowed, Expr... expressions) {
        int found = Uses.of(expressions).sharedReads();
        if (found > allowed) {
            throw new IllegalArgumentException(routine + ": " + where + " reads " + found + " shared variables where "
                    + allowed + " is possible; load the others into locals first");
        }
        if (found < allowed) {
            throw new IllegalArgumentException(
                    routine + ": " + where + " has a label but reads no shared variable; leave the label out");
        }
    }

    /** Checks that a site has a version. */
    void version(String label, Site site, int version) {
        if (version < 0 || version >= site.versions()) {
            throw new IllegalArgumentException(routine + ": " + label + " names version " + version + " of "
                    + site.name() + ", which has 0.." + (site.versions() - 1));
        }
    }

    /** Checks that a site has an entry. */
    void entry(String label, Site site, int entry) {
        if (IntStream.of(site.entries()).noneMatch(offset -> offset == entry)) {
            throw new IllegalArgumentException(routine + ": " + label + " enters " + site.name() + " at +" + entry
                    + ", which is no entry of it; declare it with the site, as in 66906690->jmp8+2");
        }
    }

    private void own(Stmt statement, Local local) {
        if (local.id() >= locals.size() || !locals.get(local.id()).equals(local)) {
            throw refused(
                    statement,
                    "uses the local variable " + local.name()
                            + ", which another routine has declared; declare one here, or share a variable");
        }
    }

    private IllegalArgumentException refused(Stmt statement, String why) {
        return new IllegalArgumentException(routine + ": \"" + statement.text() + "\""
                + (statement.label().isEmpty() ? "" : " (" + statement.label() + ")") + " " + why);
    }
}
