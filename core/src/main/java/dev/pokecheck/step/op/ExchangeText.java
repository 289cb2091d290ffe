// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.step.op;

import dev.pokecheck.protocol.TextStmt;
import dev.pokecheck.step.Facility;
import dev.pokecheck.step.Flow;
import dev.pokecheck.step.Footprint;
import dev.pokecheck.step.Host;
import dev.pokecheck.step.Step;
import dev.pokecheck.step.ValueText;
import dev.pokecheck.step.Visibility;
import dev.pokecheck.step.Ways;
import dev.pokecheck.step.Words;
import java.util.EnumSet;
import java.util.Set;

/** A locked compare-and-exchange of text. Waits until this CPU's store buffer is empty. */
final class ExchangeText extends Step {
    private final int read;
    private final int store;
    private final int success;

    ExchangeText(TextStmt.ExchangeText stmt, int read, int store) {
        super(stmt);
        this.read = read;
        this.store = store;
        this.success = stmt.success().id();
    }

    @Override
    public Ways ways() {
        return Ways.ONE;
    }

    @Override
    public boolean ready(Host h) {
        return h.isDrained();
    }

    @Override
    public void run(Host h) {
        h.assign(success, h.exchangeText(read, store) ? 1 : 0);
    }

    @Override
    public Flow flow() {
        return Flow.ON;
    }

    @Override
    public Footprint footprint() {
        return Footprint.of(Visibility.SEEN).updatesText().assigns(success);
    }

    @Override
    public Set<Facility> needs() {
        return EnumSet.of(Facility.TEXT);
    }

    @Override
    public Words words() {
        return Words.of(source().orElseThrow());
    }

    @Override
    public String finds(Host h, ValueText values) {
        return "";
    }
}
