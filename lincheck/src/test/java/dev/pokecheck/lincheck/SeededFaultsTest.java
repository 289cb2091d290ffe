// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.lincheck;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pokecheck.step.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The comparison of {@link ThreeWaysTest} notices what is wrong with a primitive of the packed host, or with what a step does. What it cannot notice is
 * named with the reason; a new primitive or operation fails these tests until a program needs it, or it is known to belong there.
 */
final class SeededFaultsTest {
    private static final int RANDOM = 80;
    private static final Path OPERATIONS = Path.of("../core/src/main/java/dev/pokecheck/step/op");

    private static final String FUNCTIONS_BEGIN_TOGETHER =
            "on the packed machine StopRun itself sets the others to their functions";
    private static final String NO_BUFFER = "without store buffers the answer is always yes";
    private static final String ALONE = "one CPU at a time: what is ready succeeds";
    private static final String REFUSED = "threads refuse protocols that need it";
    private static final String MONITOR = "only a monitor is told";
    private static final String EXPLANATION = "only explanations ask";
    private static final String ENDED = "the run has failed, whatever the answer";
    private static final String FETCHES = "on the packed machine each fetch is an action of its own";
    private static final String WAITED = "all that matters is when it is ready";

    /** Faults of primitives that nobody can notice. */
    private static final Map<String, String> SAME = new TreeMap<>(Map.ofEntries(
            Map.entry("acquire=YES", ALONE),
            Map.entry("beginStop=YES", ALONE),
            Map.entry("beginFunction", FUNCTIONS_BEGIN_TOGETHER),
            Map.entry("mayBeginFunction", FUNCTIONS_BEGIN_TOGETHER),
            Map.entry("mayBeginFunction=NO", FUNCTIONS_BEGIN_TOGETHER),
            Map.entry("hasRoom=YES", NO_BUFFER),
            Map.entry("isDrained=YES", NO_BUFFER),
            Map.entry("mayExecute=YES", NO_BUFFER),
            Map.entry("sti", REFUSED),
            Map.entry("endOfInterrupt", REFUSED),
            Map.entry("callOthers", REFUSED),
            Map.entry("mayGoOffline", REFUSED),
            Map.entry("mayGoOffline=NO", REFUSED),
            Map.entry("mayGoOffline=YES", REFUSED),
            Map.entry("goOffline", REFUSED),
            Map.entry("mayBringOnline", REFUSED),
            Map.entry("mayBringOnline=NO", REFUSED),
            Map.entry("mayBringOnline=YES", REFUSED),
            Map.entry("bringOnline", REFUSED),
            Map.entry("maySuspend", REFUSED),
            Map.entry("maySuspend=NO", REFUSED),
            Map.entry("maySuspend=YES", REFUSED),
            Map.entry("suspend", REFUSED),
            Map.entry("maySendUnfenced", REFUSED),
            Map.entry("maySendUnfenced=NO", REFUSED),
            Map.entry("maySendUnfenced=YES", REFUSED),
            Map.entry("sendSync", REFUSED),
            Map.entry("isSuspended", REFUSED),
            Map.entry("isSuspended=NO", REFUSED),
            Map.entry("isSuspended=YES", REFUSED),
            Map.entry("contextOf", REFUSED),
            Map.entry("setContext", REFUSED),
            Map.entry("resume", REFUSED),
            Map.entry("saveInterruptFlag", REFUSED),
            Map.entry("restoreInterruptFlag", REFUSED),
            Map.entry("beginGrace", REFUSED),
            Map.entry("ensure", REFUSED),
            Map.entry("storeGhost", REFUSED),
            Map.entry("hitForeignBreakpoint", REFUSED),
            Map.entry("hitForeignBreakpoint=NO", REFUSED),
            Map.entry("hitForeignBreakpoint=YES", REFUSED),
            Map.entry("way", "a way is chosen for conditional jumps only, which threads refuse"),
            Map.entry("unclaimed=NO", ENDED),
            Map.entry("unclaimed=YES", ENDED),
            Map.entry("beginPath", MONITOR),
            Map.entry("rest", MONITOR),
            Map.entry("wentBack", MONITOR),
            Map.entry("memoryHolds", EXPLANATION),
            Map.entry("memoryHolds=NO", EXPLANATION),
            Map.entry("memoryHolds=YES", EXPLANATION),
            Map.entry("memoryText", EXPLANATION),
            Map.entry("serializes", EXPLANATION),
            Map.entry("serializes=NO", EXPLANATION),
            Map.entry("serializes=YES", EXPLANATION),
            Map.entry("execute", FETCHES)));

