// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.junit;

import dev.pokecheck.corpus.CFile;
import dev.pokecheck.data.DataModel;
import dev.pokecheck.explore.search.SearchOptions;
import dev.pokecheck.explore.verdict.Check;
import dev.pokecheck.explore.verdict.CheckOptions;
import dev.pokecheck.explore.verdict.Verdict;
import dev.pokecheck.explore.verdict.Verdict.Kind;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.machine.Scenario;
import dev.pokecheck.machine.ScenarioBuilder;
import dev.pokecheck.machine.SiteSpec;
import dev.pokecheck.property.Level;
import dev.pokecheck.property.Property;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.Setting.InterruptWork;
import dev.pokecheck.protocol.Setting.ThreadWork;
import dev.pokecheck.schedule.PctScheduler;
import dev.pokecheck.schedule.RandomScheduler;
import dev.pokecheck.schedule.Scheduler;
import dev.pokecheck.text.FetchModel;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A check of one protocol in one scenario. Each method that changes something returns a new check and leaves this one as it is, so that one can
 * be kept and varied. Nothing is searched before one of {@link #holds}, {@link #violates}, {@link #findsNoViolation} and {@link #run} is called.
 */
public final class ProtocolCheck {
    /** The most steps of a random run; as in the command line. */
    private static final int STEPS = 500;

    /** The ordering constraints of a bug that PCT looks for. */
    private static final int DEPTH = 4;

    /** Makes schedulers of one kind. */
    private record Sampling(Function<Machine, Scheduler> scheduler, String how, int runs) {}

    private final Protocol.Definition definition;
    private String name = "protocol";
    private Scenario scenario = Scenario.of(List.of(SiteSpec.parse("nop5->jmp32")));
    private Level level = Level.SAFE;
    private int maxStates = SearchOptions.UNBOUNDED;
    private @Nullable Sampling sampling;
    private Path folder = Path.of("target", "pokecheck");
    private String origin = "";
    private String test = "";
    private Optional<CFile> file = Optional.empty();

    ProtocolCheck(Protocol.Definition definition) {
        this.definition = definition;
        origin = Again.origin(definition);
    }

    /** That of a C file, in the scenario that it says. */
    ProtocolCheck(CFile file) {
        definition = file.definition();
        name = file.lastName();
        scenario = file.scenario().scenario(Optional.empty());
        this.file = Optional.of(file);
    }

    private ProtocolCheck(ProtocolCheck other) {
        definition = other.definition;
        name = other.name;
        scenario = other.scenario;
        level = other.level;
        maxStates = other.maxStates;
        sampling = other.sampling;
        folder = other.folder;
        origin = other.origin;
        test = other.test;
        file = other.file;
    }

    private ProtocolCheck with(Consumer<ProtocolCheck> change) {
        ProtocolCheck copy = new ProtocolCheck(this);
        change.accept(copy);
        return copy;
    }

    /**
     * Under this name, which stands in reports and in saved files.
     *
     * @throws IllegalArgumentException if it holds anything but letters, digits and {@code _ . @ -}
     */
    public ProtocolCheck named(String value) {
        if (!value.matches("[A-Za-z0-9_.@-]+")) {
            throw new IllegalArgumentException(
                    "the name \"" + value + "\" holds more than letters, digits and _ . @ -");
        }
        return with(it -> it.name = value);
    }

    /** With so many CPUs, 1..8; CPU 0 patches. */
    public ProtocolCheck cpus(int value) {
        return scenario(b -> b.cpus(value));
    }

    /**
     * With these sites, as {@code nop5->jmp32}; {@link SiteSpec} has the form.
     *
     * @throws IllegalArgumentException with what is wrong and what would be right
     */
    public ProtocolCheck sites(String... specs) {
        List<SiteSpec> sites = Stream.of(specs).map(SiteSpec::parse).toList();
        return scenario(b -> b.sites(sites));
    }

    /** With threads of the other CPUs that do this. */
    public ProtocolCheck threads(ThreadWork value) {
        return scenario(b -> b.thread(value));
    }

    /** With so many NMIs that may come to each CPU, 0..7. */
    public ProtocolCheck nmis(int value) {
        return scenario(b -> b.nmis(value));
    }

    /** With NMI handlers that do this besides the protocol's part. */
    public ProtocolCheck nmiWork(InterruptWork value) {
        return scenario(b -> b.nmiWork(value));
    }

    /** With so many IRQs that may come to each CPU, 0..7; their handler executes all sites. */
    public ProtocolCheck irqs(int value) {
        return scenario(b -> b.irqs(value));
    }

    /** With so many machine checks that may come to each CPU, 0..7; their handler executes all sites. */
    public ProtocolCheck mcs(int value) {
        return scenario(b -> b.mcs(value));
    }

    /** With this fetch model. */
    public ProtocolCheck fetch(FetchModel value) {
        return scenario(b -> b.fetch(value));
    }

    /** With this data memory model. */
    public ProtocolCheck data(DataModel value) {
        return scenario(b -> b.data(value));
    }

    /**
     * With anything else of the scenario changed. What is watched and what is reduced follows from what is asserted.
     *
     * @throws IllegalArgumentException with what is wrong and what would be right
     */
    public ProtocolCheck scenario(UnaryOperator<ScenarioBuilder> change) {
        Scenario changed = scenario.with(change);
        return with(it -> it.scenario = changed);
    }

    /** With this level demanded; {@link Level#SAFE} without. */
    public ProtocolCheck level(Level value) {
        return with(it -> it.level = value);
    }

    /** Keeping at most so many states. A search that ends at this bound without a violation fails {@link #holds}. */
    public ProtocolCheck maxStates(int value) {
        return with(it -> it.maxStates = value);
    }

    /** By so many random runs, not by a search: shows violations, never that there are none. */
    public ProtocolCheck random(long seed, int runs) {
        Sampling value = new Sampling(machine -> new RandomScheduler(seed), "random scheduler, seed " + seed, runs);
        return with(it -> it.sampling = value);
    }

    /** By so many runs under PCT, not by a search: shows violations, never that there are none. */
    public ProtocolCheck pct(long seed, int runs) {
        Sampling value = new Sampling(
                machine -> new PctScheduler(machine, seed, DEPTH, STEPS), "pct scheduler, seed " + seed, runs);
        return with(it -> it.sampling = value);
    }

    /** With this folder for violations that fail a test; {@code target/pokecheck} without. It is made if it is not there. */
    public ProtocolCheck saveTo(Path value) {
        return with(it -> it.folder = value);
    }

    /** With the class, or class#method, that records the protocol, and the test that runs this check, for the command that shows it again. */
    ProtocolCheck from(String recordedBy, String runBy) {
        return with(it -> {
            it.origin = recordedBy;
            it.test = runBy;
        });
    }

    /**
     * Asserts that the demanded level holds: all states were visited, none violates it, and what the scenario promises was met.
     *
     * @return what the search showed
     * @throws AssertionError with the interleaving, if it is violated, which is saved; also if a bound ended the search, if it was a sample, or
     *     if it is vacuous
     */
    public Shown holds() {
        Shown shown = run();
        if (shown.verdict().kind() != Kind.HOLDS) {
            throw failure(shown, "expected to hold at level " + level.text());
        }
        return shown;
    }

    /** The same at a level. */
    public Shown holds(Level demanded) {
        return level(demanded).holds();
    }

    /**
     * Asserts that no violation is found, which is less than {@link #holds}: a search that ends at a bound passes, and so does a sample.
     *
     * @return what was shown; its verdict says what was checked
     * @throws AssertionError if there is a violation, or if all states were visited and the run is vacuous
     */
    public Shown findsNoViolation() {
        Shown shown = run();
        switch (shown.verdict().kind()) {
            case HOLDS, NO_VIOLATION_WITHIN, SAMPLED -> {
                return shown;
            }
            case VIOLATED, VACUOUS -> throw failure(shown, "expected no violation of level " + level.text());
        }
        throw new AssertionError(shown.verdict().kind());
    }

    /**
     * Asserts that some interleaving violates a property. A search looks for this property only, so that others do not hide it; a sample ends
     * at the first violation.
     *
     * @return what was shown, with the interleaving
     * @throws AssertionError if none was found
     * @throws IllegalArgumentException for {@link Property#VACUOUS}, which is a verdict
     */
    public Shown violates(Property property) {
        if (!property.isSearched()) {
            throw new IllegalArgumentException(property.text() + " is a verdict and no property of an interleaving");
        }
        Level needed = level.contains(property.from()) ? level : property.from();
        Shown shown = run(needed, sampling == null ? EnumSet.of(property) : EnumSet.allOf(Property.class));
        boolean found = shown.verdict().kind() == Kind.VIOLATED
                && shown.verdict().violation().orElseThrow().property() == property;
        if (!found) {
            throw failure(shown, "expected a violation of " + property.text());
        }
        return shown;
    }

    /** Searches, and asserts nothing. */
    public Shown run() {
        return run(level, EnumSet.allOf(Property.class));
    }

    private Shown run(Level demanded, Set<Property> properties) {
        Scenario reduced = scenario.with(b -> b.watch(demanded.watch()).reduce(true));
        Machine machine = Check.machineFor(Machine.of(reduced, name, definition), properties);
        CheckOptions options = CheckOptions.defaults()
                .require(demanded)
                .lookFor(properties)
                .search(SearchOptions.defaults().maxStates(maxStates));
        Verdict verdict = sampling == null
                ? Check.search(machine, options)
                : Smaller.of(
                        definition,
                        machine,
                        Check.sample(
                                machine,
                                options,
                                sampling.scheduler.apply(machine),
                                sampling.how,
                                sampling.runs,
                                STEPS));
        return new Shown(machine, verdict, file);
    }

    private AssertionError failure(Shown shown, String expected) {
        return new AssertionError(shown.title() + ": "
                + shown.failure(expected, folder, saved -> Again.lines(saved, origin, test, file.isPresent())));
    }
}
