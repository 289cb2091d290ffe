// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.print;

import dev.pokecheck.catalog.CatalogEntry;
import dev.pokecheck.cli.run.Sampling;
import dev.pokecheck.cli.run.SearchRequest;
import dev.pokecheck.corpus.ScenarioText;
import dev.pokecheck.cpu.Profile;
import dev.pokecheck.data.DataModel;
import dev.pokecheck.explore.search.Order;
import dev.pokecheck.hardware.HardwareProfile;
import dev.pokecheck.hardware.Measurements;
import dev.pokecheck.hardware.Profiles;
import dev.pokecheck.insn.Printer;
import dev.pokecheck.insn.Sync;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.machine.Scenario;
import dev.pokecheck.property.Property;
import dev.pokecheck.protocol.Setting.InterruptWork;
import dev.pokecheck.text.Site;
import dev.pokecheck.text.TextStore;
import dev.pokecheck.trace.VersionText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The first lines of a report: what is checked, on which machine, and what that machine assumes. */
public final class Head {
    private Head() {}

    /** What is checked, and on which machine, where nobody but the user has chosen the sites. */
    public static List<String> lines(CatalogEntry entry, Machine machine, Optional<HardwareProfile> hardware) {
        return lines(entry, machine, hardware, Optional.empty());
    }

    /**
     * What is checked, and on which machine.
     *
     * @param hardware the hardware profile that was asked for, to print with its sources
     * @param sites why there are these sites, where the protocol decides that
     */
    public static List<String> lines(
            CatalogEntry entry, Machine machine, Optional<HardwareProfile> hardware, Optional<String> sites) {
        Scenario scenario = machine.scenario();
        List<String> lines = new ArrayList<>();
        lines.add("protocol   " + entry.fullName() + ": " + entry.summary());
        lines.add("source     " + entry.source());
        lines.add("scenario   " + ScenarioText.print(scenario));
        sites.ifPresent(reason -> lines.add("sites      " + reason));
        for (Site site : machine.protocol().setting().sites()) {
            lines.add("site       " + site(site));
        }
        lines.addAll(ProfileLines.of(scenario, hardware));
        if (hardware.isPresent()
                && machine.protocol().setting().sites().stream().noneMatch(site -> crosses(site, scenario.chunk()))) {
            lines.add("           no site crosses two chunks of " + scenario.chunk()
                    + " bytes, so that crossing is not tried; an offset, as in nop5->jmp32@"
                    + (scenario.chunk() - 1) + ", makes a site cross");
        }
        lines.add("fetch      " + scenario.fetch().text() + ", chunk " + scenario.chunk() + ": "
                + scenario.fetch().assumption()
                + (scenario.fetchCoherent() ? "; a CPU's fetches of a chunk never go back in time" : ""));
        lines.add("data       " + scenario.data().text()
                + (scenario.data() == DataModel.TSO ? ", " + scenario.bufferDepth() + " entries" : "") + ": "
                + scenario.data().assumption());
        lines.add("text       " + scenario.split().text() + ": "
                + scenario.split().assumption());
        lines.add("serialize  "
                + scenario.profile().serializing().stream().map(Sync::text).collect(Collectors.joining(", "))
                + ", and no other instruction" + manuals(scenario.profile()));
        ownStores(machine, scenario.profile()).ifPresent(lines::add);
        lines.add("nmi        " + scenario.nmi().text() + ": " + scenario.nmi().assumption());
        lines.add("work       " + work(scenario));
        return lines;
    }

    /** What the code that a protocol was read from does beyond it, a line each; a check says so in its notes. */
    public static List<String> notModelled(Machine machine) {
        return machine.protocol().notModelled().stream()
                .map(what -> "note       not modelled: " + what)
                .toList();
    }

    /** The manuals speak for what serializes on both vendors' CPUs, and for nothing else that is assumed. */
    private static String manuals(Profile profile) {
        return profile.serializing().equals(Profile.ARCHITECTURAL.serializing())
                ? " (SDM vol. 3, \"Serializing Instructions\"; APM vol. 2, 7.6.4)"
                : "";
    }

