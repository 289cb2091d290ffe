// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.pokecheck.corpus.ReplayResult.Outcome;
import dev.pokecheck.explore.search.StuckState;
import dev.pokecheck.insn.Sync;
import dev.pokecheck.machine.ActionList;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.machine.Scenario;
import dev.pokecheck.machine.SiteSpec;
import dev.pokecheck.machine.TransitionSystem;
import dev.pokecheck.property.Incident;
import dev.pokecheck.property.Property;
import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Local;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.ProtocolBuilder;
import dev.pokecheck.protocol.Recorder;
import dev.pokecheck.protocol.Setting.ThreadWork;
import dev.pokecheck.schedule.RandomScheduler;
import dev.pokecheck.schedule.RecordingScheduler;
import dev.pokecheck.schedule.Walk;
import dev.pokecheck.text.FetchModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * Switches off each oracle in turn, and shows that this is noticed: by entries of the corpus, which then are not reproduced, or, for what no
 * shipped protocol does, by a program of a few lines whose fault no other oracle sees. The build would fail in both cases.
 *
 * <p>The oracles of incidents are switched off one by one, and together for each property; that of a deadlock consists of two, one for states
 * in which nothing can move and one for those that lead nowhere. {@code mvn -P oracles} does the same to the code itself.
 */
class OraclesTest {
    private static final Path FAIL = Path.of(System.getProperty("basedir", "."), "..", "corpus", "fail");

    /** A system that does not report some incidents, or deadlocks, or takes every step for one that completes something. */
    private record Blind(TransitionSystem system, long incidents, boolean deadlocks, boolean livelocks)
            implements TransitionSystem {
        @Override
        public long apply(long[] state, int action) {
            return system.apply(state, action) & ~incidents;
        }

        @Override
        public long inspect(long[] state) {
            return system.inspect(state) & ~incidents;
        }

        @Override
        public boolean complete(long[] state) {
            return deadlocks || system.complete(state);
        }

        @Override
        public int words() {
            return system.words();
        }

        @Override
        public int[] partStarts() {
            return system.partStarts();
        }

        @Override
        public void initial(long[] state) {
            system.initial(state);
        }

        @Override
        public void enabled(long[] state, ActionList actions) {
            system.enabled(state, actions);
        }

        @Override
        public int agent(int action) {
            return system.agent(action);
        }

        @Override
        public boolean spontaneous(int action) {
            return system.spontaneous(action);
        }

        @Override
        public int duty(long[] state, int action) {
            return system.duty(state, action);
        }

        @Override
        public long promptDuties() {
            return system.promptDuties();
        }

        @Override
        public boolean progressed() {
            return livelocks || system.progressed();
        }

        @Override
        public int agents() {
            return system.agents();
        }

        @Override
        public String describe(long[] state, int action) {
            return system.describe(state, action);
        }
    }

    /** What is switched off: incidents, states without a way on, states that lead nowhere, loops that complete nothing. */
    private record Oracle(String name, long incidents, boolean deadlocks, boolean stuck, boolean livelocks) {
        static Oracle of(Incident incident) {
            return new Oracle(incident.name(), incident.bit(), false, false, false);
        }

        static Oracle of(Property property) {
            boolean deadlock = property == Property.DEADLOCK;
            return new Oracle(property.text(), property.bits(), deadlock, deadlock, property == Property.LIVELOCK);
        }

        TransitionSystem blind(TransitionSystem system) {
            return new Blind(system, incidents, deadlocks, livelocks);
        }
    }

    private static final Oracle NONE = new Oracle("none", 0, false, false, false);

    private static Outcome replay(Entry entry, Oracle off) {
        Machine machine = new Machine(
                entry.scenario().with(b -> b.watch(entry.expectation().level().watch())),
                EntryProtocols.of(FAIL, entry));
        TransitionSystem system = off.blind(machine);
        return new Replay(entry, system, machine.protocol(), state -> !off.stuck() && StuckState.isStuck(system, state))
                .run()
                .outcome();
    }

    private static final Map<Path, Entry> ENTRIES = new TreeMap<>();

    /** That each fails as it should with all oracles on is what {@code CorpusTest} says. */
    @BeforeAll
    static void read() throws IOException {
        for (Path file : Corpus.files(FAIL)) {
            ENTRIES.put(file, Corpus.read(file));
        }
    }

    /** How many entries of other properties stand for all in each build: one of so many. */
    private static final int STEP = 12;

