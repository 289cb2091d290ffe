// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pokecheck.cpu.IpiSend;
import dev.pokecheck.cpu.NmiModel;
import dev.pokecheck.cpu.Profile;
import dev.pokecheck.cpu.SelfModification;
import dev.pokecheck.data.DataModel;
import dev.pokecheck.hardware.Profiles;
import dev.pokecheck.insn.Sync;
import dev.pokecheck.machine.Scenario;
import dev.pokecheck.machine.SiteSpec;
import dev.pokecheck.property.Level;
import dev.pokecheck.protocol.Setting.InterruptWork;
import dev.pokecheck.protocol.Setting.ThreadWork;
import dev.pokecheck.text.FetchModel;
import dev.pokecheck.text.StoreSplit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** parse(print(entry)) = entry, and print(parse(text)) = text for text that was printed. */
class EntryProperties {

    @Property(tries = 600, seed = "20250702")
    void whatIsPrintedIsRead(@ForAll("entries") Entry entry) {
        String text = entry.print();
        Entry read = EntryParser.parse("test.poke", text);
        assertEquals(entry, read);
        assertEquals(text, read.print());
    }

    @Property(tries = 600, seed = "20250703")
    void scenariosAreTheSameWhenRead(@ForAll("scenarios") Scenario scenario) {
        assertEquals(scenario, ScenarioText.parse(ScenarioText.print(scenario)));
    }

    /** Whatever a hand or a disk does to a file, it is read or complained about with its name. */
    @Property(tries = 600, seed = "20250704")
    void damagedTextIsReadOrComplainedAbout(@ForAll("entries") Entry entry, @ForAll int where, @ForAll char what) {
        String text = entry.print();
        int at = Math.floorMod(where, text.length());
        for (String damaged : List.of(
                text.substring(0, at),
                text.substring(at),
                text.substring(0, at) + what + text.substring(at),
                text.substring(0, at) + what + text.substring(at + 1))) {
            try {
                EntryParser.parse("test.poke", damaged).print();
            } catch (CorpusException e) {
                assertEquals("test.poke:", e.getMessage().substring(0, "test.poke:".length()));
            }
        }
    }

    @Provide
    Arbitrary<Entry> entries() {
        Arbitrary<String> words = Arbitraries.strings()
                .alpha()
                .numeric()
                .withChars("._-+=[]")
                .ofMinLength(1)
                .ofMaxLength(12);
        Arbitrary<String> lines = words.list().ofMinSize(1).ofMaxSize(4).map(list -> String.join(" ", list));
        return Combinators.combine(
                        lines.list().ofMaxSize(3),
                        words,
                        scenarios(),
                        expectations(),
                        Arbitraries.integers()
                                .map(i -> String.format("%08x", i))
                                .optional(),
                        lines.list().ofMaxSize(5).optional(),
                        Arbitraries.of(Profiles.shipped()).optional(),
                        origins())
                .filter((comments, protocol, scenario, expectation, fingerprint, schedule, hardware, own) ->
                        loop(expectation) < schedule.map(List::size).orElse(0))
                .as((comments, protocol, scenario, expectation, fingerprint, schedule, hardware, own) ->
                        new Entry(comments, protocol, scenario, expectation, fingerprint, schedule, own, hardware))
                .filter(entry -> entry.expectation() instanceof Expectation.Holds
                        ? entry.schedule().map(steps -> !steps.isEmpty()).orElse(true)
                        : entry.schedule().isPresent());
    }

