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

/** Stores to text. Waits until the store buffer has room. */
final class TextPoke extends Step {
    private final int number;

    TextPoke(TextStmt.TextPoke stmt, int number) {
        super(stmt);
        this.number = number;
    }

    @Override
    public Ways ways() {
        return Ways.PIECES;
    }

    @Override
    public boolean ready(Host h) {
        return h.hasRoom();
    }

    @Override
    public void run(Host h) {
        if (!h.pokeText(number)) {
            h.stay();
        }
    }

    @Override
    public Flow flow() {
        return Flow.ON;
    }

    @Override
    public Footprint footprint() {
        return Footprint.of(Visibility.STORES_TEXT).pokes(number);
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