    /** Of some entries those that do not fail as they should if an oracle is switched off; replayed when they are asked for. */
    private static Stream<String> depending(Oracle off, Predicate<String> which) {
        return ENTRIES.keySet().stream()
                .filter(file -> which.test(file.getFileName().toString()))
                .filter(file -> replay(ENTRIES.get(file), off) != Outcome.REPRODUCED)
                .map(file -> file.getFileName().toString());
    }

    private static Stream<Property> properties() {
        return Stream.of(Property.values())
                .filter(Property::isSearched)
                .filter(property -> !List.of(
                                Property.LOST_CALL, Property.WRONG_TARGET, Property.RECURSION, Property.ENSURE)
                        .contains(property));
    }

    @TestFactory
    Stream<DynamicTest> theCorpusDependsOnTheOracleOfEachProperty() {
        return properties()
                .map(property -> dynamicTest(
                        property.text(),
                        () -> assertTrue(depending(Oracle.of(property), name -> name.startsWith(property.text() + "+"))
                                .findAny()
                                .isPresent())));
    }

    @TestFactory
    Stream<DynamicTest> noEntryDependsOnTheOracleOfAnotherProperty() {
        AtomicInteger count = new AtomicInteger();
        return noneDepends(name -> count.getAndIncrement() % STEP == 0);
    }

    @Tag("full")
    @TestFactory
    Stream<DynamicTest> soItIsOfAllOthers() {
        return noneDepends(name -> true);
    }

    private static Stream<DynamicTest> noneDepends(Predicate<String> which) {
        return properties()
                .map(property -> dynamicTest(
                        property.text(),
                        () -> assertEquals(
                                List.of(),
                                depending(
                                                Oracle.of(property),
                                                name -> !name.startsWith(property.text() + "+") && which.test(name))
                                        .toList())));
    }

    /** An incident that shipped protocols run into, with an entry that depends on it. */
    private record Shipped(Incident incident, String entry) {}

    private static final List<Shipped> SHIPPED = List.of(
            new Shipped(Incident.TORN, "torn+memcpy-head-first"),
            new Shipped(Incident.MIXED, "torn+rdtsc-preempted"),
            new Shipped(Incident.MID_INSTRUCTION, "mid-instruction+return-address"),
            new Shipped(Incident.STALE, "stale+one-store"),
            new Shipped(Incident.BACKWARDS, "backwards+one-emulates"),
            new Shipped(Incident.GROUP, "group+nmi-between-sites"),
            new Shipped(Incident.UNHANDLED_INT3, "unhandled-int3+no-sync3"),
            new Shipped(Incident.NMI_OVERWROTE_FRAME, "corrupt-frame+iret-in-nmi"),
            new Shipped(Incident.BUG_ON, "bug+second-ack+no-nmi"),
            new Shipped(Incident.UD2, "bug+ud2-executed"),
            new Shipped(Incident.DEAD_OBJECT, "dead-object+machine-check+descriptor"),
            new Shipped(Incident.LOST_PATCH, "lost-patch+state-machine-alone"));

    @TestFactory
    Stream<DynamicTest> theCorpusDependsOnTheOracleOfEachIncidentOfShippedProtocols() {
        return SHIPPED.stream()
                .map(shipped -> dynamicTest(shipped.incident.name(), () -> {
                    Entry entry = Corpus.read(FAIL.resolve(shipped.entry + Corpus.SUFFIX));
                    assertEquals(Outcome.REPRODUCED, replay(entry, NONE));
                    assertNotEquals(Outcome.REPRODUCED, replay(entry, Oracle.of(shipped.incident)));
                }));
    }

    @TestFactory
    Stream<DynamicTest> theTwoOraclesOfDeadlocksAreNeededBoth() {
        return Stream.of(
                needed("deadlock+stale-ack+no-nmi", new Oracle("nothing can move", 0, true, false, false)),
                needed("deadlock+stuck+lock", new Oracle("leads nowhere", 0, false, true, false)));
    }

    private static DynamicTest needed(String name, Oracle off) {
        return dynamicTest(off.name, () -> {
            Entry entry = Corpus.read(FAIL.resolve(name + Corpus.SUFFIX));
            assertEquals(Outcome.REPRODUCED, replay(entry, NONE));
            assertNotEquals(Outcome.REPRODUCED, replay(entry, off));
        });
    }

    /** A program of one CPU that runs into an incident that no shipped protocol runs into. */
    private record Program(Incident incident, String site, Protocol.Definition definition) {
        static Program thread(Incident incident, String site, BiConsumer<ProtocolBuilder, Recorder> body) {
            return new Program(
                    incident,
                    site,
                    b -> b.thread(0, r -> {
                        r.serialize("first", Sync.CPUID);
                        body.accept(b, r);
                    }));
        }