    /** None, a class, or a C file with or without its texts, whose lines look like those of an entry at times. */
    private static Arbitrary<Optional<Own>> origins() {
        Arbitrary<String> names =
                Arbitraries.of("a.c", "b h.h", "../x.h", "text c:", "äöü.c", "schedule:", "|", "in", "#", "a:b");
        Arbitrary<String> lines = Arbitraries.frequencyOf(
                Tuple.of(
                        3,
                        Arbitraries.of(
                                "",
                                " ",
                                "\t|x",
                                "schedule:",
                                "expect: holds safe",
                                "#include \"a.h\"",
                                "text a.c:",
                                "x \\",
                                "\ufeff",
                                "\u2028")),
                Tuple.of(
                        2,
                        Arbitraries.strings()
                                .withChars("aZ0 \t|#:;{}\"'\\/*\u00e9\u2028")
                                .ofMaxLength(20)));
        Arbitrary<String> texts = lines.list()
                .ofMaxSize(5)
                .map(all -> all.stream().map(line -> line + "\n").collect(Collectors.joining()));
        Arbitrary<Own> source = Combinators.combine(
                        names,
                        Arbitraries.of("X", "Y=1", "F(x)=x + 1", "Z=").list().ofMaxSize(2),
                        names.list().ofMaxSize(2),
                        names.list().uniqueElements().ofMaxSize(3),
                        texts.list().ofSize(4),
                        Arbitraries.of(true, false))
                .as((path, definitions, folders, headers, contents, carried) -> {
                    OwnSource named = new OwnSource("../src/" + path, definitions, folders, List.of());
                    if (!carried) {
                        return named;
                    }
                    List<OwnSource.Text> all = new ArrayList<>();
                    all.add(new OwnSource.Text(named.name(), contents.get(3)));
                    for (int i = 0; i < headers.size(); i++) {
                        all.add(new OwnSource.Text("inc/" + headers.get(i), contents.get(i)));
                    }
                    return new OwnSource(named.path(), definitions, folders, all);
                });
        Arbitrary<Own> type = Arbitraries.of("my.Own#patch", "A").map(name -> new OwnClass(name, "../build"));
        return Arbitraries.oneOf(source, type).optional(0.7);
    }

    private static int loop(Expectation expectation) {
        return expectation instanceof Expectation.Violated violated
                ? violated.loop().orElse(-1)
                : -1;
    }

    private static Arbitrary<Expectation> expectations() {
        Arbitrary<Expectation> violated = Arbitraries.of(Arrays.stream(dev.pokecheck.property.Property.values())
                        .filter(property ->
                                property.isSearched() && property != dev.pokecheck.property.Property.LIVELOCK)
                        .toList())
                .map(Expectation.Violated::new);
        Arbitrary<Expectation> livelock = Arbitraries.integers().between(0, 5).map(Expectation.Violated::livelock);
        Arbitrary<Expectation> holds = Arbitraries.of(Level.values()).map(Expectation.Holds::new);
        return Arbitraries.oneOf(violated, livelock, holds);
    }

    @Provide
    Arbitrary<Scenario> scenarios() {
        Arbitrary<SiteSpec> site = Arbitraries.of(
                        "nop5->jmp32", "call->nop5", "pvcall->call", "nop2->jmp8->nop2", "ff15cbf89f01->e8ecc99c0090")
                .flatMap(text -> Arbitraries.integers().between(0, 63).map(o -> o == 0 ? text : text + "@" + o))
                .map(SiteSpec::parse);
        Arbitrary<Profile> profile = Combinators.combine(
                        Arbitraries.of(Arrays.stream(Sync.values())
                                        .filter(sync -> sync != Sync.NONE)
                                        .toList())
                                .set(),
                        Arbitraries.of(true, false).list().ofSize(3),
                        Arbitraries.of(SelfModification.values()).list().ofSize(2),
                        Arbitraries.of(IpiSend.values()))
                .as((serializing, flags, own, send) -> new Profile(
                        serializing, flags.get(0), own.get(0), own.get(1), flags.get(1), send, flags.get(2)));
        Arbitrary<Scenario> work = Combinators.combine(
                        site.list().ofMinSize(1).ofMaxSize(8),
                        Arbitraries.integers().between(1, 8),
                        Arbitraries.of(ThreadWork.values()),
                        Arbitraries.integers().between(0, 7).list().ofSize(3),
                        Arbitraries.of(InterruptWork.values()),
                        Arbitraries.of(NmiModel.values()),
                        profile)
                .as((sites, cpus, thread, budgets, nmiWork, nmi, serializing) -> Scenario.of(sites)
                        .with(b -> b.cpus(cpus)
                                .thread(thread)
                                .nmis(budgets.get(0))
                                .irqs(budgets.get(1))
                                .mcs(budgets.get(2))
                                .nmiWork(nmiWork)
                                .nmi(nmi)
                                .profile(serializing)));
        return Combinators.combine(
                        work,
                        Arbitraries.of(FetchModel.values()),
                        Arbitraries.of(1, 8, 16, 32, 64),
                        Arbitraries.of(true, false).list().ofSize(2),
                        Arbitraries.of(DataModel.values()),
                        Arbitraries.integers().between(1, 15),
                        Arbitraries.of(StoreSplit.values()))
                .as((scenario, fetch, chunk, flags, data, buffer, split) -> scenario.with(b -> b.fetch(fetch)
                        .chunk(chunk)
                        .fetchCoherent(flags.get(0))
                        .mergeLocal(flags.get(1))
                        .data(data)
                        .bufferDepth(buffer)
                        .split(split)));
    }
}
