// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.step.op;

import dev.pokecheck.protocol.CpuStmt;
import dev.pokecheck.protocol.Expr;
import dev.pokecheck.step.Code;
import dev.pokecheck.step.Facility;
import dev.pokecheck.step.Flow;
import dev.pokecheck.step.Footprint;
import dev.pokecheck.step.Host;
import dev.pokecheck.step.Owing;
import dev.pokecheck.step.Step;
import dev.pokecheck.step.ValueText;
import dev.pokecheck.step.Visibility;
import dev.pokecheck.step.Waiting;
import dev.pokecheck.step.Ways;
import dev.pokecheck.step.Words;
import java.util.EnumSet;
import java.util.Set;

/** Asks every other CPU to run a function: a fence, then the requests, once those of this CPU's call before are taken. */
final class CallSend extends Step {
    private static final Expr ALL = Expr.of(-1);

    private final int number;
    private final boolean waits;
    private final Code targets;
    private int function;

    /** @param number the number of the statement among those that call */
    CallSend(CpuStmt.CallCpus stmt, int number) {
        super(stmt);
        this.number = number;
        this.waits = stmt.waits();
        this.targets = Code.of(stmt.target().others().orElse(ALL));
    }

    @Override
    public Ways ways() {
        return Ways.ONE;
    }

    @Override
    public boolean ready(Host h) {
        return h.isDrained() && h.othersOweNothing(Owing.CALL);
    }

    @Override
    public void run(Host h) {
        h.callOthers(number, h.value(targets));
    }

    @Override
    public Flow flow() {
        return Flow.ON;
    }

    @Override
    public Footprint footprint() {
        return Footprint.of(Visibility.SEEN).startsElsewhere(function).evaluates(targets);
    }

    @Override
    public Set<Facility> needs() {
        return EnumSet.of(Facility.CALLS);
    }

    @Override
    public Words words() {
        return Words.of(source().orElseThrow())
                .waitingFor(new Waiting.Others(Owing.CALL, "the request of the call before is back"));
    }

    @Override
    public String finds(Host h, ValueText values) {
        return "";
    }

    /** Says what the other CPUs run. */
    void function(int first) {
        function = first;
    }

    /** The first step of what they run. */
    int function() {
        return function;
    }

    /** Whether this CPU waits until they have run it. */
    boolean waits() {
        return waits;
    }
}
