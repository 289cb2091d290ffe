// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.protocol;

import java.util.List;

/** The statement lists inside a statement; none for most. */
public final class Bodies implements Stmt.Visitor<List<Bodies.Body>> {
    /**
     * One of the lists.
     *
     * @param head the word that stands in front of it in the printed form, if any
     * @param statements the statements
     */
    public record Body(String head, List<Stmt> statements) {}

    /** The one instance. */
    public static final Bodies OF = new Bodies();

    private Bodies() {}

    @Override
    public List<Body> branch(Stmt.If stmt) {
        return stmt.otherwise().isEmpty()
                ? List.of(new Body("", stmt.then()))
                : List.of(new Body("", stmt.then()), new Body("else", stmt.otherwise()));
    }

    @Override
    public List<Body> loop(Stmt.While stmt) {
        return List.of(new Body("", stmt.body()));
    }

    @Override
    public List<Body> call(Stmt.Call stmt) {
        return List.of(new Body("", stmt.body()));
    }

    @Override
    public List<Body> stopMachine(Stmt.StopMachine stmt) {
        return List.of(
                new Body("", stmt.here()),
                new Body(stmt.elsewhere().name() + "()", stmt.elsewhere().body()));
    }

    @Override
    public List<Body> note(Stmt.Note stmt) {
        return List.of();
    }

    @Override
    public List<Body> assign(Stmt.Assign stmt) {
        return List.of();
    }

    @Override
    public List<Body> store(Stmt.Store stmt) {
        return List.of();
    }

    @Override
    public List<Body> rmw(Stmt.Rmw stmt) {
        return List.of();
    }

    @Override
    public List<Body> compareExchange(Stmt.CompareExchange stmt) {
        return List.of();
    }

    @Override
    public List<Body> fence(Stmt.Fence stmt) {
        return List.of();
    }

    @Override
    public List<Body> await(Stmt.Await stmt) {
        return List.of();
    }

    @Override
    public List<Body> awaitExchange(Stmt.AwaitExchange stmt) {
        return List.of();
    }

    @Override
    public List<Body> leave(Stmt.Return stmt) {
        return List.of();
    }

    @Override
    public List<Body> textPoke(Stmt.TextPoke stmt) {
        return List.of();
    }

    @Override
    public List<Body> serialize(Stmt.Serialize stmt) {
        return List.of();
    }

    @Override
    public List<Body> syncEachCpu(Stmt.SyncEachCpu stmt) {
        return List.of();
    }

    @Override
    public List<Body> gracePeriod(Stmt.GracePeriod stmt) {
        return List.of();
    }

    @Override
    public List<Body> sendNmi(Stmt.SendNmi stmt) {
        return List.of();
    }

    @Override
    public List<Body> setInterruptFlag(Stmt.SetInterruptFlag stmt) {
        return List.of();
    }

    @Override
    public List<Body> setPreemption(Stmt.SetPreemption stmt) {
        return List.of();
    }

    @Override
    public List<Body> execute(Stmt.Execute stmt) {
        return List.of();
    }

    @Override
    public List<Body> foreignInt3(Stmt.ForeignInt3 stmt) {
        return List.of();
    }

    @Override
    public List<Body> bugOn(Stmt.BugOn stmt) {
        return List.of();
    }

    @Override
    public List<Body> patchMark(Stmt.PatchMark stmt) {
        return List.of();
    }

    @Override
    public List<Body> unhandled(Stmt.Unhandled stmt) {
        return List.of();
    }

    @Override
    public List<Body> setSavedAddress(Stmt.SetSavedAddress stmt) {
        return List.of();
    }

    @Override
    public List<Body> emulate(Stmt.Emulate stmt) {
        return List.of();
    }

    @Override
    public List<Body> objectLife(Stmt.ObjectLife stmt) {
        return List.of();
    }

    @Override
    public List<Body> pathBegin(Stmt.PathBegin stmt) {
        return List.of();
    }

    @Override
    public List<Body> rest(Stmt.Rest stmt) {
        return List.of();
    }
}
