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
import dev.pokecheck.text.Site;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Does to the context below what the first instruction of a version does. */
final class Emulate extends Step {
    private final Site site;
    private final int version;
    private final boolean gap;

    Emulate(TextStmt.Emulate stmt) {
        // Only the context below changes, which cannot run before this one has returned. What a conditional jump does
        // is open, though.
        super(Optional.of(stmt), stmt.label(), !jumps(stmt));
        site = stmt.site();
        version = stmt.version();
        gap = stmt.gap();
    }

    private static boolean jumps(TextStmt.Emulate stmt) {
        return stmt.site().emulated(stmt.version()).kind().isConditional();
    }

    @Override
    public Ways ways() {
        return isLocal() ? Ways.ONE : Ways.JUMP_OR_NOT;
    }

    @Override
    public boolean ready(Host h) {
        return true;
    }

    @Override
    public void run(Host h) {
        h.emulate(site, version, gap, h.way() != 0);
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
        return EnumSet.of(Facility.BREAKPOINTS);
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