    /** What a CPU needs to be sure to fetch its own stores: where it is not what {@code text_poke()} needs on all CPUs. */
    private static Optional<String> ownStores(Machine machine, Profile profile) {
        boolean inPlace = machine.model().graph.textStores().stream().anyMatch(TextStore::isInPlace);
        return inPlace || profile.throughAlias() != Profile.ARCHITECTURAL.throughAlias()
                ? Optional.of("own stores "
                        + (inPlace ? "in place: " + profile.inPlace().assumption() + "; " : "")
                        + "through an alias: " + profile.throughAlias().assumption())
                : Optional.empty();
    }

    /** What is demanded and what bounds the search. */
    static List<String> lines(SearchRequest search) {
        String demanded = search.required()
                .map(wanted -> "level " + wanted.text() + ": " + wanted.meaning())
                .orElse("level safe, and the strongest level that holds");
        if (!search.only().isEmpty()) {
            demanded = "only " + search.only().stream().map(Property::text).collect(Collectors.joining(", "));
        }
        return List.of("demanded   " + demanded, "bounds     " + (search.isSampled() ? runs(search) : bounds(search)));
    }

    private static String runs(SearchRequest search) {
        Sampling sampling = search.sampling();
        return sampling.runs() + " " + sampling.scheduler().text() + " runs of at most " + Sampling.STEPS
                + " steps, seed " + sampling.seed()
                + (search.maxSeconds().isPresent() ? "; " + search.maxSeconds().getAsLong() + " seconds" : "");
    }

    private static String bounds(SearchRequest search) {
        List<String> bounds = new ArrayList<>();
        search.maxStates().ifPresent(states -> bounds.add(states + " states"));
        search.maxSeconds().ifPresent(seconds -> bounds.add(seconds + " seconds"));
        return (bounds.isEmpty() ? "none: searches to the end" : String.join(", ", bounds)) + "; "
                + (search.order() == Order.BREADTH_FIRST ? "breadth first" : "depth first")
                + (search.all() ? ", the first violation of each property" : ", up to the first violation");
    }

    /** What was measured, where a shipped profile rests on that; a profile of the user's own says itself what it rests on. */
    public static List<String> measured(HardwareProfile profile) {
        return Profiles.find(profile.name()).stream()
                .flatMap(shipped -> Measurements.behind(shipped).stream())
                .map(row -> "measured   " + row.text())
                .toList();
    }

    /** Whether a site lies in several chunks; where each byte is one, nothing else is possible. */
    private static boolean crosses(Site site, int chunk) {
        return chunk == 1 || site.address() / chunk != (site.address() + site.length() - 1) / chunk;
    }

    private static String site(Site site) {
        List<String> versions = new ArrayList<>();
        for (int v = 0; v < site.versions(); v++) {
            versions.add(Printer.hex(site.bytes(v)) + " (" + VersionText.of(site, v) + ")");
        }
        return site.name() + " at 0x" + Long.toHexString(site.address()) + ": " + String.join(" -> ", versions)
                + IntStream.of(site.entries())
                        .filter(entry -> entry > 0)
                        .mapToObj(entry -> ", entered at +" + entry + ", too")
                        .collect(Collectors.joining());
    }

    private static String work(Scenario scenario) {
        List<String> work = new ArrayList<>();
        String threads = "the threads of the other CPUs execute all sites again and again";
        work.add(
                scenario.cpus() == 1
                        ? "no thread executes a site"
                        : switch (scenario.thread()) {
                            case NONE -> "no thread executes a site";
                            case LOOP -> threads;
                            case FOREIGN -> threads + ", and breakpoints of somebody else";
                        });
        if (scenario.nmis() > 0) {
            work.add("up to " + scenario.nmiBudget().words("NMI")
                    + (scenario.nmiWork() == InterruptWork.NONE
                            ? ""
                            : " (" + scenario.nmiWork().text() + ")"));
        }
        if (scenario.irqs() > 0) {
            work.add("up to " + scenario.irqBudget().words("IRQ"));
        }
        if (scenario.mcs() > 0) {
            work.add("up to " + scenario.mcBudget().words("machine checks"));
        }
        return String.join("; ", work);
    }
}
