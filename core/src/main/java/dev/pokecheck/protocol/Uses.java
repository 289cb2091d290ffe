// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.protocol;

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
        return (int) parts(Expr.Read.class).count();
    }

    /** The local variables that it reads, as often as it does. */
    public Stream<Local> locals() {
        return parts(Expr.LocalValue.class).map(Expr.LocalValue::local);
    }

    /** Whether it reads the saved address of the context below. */
    public boolean readsSavedAddress() {
        return parts(Expr.SavedAddress.class).findAny().isPresent();
    }

    /** Whether it asks for what only a monitor knows. */
    boolean readsGhosts() {
        return Stream.of(Expr.GhostValue.class, Expr.NoCpuIn.class, Expr.EveryCpuSerializedSince.class)
                .anyMatch(kind -> parts(kind).findAny().isPresent());
    }

    /** The expressions of a kind that it evaluates, also inside others. */
    private <E extends Expr> Stream<E> parts(Class<E> kind) {
        return evaluates.stream()
                .flatMap(expr -> expr.accept(ExprParts.ALL))
                .filter(kind::isInstance)
                .map(kind::cast);
    }
}
