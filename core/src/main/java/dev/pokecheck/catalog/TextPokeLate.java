// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.catalog;

import static dev.pokecheck.catalog.LateChange.CAPTURE_IN_NMI;
import static dev.pokecheck.catalog.LateChange.CLEAR_FIRST;
import static dev.pokecheck.catalog.LateChange.IRET_IN_NMI;
import static dev.pokecheck.catalog.LateChange.NUMBERED_STATES;
import static dev.pokecheck.catalog.LateChange.RENDEZVOUS;
import static dev.pokecheck.catalog.LateChange.RESET_MAP;

import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.ProtocolBuilder;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code text_poke_late} of the RFC "x86/alternatives: Non-emulated text poking" (A. Arora, LKML, April 2020; patches 15 to 19 of
 * "Runtime paravirt patching"). Function and variable names are those of the RFC; the order of its steps is kept where it is
 * wrong, too. What differs between the posted patches is a {@link LatePart}. Any set of {@link LateChange}s can be made to any variant; the
 * variants that are no posted patch are sets of changes with a name.
 */
final class TextPokeLate implements Family {
    static final String NAME = "text_poke_late";

    private static final String RFC =
            "RFC \"x86/alternatives: Non-emulated text poking\", A. Arora, LKML, 8 April 2020, ";

    private static final Map<String, Variant> VARIANTS = variants();

    /** The posted patches up to one, and what is changed in them. */
    private record Variant(String name, String source, String summary, Set<LatePart> parts, Set<LateChange> changes) {
        CatalogEntry entry() {
            return new CatalogEntry(NAME, name, source, summary, definition(parts, changes));
        }

        /** The same with more changes. */
        Variant with(Set<LateChange> more) {
            String named = more.stream().map(LateChange::text).collect(Collectors.joining("+"));
            Set<LateChange> all = EnumSet.noneOf(LateChange.class);
            all.addAll(changes);
            all.addAll(more);
            String idle = more.stream()
                    .filter(change -> !parts.contains(change.of()))
                    .map(LateChange::text)
                    .collect(Collectors.joining(", "));
            return new Variant(
                    name + "+" + named,
                    source + "; changed",
                    name + " with " + named.replace("+", ", ")
                            + (idle.isEmpty() ? "" : "; there is nothing in it that would change by " + idle),
                    parts,
                    all);
        }
    }

    private static Map<String, Variant> variants() {
        Map<String, Variant> variants = new LinkedHashMap<>();
        Stream.concat(posted().stream(), repaired().stream()).forEach(variant -> variants.put(variant.name, variant));
        return variants;
    }

    private static List<Variant> posted() {
        Set<LateChange> none = Set.of();
        return List.of(
                new Variant("rfc15", RFC + "15/26", "the state machine only", EnumSet.noneOf(LatePart.class), none),
                new Variant(
                        "rfc17",
                        RFC + "17/26",
                        "text is written, secondaries acknowledge",
                        EnumSet.of(LatePart.WRITE),
                        none),
                new Variant(
                        "rfc18",
                        RFC + "18/26",
                        "with breakpoint handling",
                        EnumSet.of(LatePart.WRITE, LatePart.BREAKPOINT),
                        none),
                new Variant("rfc19", RFC + "19/26", "in NMI context", EnumSet.allOf(LatePart.class), none));
    }

    private static List<Variant> repaired() {
        Set<LatePart> all = EnumSet.allOf(LatePart.class);
        Variant repaired = new Variant(
                "repaired",
                RFC + "19/26, repaired",
                "rfc19 with the least changes that make it safe",
                all,
                EnumSet.of(CLEAR_FIRST, RESET_MAP, NUMBERED_STATES));
        Variant captured = new Variant(
                "captured",
                RFC + "19/26, repaired",
                "rfc19 with all CPUs held in their NMI handlers, for locks that NMIs take",
                all,
                EnumSet.of(CLEAR_FIRST, RESET_MAP, CAPTURE_IN_NMI));
        return List.of(
                repaired,
                without(repaired, "clear-before-state", CLEAR_FIRST),
                without(repaired, "numbered-states", NUMBERED_STATES),
                new Variant(
                        "repaired-iret-in-nmi",
                        RFC + "19/26, repaired; its open question on IRET",
                        "repaired with IRET for CPUID as the serializing instruction in NMI context",
                        all,
                        EnumSet.of(CLEAR_FIRST, RESET_MAP, NUMBERED_STATES, IRET_IN_NMI)),
                captured,
                without(captured, "clear-before-state", CLEAR_FIRST),
                without(captured, "capture-in-nmi", CAPTURE_IN_NMI));
    }

    /** A repaired variant with one of its changes switched back. */
    private static Variant without(Variant repaired, String what, LateChange back) {
        Set<LateChange> rest = EnumSet.copyOf(repaired.changes);
        rest.remove(back);
        return new Variant(
                repaired.name + "-without-" + what,
                RFC + "19/26, " + repaired.name + " but for one change",
                repaired.name + " with " + what + " switched back",
                repaired.parts,
                rest);
    }

    @Override
    public List<CatalogEntry> entries() {
        return VARIANTS.values().stream().map(Variant::entry).toList();
    }

    @Override
    public List<CatalogChange> changes() {
        return Arrays.stream(LateChange.values())
                .map(change -> new CatalogChange(change.text(), change.summary()))
                .toList();
    }

    @Override
    public Optional<CatalogEntry> changed(String variant, Collection<String> names) {
        Variant base = VARIANTS.get(variant);
        Set<LateChange> more = EnumSet.noneOf(LateChange.class);
        for (LateChange change : LateChange.values()) {
            if (names.contains(change.text())) {
                more.add(change);
            }
        }
        if (base == null || more.size() < Set.copyOf(names).size()) {
            return Optional.empty();
        }
        more.removeAll(base.changes);
        return Optional.of(more.isEmpty() ? base.entry() : base.with(more).entry());
    }

    /** The protocol with some of its parts, and some changes. */
    static Protocol.Definition definition(Set<LatePart> parts, Set<LateChange> changes) {
        return b -> record(b, new LateState(b, parts, changes));
    }

    private static void record(ProtocolBuilder b, LateState late) {
        LateSecondary secondary = new LateSecondary(late);
        LatePrimary primary = new LatePrimary(late, secondary);
        LateHandlers handlers = new LateHandlers(late, primary, secondary);
        b.patcher(r -> SharedSteps.bringEach(r, b, v -> primary.textPokeLate(r, v)));
        if (late.has(CAPTURE_IN_NMI) || late.has(RENDEZVOUS)) {
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
