// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.step.op;

import dev.pokecheck.protocol.TextStmt;
import dev.pokecheck.protocol.TextStmt.PatchMark.Moment;
import dev.pokecheck.step.Facility;
import dev.pokecheck.step.Flow;
import dev.pokecheck.step.Footprint;
import dev.pokecheck.step.Host;
import dev.pokecheck.step.Step;
import dev.pokecheck.step.ValueText;
import dev.pokecheck.step.Visibility;
import dev.pokecheck.step.Ways;
import dev.pokecheck.step.Words;
import dev.pokecheck.text.Site;
import java.util.EnumSet;
import java.util.Set;

/** The patch call for a version begins, has returned, or is given up. */
final class PatchMark extends Step {
    private final Site site;
    private final int version;
    private final Moment moment;

    PatchMark(TextStmt.PatchMark stmt) {
        super(stmt);
        this.site = stmt.site();
        this.version = stmt.version();
        this.moment = stmt.moment();
    }

    @Override
    public Ways ways() {
        return Ways.ONE;
    }

    @Override
    public boolean ready(Host h) {
        return true;
    }

    @Override
    public void run(Host h) {
        h.mark(site, version, moment);
    }

    @Override
    public Flow flow() {
        return Flow.ON;
    }

    @Override
    public Footprint footprint() {
        return Footprint.of(Visibility.SEEN);
    }

    @Override
    public Set<Facility> needs() {
        return EnumSet.of(Facility.MARKS);
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
