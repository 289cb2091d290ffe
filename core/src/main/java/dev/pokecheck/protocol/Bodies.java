// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.protocol;

import java.util.List;

/** The statement lists inside a statement; none for most. */
public final class Bodies implements Stmt.Visitor<List<List<Stmt>>> {
    /** The one instance. */
    public static final Bodies OF = new Bodies();

    private Bodies() {}

    @Override
    public List<List<Stmt>> branch(Stmt.If stmt) {
        return stmt.otherwise().isEmpty() ? List.of(stmt.then()) : List.of(stmt.then(), stmt.otherwise());
    }

    @Override
    public List<List<Stmt>> loop(Stmt.While stmt) {
        return List.of(stmt.body());
    }

    @Override
    public List<List<Stmt>> call(Stmt.Call stmt) {
        return List.of(stmt.body());
    }

    @Override
    public List<List<Stmt>> stopMachine(Stmt.StopMachine stmt) {
        return List.of(stmt.here(), stmt.elsewhere().body());
    }

    @Override
    public List<List<Stmt>> note(Stmt.Note stmt) {
        return List.of();
    }

    @Override
    public List<List<Stmt>> assign(Stmt.Assign stmt) {
        return List.of();
    }

    @Override
    public List<List<Stmt>> store(Stmt.Store stmt) {
        return List.of();
    }

    @Override
    public List<List<Stmt>> rmw(Stmt.Rmw stmt) {
        return List.of();
    }

    @Override
    public List<List<Stmt>> compareExchange(Stmt.CompareExchange stmt) {
        return List.of();
    }

    @Override
    public List<List<Stmt>> fence(Stmt.Fence stmt) {
        return List.of();
    }

    @Override
    public List<List<Stmt>> await(Stmt.Await stmt) {
        return List.of();
    }

    @Override
    public List<List<Stmt>> awaitExchange(Stmt.AwaitExchange stmt) {
        return List.of();
    }

    @Override
    public List<List<Stmt>> leave(Stmt.Return stmt) {
        return List.of();
    }

    @Override
    public List<List<Stmt>> textPoke(Stmt.TextPoke stmt) {
        return List.of();
    }

    @Override
    public List<List<Stmt>> serialize(Stmt.Serialize stmt) {
        return List.of();
    }

    @Override
    public List<List<Stmt>> syncEachCpu(Stmt.SyncEachCpu stmt) {
        return List.of();
    }

    @Override
    public List<List<Stmt>> sendNmi(Stmt.SendNmi stmt) {
        return List.of();
    }

    @Override
    public List<List<Stmt>> setInterruptFlag(Stmt.SetInterruptFlag stmt) {
        return List.of();
    }

    @Override
    public List<List<Stmt>> setPreemption(Stmt.SetPreemption stmt) {
        return List.of();
    }

    @Override
    public List<List<Stmt>> execute(Stmt.Execute stmt) {
        return List.of();
    }

    @Override
    public List<List<Stmt>> bugOn(Stmt.BugOn stmt) {
        return List.of();
    }

    @Override
    public List<List<Stmt>> patchMark(Stmt.PatchMark stmt) {
        return List.of();
    }

    @Override
    public List<List<Stmt>> unhandled(Stmt.Unhandled stmt) {
        return List.of();
    }

    @Override
    public List<List<Stmt>> setSavedAddress(Stmt.SetSavedAddress stmt) {
        return List.of();
    }

    @Override
    public List<List<Stmt>> emulate(Stmt.Emulate stmt) {
        return List.of();
    }

    @Override
    public List<List<Stmt>> objectLife(Stmt.ObjectLife stmt) {
        return List.of();
    }

    @Override
    public List<List<Stmt>> pathBegin(Stmt.PathBegin stmt) {
        return List.of();
    }

    @Override
    public List<List<Stmt>> rest(Stmt.Rest stmt) {
        return List.of();
    }
}
