// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.judge;

import dev.pokecheck.machine.Machine;
import dev.pokecheck.machine.Scenario;
import dev.pokecheck.property.Property;
import dev.pokecheck.property.Reached;
import dev.pokecheck.protocol.CpuStmt;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.Routine;
import dev.pokecheck.protocol.Setting.InterruptWork;
import dev.pokecheck.protocol.Setting.ThreadWork;
import dev.pokecheck.protocol.TextStmt;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a scenario promises to test, and what of that a run has not reached. The rules are in the package documentation. */
public final class Promises {
    private final Scenario scenario;
    private final Protocol protocol;
    private final long reached;
    private final List<String> broken = new ArrayList<>();

    private Promises(Machine machine) {
        scenario = machine.scenario();
        protocol = machine.protocol();
        reached = machine.reached();
    }

    /**
     * What a machine's runs so far have not reached, as noun phrases; empty if the run was not vacuous.
     *
     * @param executions whether the question promises that sites are executed, whatever the scenario does
     */
    public static List<String> broken(Machine machine, Set<Property> properties, boolean executions) {
        return new Promises(machine).check(properties, executions || executes(machine));
    }

    /** Whether the scenario has somebody execute a site: it names work for other threads, or some routine has a statement that does. */
    public static boolean executes(Machine machine) {
        return machine.scenario().thread() != ThreadWork.NONE
                || routines(machine.protocol()).anyMatch(routine -> routine.has(TextStmt.Execute.class));
    }

    /** Whether some routine stores to a site. */
    public static boolean stores(Machine machine) {
        return routines(machine.protocol())
                .anyMatch(routine -> routine.has(TextStmt.TextPoke.class) || routine.has(TextStmt.ExchangeText.class));
    }

    private static Stream<Routine> routines(Protocol protocol) {
        Stream<Routine> handlers =
                Stream.concat(protocol.breakpoint().stream(), Stream.of(protocol.nmi(), protocol.irq(), protocol.mc()));
        return Stream.concat(protocol.threads().stream(), handlers);
    }

    /**
     * The properties among some that a machine's runs so far could not have violated, as they never came to what each of them is about
     * ({@link Property#sometimes}).
     */
    public static List<Property> untested(Machine machine, Set<Property> properties) {
        long reached = machine.reached();
        return properties.stream()
                .filter(property -> !isTested(property, reached))
                .filter(property -> !property.sometimes().isEmpty())
                .toList();
    }

    /** What a machine's runs so far have not reached of what each of some properties is about, as noun phrases; empty if all could have been violated. */
    public static List<String> undecided(Machine machine, Set<Property> properties) {
        Promises promises = new Promises(machine);
        return untested(machine, properties).stream().map(promises::about).toList();
    }

    /** What is worth a remark about what a machine's runs so far have reached. */
    public static List<String> notes(Machine machine) {
        return new Promises(machine).remarks();
    }

    private List<String> check(Set<Property> properties, boolean executions) {
        expect(true, Reached.COMPLETE);
        boolean handshake = !executions && met(Reached.WAITED);
        if (!handshake && properties.stream().anyMatch(Property::isOfExecutions)) {
            if (!met(Reached.SITE_DURING_PATCH) && !met(Reached.SITE_AFTER_PATCH)) {
                broken.add("a site executed during or after the patch call");
            } else {
                expect(!protocol.callOrder().onlyGivesUp(), Reached.NEW_CODE);
            }
            expect(breakpointsPossible(), Reached.BREAKPOINT);
        }
        expect(scenario.nmis() > 0, Reached.NMI_DURING_PATCH);
        expect(scenario.irqs() > 0, Reached.IRQ_DURING_PATCH);
        expect(scenario.mcs() > 0, Reached.MC_DURING_PATCH);
        if (broken.isEmpty()) {
            untested(properties);
        }
        return List.copyOf(broken);
    }

    /** The question promises that one of the properties at least, if any is looked for, could be violated. */
    private void untested(Set<Property> properties) {
        if (properties.stream().noneMatch(property -> isTested(property, reached))) {
            properties.forEach(property -> broken.add(about(property)));
        }
    }

    private static boolean isTested(Property property, long reached) {
        return property.sometimes().stream().anyMatch(what -> (reached & what.bit()) != 0);
    }

    private String about(Property property) {
        String situations = property.sometimes().stream().map(Reached::text).collect(Collectors.joining(", nor "));
        String text = situations + ", which " + property.text() + " is about";
        return property == Property.GROUP && scenario.sites().size() == 1 ? text + " and which takes two sites" : text;
    }

    private List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        if (!met(Reached.STALE_FETCH) && scenario.fetch().canBeStale()) {
            remarks.add("no fetch saw other bytes than memory held");
        }
        if (met(Reached.UNSYNCHRONISED) && !scenario.profile().isXmcDocumented()) {
            remarks.add(
                    "undocumented-xmc: a CPU executed code that another had changed since it last serialized, by more than a"
                            + " breakpoint over the first byte; what it sees then is model-specific (Intel SDM vol. 3, \"Handling Self-"
                            + " and Cross-Modifying Code\")");
        }
        if (protocol.holdsOff() && !met(Reached.BREAKPOINT)) {
            remarks.add("no breakpoint was hit, as the protocol claims; its handler was not tried");
        }
        if (met(Reached.FULL_BUFFER)) {
            remarks.add("a store was held back by a full store buffer: the verdict is for a buffer of "
                    + scenario.bufferDepth());
        }
        return remarks;
    }

    private void expect(boolean promised, Reached what) {
        if (promised && !met(what)) {
            broken.add(what.text());
        }
    }

    private boolean met(Reached what) {
        return (reached & what.bit()) != 0;
    }

    private boolean breakpointsPossible() {
        if (protocol.breakpoint().isEmpty()) {
            return false;
        }
        boolean nmis = scenario.nmis() > 0 && scenario.nmiWork() != InterruptWork.NONE;
        boolean threads = scenario.thread() != ThreadWork.NONE && scenario.cpus() > 1;
        boolean maskable = threads || scenario.irqs() > 0;
        boolean held = nmis || (maskable && !stopsTheMachine());
        return scenario.mcs() > 0 || (held && !protocol.holdsOff());
    }

    private boolean stopsTheMachine() {
        return protocol.threads().stream().anyMatch(thread -> thread.has(CpuStmt.StopMachine.class));
    }
}
