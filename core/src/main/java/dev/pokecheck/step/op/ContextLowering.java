// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.step.op;

import dev.pokecheck.protocol.ContextStmt;
import dev.pokecheck.protocol.Stmt;
import dev.pokecheck.protocol.TextStmt;
import dev.pokecheck.step.Step;

/** The part of {@link Lowering} for {@link ContextStmt}. */
abstract class ContextLowering implements Stmt.Visitor<Void> {
    /** Adds a step. */
    abstract <S extends Step> S add(S step);

    /** Adds the step of a statement that has one. */
    final Void one(Step step) {
        add(step);
        return null;
    }

    @Override
    public Void suspend(ContextStmt.Suspend stmt) {
        add(new SuspendSend(stmt));
        return one(new SuspendWait(stmt));
    }

    @Override
    public Void readContext(ContextStmt.ReadContext stmt) {
        return one(new ReadContext(stmt));
    }

    @Override
    public Void setContext(ContextStmt.SetContext stmt) {
        return one(new SetContext(stmt));
    }

    @Override
    public Void resume(ContextStmt.Resume stmt) {
        return one(new Resume(stmt));
    }

    @Override
    public Void goOffline(ContextStmt.GoOffline stmt) {
        return one(new GoOffline(stmt));
    }

    @Override
    public Void bringOnline(ContextStmt.BringOnline stmt) {
        return one(new BringOnline(stmt));
    }

    @Override
    public Void setSavedAddress(TextStmt.SetSavedAddress stmt) {
        return one(new SetSavedAddress(stmt));
    }

    @Override
    public Void pushReturn(TextStmt.PushReturn stmt) {
        return one(new PushReturn(stmt));
    }

    @Override
    public Void emulate(TextStmt.Emulate stmt) {
        return one(new Emulate(stmt));
    }
}
