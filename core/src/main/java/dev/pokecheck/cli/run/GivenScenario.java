// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.run;

import dev.pokecheck.catalog.CatalogEntry;
import dev.pokecheck.corpus.ScenarioKey;
import dev.pokecheck.corpus.ScenarioText;
import dev.pokecheck.corpus.ScenarioWords;
import dev.pokecheck.explore.verdict.Check;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.machine.Scenario;
import dev.pokecheck.property.DeadObjects;
import dev.pokecheck.property.Property;
import dev.pokecheck.property.Watch;
import dev.pokecheck.protocol.CpuStmt;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.Setting.InterruptWork;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A scenario that a user gave, and the one place where it becomes the machine that answers a question. What it says must come to bear: it is refused if it gives
 * work to NMIs and none comes, and if runs are to continue after what alone is looked for.
 *
 * @param place the option whose value it is; empty if each part has an option of its own
 * @param scenario it
 * @param saysDeadObjects whether it says what becomes of a run in which an object is used outside its life
 */
public record GivenScenario(String place, Scenario scenario, boolean saysDeadObjects) {

    /**
     * Reads a scenario in the words of a corpus entry.
     *
     * @param place the option whose value it is
     * @param watch which incidents are watched that need memory of the past
     */
    public static GivenScenario parse(String place, String text, Watch watch) {
        Scenario scenario = UsageException.at(place, () -> ScenarioText.parse(text))
                .with(builder -> builder.watch(watch).reduce(true));
        return new GivenScenario(place, scenario, ScenarioWords.parse(text).says(ScenarioKey.DEAD_OBJECTS));
    }

    /** The same with something changed. */
    public GivenScenario with(UnaryOperator<Scenario> change) {
        return new GivenScenario(place, change.apply(scenario), saysDeadObjects);
    }

    /**
     * The machine of a protocol in it.
     *
     * @param only the properties that alone are looked for; empty for all
     */
    public Machine machine(CatalogEntry entry, List<Property> only) {
        return answering(Machines.of(entry, scenario), only);
    }

    /** The machine on which a question about a machine in it is answered. */
    Machine answering(Machine machine, List<Property> only) {
        refuseDeadObjects(only);
        if (scenario.nmiWork() != InterruptWork.NONE && !isNmiWorkDone(machine.protocol())) {
            throw new UsageException(key(ScenarioKey.NMI_WORK) + ": NMIs are given work, and none comes; add "
                    + (place.isEmpty() ? "--nmi 1" : "nmi=1"));
        }
        Set<Property> lookedFor = EnumSet.copyOf(only.isEmpty() ? Property.searched() : only);
        return saysDeadObjects ? machine : Check.machineFor(machine, lookedFor);
    }

    /** Complains if runs are to continue after what alone is looked for. */
    public void refuseDeadObjects(List<Property> only) {
        if (saysDeadObjects && scenario.deadObjects() == DeadObjects.ANY && only.contains(Property.DEAD_OBJECT)) {
            throw new UsageException(
                    key(ScenarioKey.DEAD_OBJECTS)
                            + (place.isEmpty() ? " any" : "=any")
                            + ": runs continue after a dead object is used, so that --property dead-object cannot be asked; leave one of the two out");
        }
    }

    /** Whether the work of NMIs is ever done: by an NMI that may come, or that the protocol sends, or, if it is to take a lock, by a machine check. */
    private boolean isNmiWorkDone(Protocol protocol) {
        return scenario.nmis() > 0
                || (scenario.nmiWork() == InterruptWork.LOCK && scenario.mcs() > 0)
                || protocol.routines().stream().anyMatch(routine -> routine.has(CpuStmt.SendNmi.class));
    }

    private String key(ScenarioKey key) {
        return place.isEmpty() ? "--" + key.text() : place + ": " + key.text();
    }
}
