// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz;

import dev.pokecheck.catalog.Catalog;
import dev.pokecheck.catalog.CatalogEntry;
import dev.pokecheck.catalog.Exhibit;
import dev.pokecheck.catalog.Museum;
import dev.pokecheck.corpus.Choice;
import dev.pokecheck.corpus.ScenarioText;
import dev.pokecheck.cpu.NmiModel;
import dev.pokecheck.data.DataModel;
import dev.pokecheck.machine.Scenario;
import dev.pokecheck.machine.SiteSpec;
import dev.pokecheck.protocol.Setting.InterruptWork;
import dev.pokecheck.protocol.Setting.ThreadWork;
import dev.pokecheck.text.FetchModel;
import dev.pokecheck.text.StoreSplit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the first bytes of an input choose from: a protocol, and a scenario from tables of shapes. A missing byte counts as zero, and
 * every sequence of bytes chooses something, so that a mutation never makes an input worthless.
 */
public final class Menu {
    /** The number of bytes that choose. */
    public static final int HEADER = 9;

    /** Where the second byte has both bits, the scenario is one in which the museum shows the protocol, if it does. */
    private static final int SHOWN = 0xc0;

    /** Under sequential consistency there is no buffer; scenarios that differ in nothing else are to be one. */
    private static final int DEPTH_OF_NONE = 4;

    private static final int CANARY_SHARE = 8;
    // The order and the length of these tables are part of what an input means: they are not lists of all there is, and
    // a choice more
    // would give every input another meaning.
    private static final FetchModel[] FETCH_MODELS = {
        FetchModel.STALE_CHUNK,
        FetchModel.INCOHERENT,
        FetchModel.COHERENT,
        FetchModel.STALE_INSN,
        FetchModel.STALE_TAIL,
        FetchModel.STALE_HEAD
    };
    private static final StoreSplit[] SPLITS = {StoreSplit.BYTE, StoreSplit.WORD, StoreSplit.LINE};
    private static final InterruptWork[] WORK = {InterruptWork.NONE, InterruptWork.SITE, InterruptWork.LOCK};
    private static final int[] OFFSETS = {0, 4, 62, 60, 63, 1, 59, 61};
    private static final int[] CHUNKS = {1, 8, 64, 16, 32};
    private static final List<String> SHAPES = List.of(
            "nop5->jmp32",
            "nop5->call",
            "call->nop5",
            "call->call",
            "jmp32->nop5",
            "nop5->jmp32->nop5",
            "nop2->jmp8",
            "nop1->int3",
            "pvcall->call",
            "pvcall->unlock",
            "pvcall->31c0",
            "ff15cbf89f01->9c58",
            "ff15cbf89f01->fa",
            "nop7->jmp32",
            "nop6->jcc32",
            "nop3->nop3->unlock");

    /** Of the bits of the third byte, those that all are set where the second site lies over the first. */
    private static final int OVERLAP = 0x1f;

    /** A jump label inside an instruction sequence, alone and with that being replaced, too; and one text with two patchers of it. */
    private static final List<List<String>> OVERLAPS = List.of(
            List.of("66900f1f00->66900f1f00", "0f1f00->eb1090@site0+2"),
            List.of("66900f1f00->jmp32", "0f1f00->eb1090@site0+2"),
            List.of("nop5->jmp32", "nop5->call@site0+0"),
            List.of("nop2->jmp8", "6690->eb30@site0+0"));

    private final List<CatalogEntry> protocols;
    private final Optional<Scenario> only;
    /** By protocol, the scenarios in which the museum shows it. */
    private final List<List<Scenario>> shown;

    private Menu(List<CatalogEntry> protocols, Optional<Scenario> only) {
        this.protocols = List.copyOf(protocols);
        this.only = only;
        this.shown = this.protocols.stream()
                .map(entry -> Museum.all().stream()
                        .flatMap(exhibit -> scenarios(exhibit, entry.fullName()))
                        .distinct()
                        .map(ScenarioText::parse)
                        .toList())
                .toList();
    }

