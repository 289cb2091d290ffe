// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.step.op;

import dev.pokecheck.protocol.Local;
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
import dev.pokecheck.text.Site;
import java.util.EnumSet;
import java.util.Set;

/** Executes a site. */
final class Execute extends Step {
    private final Site site;
    private final int entry;
    private final int version;

    Execute(TextStmt.Execute stmt) {
        super(stmt);
        this.site = stmt.site();
        this.entry = stmt.entry();
        this.version = stmt.version().map(Local::id).orElse(-1);
    }

    @Override
    public Ways ways() {
        return Ways.FETCHES;
    }

    @Override
    public boolean ready(Host h) {
        return true;
    }

    @Override
    public void run(Host h) {
        h.execute(site, version);
    }

    @Override
    public Flow flow() {
        return Flow.ON;
    }

    @Override
    public Footprint footprint() {
        return Footprint.of(Visibility.SEEN).executes(site.index(), entry).assigns(version);
    }

    @Override
    public Set<Facility> needs() {
        EnumSet<Facility> needs = EnumSet.of(Facility.SITES);
        if (entry > 0) {
            needs.add(Facility.ENTRIES);
        }
        if (version >= 0) {
            needs.add(Facility.VERSIONS);
        }
        return needs;
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