        /** Puts a breakpoint on the site, runs into it and handles it. */
        static Program trap(Incident incident, String site, BiConsumer<ProtocolBuilder, Recorder> handler) {
            return new Program(incident, site, b -> {
                b.thread(0, r -> {
                    r.textPoke("int3", b.sites().get(0), 0, (byte) 0xcc);
                    r.execute("exec", b.sites().get(0));
                });
                b.breakpoint(r -> handler.accept(b, r));
            });
        }

        long incidents(Oracle off) {
            Scenario scenario = Scenario.of(List.of(SiteSpec.parse(site), SiteSpec.parse("call->jmp32")))
                    .with(b -> b.cpus(1).thread(ThreadWork.NONE).fetch(FetchModel.COHERENT));
            Machine machine = Machine.of(scenario, "program", definition);
            RecordingScheduler recording = new RecordingScheduler(new RandomScheduler(1));
            new Walk(machine, Walk.Limits.steps(100)).run(recording, 0);
            // The same steps and no more: behind an incident a state means nothing.
            TransitionSystem blind = off.blind(machine);
            long[] state = new long[blind.words()];
            blind.initial(state);
            long incidents = 0;
            for (int action : recording.actions()) {
                incidents |= blind.apply(state, action);
            }
            return incidents;
        }
    }

    private static final List<Program> OTHERS = List.of(
            Program.trap(
                    Incident.LOST_CALL,
                    "call->call",
                    (b, r) -> r.setSavedAddress(b.addressOf(b.sites().get(0)).plus(5))),
            Program.trap(
                    Incident.WRONG_TARGET,
                    "nop5->jmp32",
                    (b, r) -> r.emulate("emulate", b.sites().get(1), 0, true)),
            Program.trap(
                    Incident.EMULATION_OVERWROTE_FRAME,
                    "call->nop5",
                    (b, r) -> r.emulate("emulate", b.sites().get(0), 0, false)),
            Program.trap(
                    Incident.RECURSION,
                    "int3->nop1",
                    (b, r) -> r.execute("again", b.sites().get(0))),
            Program.thread(
                    Incident.INDEX,
                    "nop1->nop1",
                    (b, r) -> r.store("a", b.array("a", 2, 0, 0, 3).at(2), Expr.of(0))),
            Program.thread(Incident.RANGE, "nop1->nop1", (b, r) -> r.store("x", b.shared("x", 0, 0, 2), Expr.of(3))),
            Program.thread(
                    Incident.NESTED_CALL,
                    "e8fbffffff->e8fbffffff",
                    (b, r) -> r.execute("exec", b.sites().get(0))),
            Program.thread(Incident.ENDED_TWICE, "nop1->nop1", (b, r) -> r.end("free", b.object("o"))),
            Program.thread(Incident.PATCH_MARK, "nop1->nop1", (b, r) -> {
                r.patchBegin("begin", b.sites().get(0), 1);
                r.patchBegin("again", b.sites().get(0), 1);
            }),
            Program.thread(Incident.ENSURE, "nop1->nop1", (b, r) -> r.ensure("never", Expr.of(0))),
            Program.thread(Incident.ENDLESS, "nop1->nop1", (b, r) -> {
                Local local = r.local("l", 0, 1);
                r.forever(() -> r.assign(local, local.value()));
            }));

    @TestFactory
    Stream<DynamicTest> programsDependOnTheOraclesOfAllOtherIncidents() {
        return OTHERS.stream()
                .map(program -> dynamicTest(program.incident.name(), () -> {
                    assertEquals(program.incident.bit(), program.incidents(NONE));
                    assertEquals(0, program.incidents(Oracle.of(program.incident)));
                }));
    }

    /** What is in neither list would be an oracle that nobody misses. */
    @TestFactory
    Stream<DynamicNode> noOracleIsForgotten() {
        List<Incident> covered = Stream.concat(
                        SHIPPED.stream().map(Shipped::incident), OTHERS.stream().map(Program::incident))
                .sorted()
                .toList();
        return Stream.of(Property.values())
                .filter(property -> property.isSearched() && property != Property.DEADLOCK)
                .map(property -> dynamicContainer(
                        property.text(),
                        property.incidents().stream()
                                .map(incident ->
                                        dynamicTest(incident.name(), () -> assertTrue(covered.contains(incident))))));
    }
}