    private static Stream<String> scenarios(Exhibit exhibit, String protocol) {
        Stream<String> broken = exhibit.broken().equals(protocol) ? Stream.of(exhibit.scenario()) : Stream.empty();
        Stream<String> fixed = exhibit.fixed().equals(protocol) ? Stream.of(exhibit.fixedScenario()) : Stream.empty();
        return Stream.concat(broken, fixed);
    }

    /** All shipped protocols and the {@link Canary}. */
    public static Menu all() {
        List<CatalogEntry> all = new ArrayList<>(Catalog.all());
        all.add(Canary.entry());
        return new Menu(all, Optional.empty());
    }

    /** These protocols. */
    static Menu of(List<CatalogEntry> protocols) {
        return new Menu(protocols, Optional.empty());
    }

    /**
     * One protocol, and the {@link Canary}.
     *
     * @throws IllegalArgumentException that names the choices if there is no such protocol
     */
    public static Menu protocol(String name) {
        return new Menu(List.of(find(name), Canary.entry()), Optional.empty());
    }

    /**
     * One protocol in one scenario, and nothing else; inputs then have no header.
     *
     * @throws IllegalArgumentException that names the choices if there is no such protocol
     */
    public static Menu only(String name, Scenario scenario) {
        return new Menu(List.of(find(name)), Optional.of(scenario));
    }

    /** A menu without the canary. */
    public Menu withoutCanary() {
        return new Menu(
                protocols.stream()
                        .filter(entry -> !entry.name().equals(Canary.NAME))
                        .toList(),
                only);
    }

    /**
     * The shipped protocol, or the canary, with a name.
     *
     * @throws IllegalArgumentException that names the choices if there is none
     */
    public static CatalogEntry find(String name) {
        if (name.equals(Canary.NAME)) {
            return Canary.entry();
        }
        return Catalog.find(name)
                .orElseThrow(() -> Choice.unknown(
                        "protocol",
                        name,
                        Catalog.all().stream().map(CatalogEntry::fullName).toList()));
    }

    /** The same protocols in one scenario; inputs then have one byte that chooses, or none if there is nothing to choose from. */
    public Menu in(Scenario scenario) {
        return new Menu(protocols, Optional.of(scenario));
    }

    /** Whether there is only one scenario. */
    boolean isOne() {
        return only.isPresent();
    }

    /** The bytes of an input that choose, and are not a schedule. */
    public int header() {
        return only.isEmpty() ? HEADER : protocols.size() > 1 ? 1 : 0;
    }

    /** What the first bytes choose, in one number: inputs with one number mean the same. */
    public long key(byte[] input) {
        long key = choice(input);
        if (only.isPresent()) {
            return key;
        }
        int shows = shows(input);
        if (shows >= 0) {
            return -1 - (key << 8 | shows);
        }
        key = 3 * key + at(input, 1) % 3;
        key = 2 * key + at(input, 2) % 2;
        boolean overlap = overlaps(input);
        key = (SHAPES.size() + OVERLAPS.size()) * key
                + (overlap ? SHAPES.size() + at(input, 3) % OVERLAPS.size() : at(input, 3) % SHAPES.size());
        key = OFFSETS.length * key + at(input, 4) % OFFSETS.length;
        int fetch = at(input, 5);
        key = FETCH_MODELS.length * key + fetch % FETCH_MODELS.length;
        key = 5 * key + (fetch >>> 3) % 5;
        key = 2 * key + (fetch >>> 7);
        int stores = at(input, 6);
        key = 3 * key + (stores >>> 3) % 3;
        key = 5 * key + ((stores & 1) == 0 ? 0 : 1 + (stores >>> 1) % 4);
        int nmi = at(input, 7);
        key = 3 * key + nmi % 3;
        key = 3 * key + (nmi >>> 2) % 3;
        key = 2 * key + (nmi >>> 6 == 3 ? 1 : 0);
        int others = at(input, 8);
        key = 2 * key + others % 2;
        key = 2 * key + ((others & 6) == 6 ? 1 : 0);
        key = 2 * key + (others >>> 3) % 2;
        return SHAPES.size() * key + (at(input, 2) % 2 == 0 || overlap ? 0 : (others >>> 4) % SHAPES.size());
    }

    /** The protocol that the first bytes choose. */
    public CatalogEntry protocol(byte[] input) {
        return protocols.get(choice(input));
    }