    /** Operations of which the tree walk cannot notice that they do nothing on the host of threads. */
    private static final Map<String, String> IDLE_ON_THREADS = new TreeMap<>(Map.of(
            "Await", WAITED,
            "Fence", WAITED,
            "SyncWait", WAITED,
            "PathBegin", MONITOR,
            "Rest", MONITOR));

    /** The same on the packed machine. */
    private static final Map<String, String> IDLE_ON_PACKED = new TreeMap<>(Map.of(
            "Fence", WAITED,
            "SyncWait", WAITED,
            "PathBegin", MONITOR,
            "Rest", MONITOR,
            "Execute", FETCHES,
            "StopWait", FUNCTIONS_BEGIN_TOGETHER));

    /** Operations of protocols that threads refuse. */
    private static final Set<String> NOT_ON_THREADS = Set.of(
            "ForeignInt3",
            "GraceBegin",
            "GraceWait",
            "Sti",
            "Eoi",
            "Ensure",
            "GhostStore",
            "Choose",
            "AwaitOrTimeout",
            "CallSend",
            "CallWait",
            "GoOffline",
            "BringOnline",
            "SuspendSend",
            "SuspendWait",
            "ReadContext",
            "SetContext",
            "Resume",
            "HoldInterrupts");

    private final List<Case> cases = Case.all(RANDOM);

    /** By case, what it asks the packed host for. */
    private Map<Case, Set<String>> asked() {
        Map<Case, Set<String>> all = new LinkedHashMap<>();
        for (Case each : cases) {
            Set<String> asked = all.computeIfAbsent(each, none -> new TreeSet<>());
            Way telling = each.packed(step -> ChangedStep.on(host -> FaultyHost.telling(host, asked::add), step));
            assertEquals("", each.run(each.threads(), telling).difference());
        }
        return all;
    }

    private Set<String> survivors(Stream<String> mutants, BiPredicate<Case, String> differs) {
        return mutants.filter(mutant -> cases.stream().noneMatch(each -> differs.test(each, mutant)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void aFaultOfThePackedHostIsNoticed() {
        Map<String, FaultyHost.Fault> faults = new TreeMap<>();
        FaultyHost.all().forEach(fault -> faults.put(fault.toString(), fault));
        Map<Case, Set<String>> asked = asked();
        Set<String> survivors = survivors(faults.keySet().stream(), (each, name) -> {
            if (!asked.get(each).contains(faults.get(name).primitive())) {
                return false;
            }
            Way mutant = each.packed(step -> ChangedStep.on(faults.get(name)::in, step));
            return each.run(each.threads(), mutant).differs();
        });
        assertEquals(SAME.keySet(), survivors);
    }

    @Test
    void aStepThatDoesNothingOnThreadsIsNoticed() {
        Set<String> survivors = survivors(
                operations().stream(),
                (each, name) -> each.run(each.tree(), each.threads(step -> idle(name, step)))
                        .differs());
        assertEquals(IDLE_ON_THREADS.keySet(), survivors);
    }

    @Test
    void aStepThatDoesNothingOnThePackedMachineIsNoticed() {
        Set<String> survivors = survivors(
                operations().stream(),
                (each, name) -> each.run(each.tree(), each.packed(step -> idle(name, step)))
                        .differs());
        assertEquals(IDLE_ON_PACKED.keySet(), survivors);
    }

    private static Step idle(String name, Step step) {
        return name(step).equals(name) ? ChangedStep.idle(step) : step;
    }

    private static String name(Step step) {
        return step.getClass().getSimpleName();
    }

    /** The operations of which the programs have steps. */
    private Set<String> operations() {
        return cases.stream()
                .flatMap(each -> each.program().graph().steps().stream())
                .map(SeededFaultsTest::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void noOperationIsLeftOut() throws IOException {
        Set<String> all = new TreeSet<>();
        try (Stream<Path> files = Files.list(OPERATIONS)) {
            files.map(file -> file.getFileName().toString().replace(".java", ""))
                    .forEach(all::add);
        }
        all.removeAll(Set.of("Lowering", "ContextLowering", "Exits", "package-info"));
        all.removeAll(NOT_ON_THREADS);
        assertEquals(all, operations());
    }
}
