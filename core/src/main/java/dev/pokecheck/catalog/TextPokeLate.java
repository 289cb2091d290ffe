// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.catalog;

import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.ProtocolBuilder;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * {@code text_poke_late} of the RFC "x86/alternatives: Non-emulated text poking" (A. Arora, LKML, April 2020; patches 15 to 19 of
 * "Runtime paravirt patching"). Function and variable names are those of the RFC; the order of its steps is kept where it is
 * wrong, too. What differs between the posted patches is a {@link LatePart}; what the repaired variant departures is a {@link Departure}.
 */
final class TextPokeLate {
    private TextPokeLate() {}

    static List<CatalogEntry> entries() {
        String rfc = "RFC \"x86/alternatives: Non-emulated text poking\", A. Arora, LKML, 8 April 2020, ";
        Set<Departure> none = EnumSet.noneOf(Departure.class);
        Set<LatePart> all = EnumSet.allOf(LatePart.class);
        List<CatalogEntry> entries = new ArrayList<>();
        entries.add(entry("rfc15", rfc + "15/26", "the state machine only", EnumSet.noneOf(LatePart.class), none));
        entries.add(entry(
                "rfc17", rfc + "17/26", "text is written, secondaries acknowledge", EnumSet.of(LatePart.WRITE), none));
        entries.add(entry(
                "rfc18",
                rfc + "18/26",
                "with breakpoint handling",
                EnumSet.of(LatePart.WRITE, LatePart.BREAKPOINT),
                none));
        entries.add(entry("rfc19", rfc + "19/26", "in NMI context", all, none));
        Set<Departure> repaired = EnumSet.of(Departure.CLEAR_BEFORE_STATE, Departure.NUMBERED_STATES);
        Set<Departure> captured = EnumSet.of(Departure.CLEAR_BEFORE_STATE, Departure.CAPTURE_IN_NMI);
        entries.add(entry(
                "repaired", rfc + "19/26, repaired", "rfc19 with the least changes that make it safe", all, repaired));
        entries.addAll(siblings("repaired", rfc, all, repaired));
        entries.add(entry(
                "repaired-iret-in-nmi",
                rfc + "19/26, repaired; its open question on IRET",
                "repaired with IRET for CPUID as the serializing instruction in NMI context",
                all,
                EnumSet.of(Departure.CLEAR_BEFORE_STATE, Departure.NUMBERED_STATES, Departure.IRET_IN_NMI)));
        entries.add(entry(
                "captured",
                rfc + "19/26, repaired",
                "rfc19 with all CPUs held in their NMI handlers, for locks that NMIs take",
                all,
                captured));
        entries.addAll(siblings("captured", rfc, all, captured));
        return entries;
    }

    /** A repaired variant with one of its departures switched back, for each of them. */
    private static List<CatalogEntry> siblings(
            String variant, String rfc, Set<LatePart> parts, Set<Departure> departures) {
        List<CatalogEntry> entries = new ArrayList<>();
        for (Departure back : departures) {
            Set<Departure> rest = EnumSet.copyOf(departures);
            rest.remove(back);
            entries.add(entry(
                    variant + "-without-" + back.text(),
                    rfc + "19/26, " + variant + " but for one change",
                    variant + " with " + back.text() + " switched back",
                    parts,
                    rest));
        }
        return entries;
    }

    private static CatalogEntry entry(
            String variant, String source, String summary, Set<LatePart> parts, Set<Departure> departures) {
        return new CatalogEntry("text_poke_late", variant, source, summary, definition(parts, departures));
    }

    /** The protocol with some of its parts, and some departures. */
    static Protocol.Definition definition(Set<LatePart> parts, Set<Departure> departures) {
        return b -> record(b, new LateState(b, parts, departures));
    }

    private static void record(ProtocolBuilder b, LateState late) {
        LateSecondary secondary = new LateSecondary(late);
        LatePrimary primary = new LatePrimary(late, secondary);
        LateHandlers handlers = new LateHandlers(late, primary, secondary);
        b.patcher(r -> {
            for (int v = 1; v < b.setting().versions(); v++) {
                SharedSteps.begin(r, b.sites(), v);
                primary.textPokeLate(r, v);
                SharedSteps.end(r, b.sites(), v);
            }
        });
        if (late.departs(Departure.CAPTURE_IN_NMI)) {
            b.claimsToHoldEverybodyOff();
        }
        if (late.adds(LatePart.BREAKPOINT)) {
            b.breakpoint(handlers::pokeInt3Handler);
        }
        if (late.adds(LatePart.NMI)) {
            b.nmi(handlers::patchNmiHandler);
        }
    }
}