    /** Beside a single protocol the canary is one choice of eight: it has to be found, and no more. */
    private int choice(byte[] input) {
        int size = protocols.size();
        return switch (size) {
            case 1 -> 0;
            case 2 -> at(input, 0) % CANARY_SHARE == CANARY_SHARE - 1 ? 1 : 0;
            default -> at(input, 0) % size;
        };
    }

    /** The scenario that the first bytes choose. */
    public Scenario scenario(byte[] input) {
        int shows = shows(input);
        return only.orElseGet(
                () -> shows < 0 ? choose(input) : shown.get(choice(input)).get(shows));
    }

    /** Which scenario of the museum the first bytes choose; -1 if none of them. */
    private int shows(byte[] input) {
        int size = shown.get(choice(input)).size();
        return size == 0 || (at(input, 1) & SHOWN) != SHOWN ? -1 : at(input, 2) % size;
    }

    /** Inputs to begin with: one for each protocol and scenario of the museum, and one for each protocol that the museum does not show. */
    public List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        for (int i = 0; only.isEmpty() && i < protocols.size(); i++) {
            for (int shows = 0; shows < Math.max(1, shown.get(i).size()); shows++) {
                byte[] seed = new byte[HEADER];
                seed[0] = (byte) first(i);
                seed[1] = (byte) (shown.get(i).isEmpty() ? 0 : SHOWN);
                seed[2] = (byte) shows;
                seeds.add(seed);
            }
        }
        return seeds;
    }

    /** A first byte that chooses a protocol. */
    private int first(int protocol) {
        int b = 0;
        while (choice(new byte[] {(byte) b}) != protocol) {
            b++;
        }
        return b;
    }

    private static Scenario choose(byte[] input) {
        int fetch = at(input, 5);
        int stores = at(input, 6);
        int nmi = at(input, 7);
        int others = at(input, 8);
        return Scenario.of(sites(input))
                .with(b -> b.cpus(new int[] {2, 3, 1}[at(input, 1) % 3])
                        .fetch(pick(FETCH_MODELS, fetch), CHUNKS[(fetch >>> 3) % CHUNKS.length])
                        .fetchCoherent(fetch >>> 7 == 1)
                        .data((stores & 1) == 0 ? DataModel.SC : DataModel.TSO)
                        .bufferDepth((stores & 1) == 0 ? DEPTH_OF_NONE : 1 + (stores >>> 1) % 4)
                        .split(pick(SPLITS, stores >>> 3))
                        .nmis(nmi % 3)
                        .nmiWork(pick(WORK, nmi >>> 2))
                        .nmi(nmi >>> 6 == 3 ? NmiModel.HARDWARE : NmiModel.LATCHED)
                        .irqs(others % 2)
                        .mcs((others & 6) == 6 ? 1 : 0)
                        .thread((others & 8) == 0 ? ThreadWork.LOOP : ThreadWork.NONE));
    }

    private static boolean overlaps(byte[] input) {
        return (at(input, 2) & OVERLAP) == OVERLAP;
    }

    private static List<SiteSpec> sites(byte[] input) {
        int offset = OFFSETS[at(input, 4) % OFFSETS.length];
        if (overlaps(input)) {
            List<String> pair = OVERLAPS.get(at(input, 3) % OVERLAPS.size());
            return List.of(site(pair.get(0), offset), SiteSpec.parse(pair.get(1)));
        }
        List<SiteSpec> sites = new ArrayList<>();
        sites.add(site(shape(at(input, 3)), offset));
        if (at(input, 2) % 2 == 1) {
            sites.add(site(shape(at(input, 8) >>> 4), 0));
        }
        return sites;
    }

    private static String shape(int number) {
        return SHAPES.get(number % SHAPES.size());
    }

    private static SiteSpec site(String text, int offset) {
        return SiteSpec.parse(offset == 0 ? text : text + "@" + offset);
    }

    private static <T> T pick(T[] values, int number) {
        return values[number % values.length];
    }

    private static int at(byte[] input, int index) {
        return index < input.length ? Byte.toUnsignedInt(input[index]) : 0;
    }
}
