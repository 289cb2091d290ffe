// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a statement uses itself.
 *
 * @param evaluates the expressions that it evaluates
 * @param assigns the local variable that it assigns
 * @param savedAddress whether it sets the saved address of the context below
 * @param seen whether others can notice that it was executed
 * @param ends whether it can end the run or the handler, or never end
 */
public record Uses(List<Expr> evaluates, Optional<Local> assigns, boolean savedAddress, boolean seen, boolean ends) {
    /** Nothing. */
    public static final Uses NOTHING = of();

    /** Copies the list. */
    public Uses {
        evaluates = List.copyOf(evaluates);
    }

    /** Some expressions. */
    public static Uses of(Expr... evaluates) {
        return new Uses(List.of(evaluates), Optional.empty(), false, false, false);
    }

    /** The same, and a local variable is assigned. */
    public Uses assigning(Local local) {
        return assigning(Optional.of(local));
    }

    /** The same, and a local variable is assigned if there is one. */
    public Uses assigning(Optional<Local> local) {
        return new Uses(evaluates, local, savedAddress, seen, ends);
    }

    /** The same, and the saved address of the context below is set. */
    public Uses settingSavedAddress() {
        return new Uses(evaluates, assigns, true, seen, ends);
    }

    /** The same, and others can notice it. */
    public Uses noticed() {
        return new Uses(evaluates, assigns, savedAddress, true, ends);
    }

    /** The same, and others can notice it if a shared variable is read. */
    public Uses noticedIfShared() {
        return readsShared() ? noticed() : this;
    }

    /** The same, and it can end the run or the handler, or never end. */
    public Uses ending() {
        return new Uses(evaluates, assigns, savedAddress, seen, true);
    }

    /** Whether it reads a shared variable. */
    public boolean readsShared() {
        return sharedReads() > 0;
    }

    /** How many shared variables it reads. */
    int sharedReads() {
        int reads = 0;
        for (Expr part : parts()) {
            reads += part instanceof Expr.Read ? 1 : 0;
        }
        return reads;
    }

    /** The local variables that it reads, as often as it does. */
    public Stream<Local> locals() {
        return parts().stream().filter(Expr.LocalValue.class::isInstance).map(part -> ((Expr.LocalValue) part).local());
    }

    /** Whether it reads the saved address of the context below. */
    public boolean readsSavedAddress() {
        return parts().stream().anyMatch(Expr.SavedAddress.class::isInstance);
    }

    /** Whether an expression is, without those inside it, one that asks for what only a monitor knows. */
    static boolean isGhost(Expr expr) {
        return expr instanceof Expr.GhostValue
                || expr instanceof Expr.NoCpuIn
                || expr instanceof Expr.EveryCpuSerializedSince;
    }

    /** The expressions that it evaluates, and all that are inside them. */
    List<Expr> parts() {
        List<Expr> parts = new ArrayList<>();
        for (Expr expr : evaluates) {
            ExprParts.addTo(parts, expr);
        }
        return parts;
    }
}
