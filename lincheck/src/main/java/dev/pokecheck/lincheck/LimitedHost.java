// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.lincheck;

import dev.pokecheck.protocol.Quiescence;
import dev.pokecheck.step.Cell;
import dev.pokecheck.step.Host;

/** What threads do not offer: no step comes here, as {@link Program} refuses protocols that need it. */
abstract class LimitedHost extends Host {
    static IllegalStateException refused(String what) {
        return new IllegalStateException("Program has let " + what + " pass");
    }

    @Override
    public final void ensure(boolean holds) {
        throw refused("a postcondition");
    }

    @Override
    public final void storeGhost(Cell cell, int value) {
        throw refused("a ghost variable");
    }

    @Override
    public final boolean maySendUnfenced() {
        throw refused("an IPI without a fence");
    }

    @Override
    public final void sendSync() {
        throw refused("an IPI without a fence");
    }

    @Override
    public final void beginGrace(Quiescence quiescence) {
        throw refused("a grace period");
    }

    @Override
    public final void sti() {
        throw refused("the shadow of STI");
    }

    @Override
    public final void endOfInterrupt() {
        throw refused("an interrupt in service");
    }

    @Override
    public final void callOthers(int statement, int targets) {
        throw refused("a function on other CPUs");
    }

    @Override
    public final void saveInterruptFlag() {
        throw refused("a function on all CPUs");
    }

    @Override
    public final void restoreInterruptFlag() {
        throw refused("a function on all CPUs");
    }

    @Override
    public final boolean maySuspend(int target) {
        throw refused("a suspended thread");
    }

    @Override
    public final void suspend(int target) {
        throw refused("a suspended thread");
    }

    @Override
    public final boolean isSuspended(int target) {
        throw refused("a suspended thread");
    }

    @Override
    public final int contextOf(int target) {
        throw refused("a suspended thread");
    }

    @Override
    public final void setContext(int target, int place) {
        throw refused("a suspended thread");
    }

    @Override
    public final void resume(int target) {
        throw refused("a suspended thread");
    }

    @Override
    public final boolean mayGoOffline() {
        throw refused("a CPU that goes offline");
    }

    @Override
    public final void goOffline() {
        throw refused("a CPU that goes offline");
    }

    @Override
    public final boolean mayBringOnline(int target) {
        throw refused("a CPU that goes offline");
    }

    @Override
    public final void bringOnline(int target) {
        throw refused("a CPU that goes offline");
    }

    @Override
    public final boolean hitForeignBreakpoint() {
        throw refused("a breakpoint of somebody else");
    }
}
