// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import dev.pokecheck.source.token.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What rounds of loops change that their text does not name: variables of a call to which pointers lead, those of callers among them. A round begins with what is known
 * where the one before ended, so that this must not be more than holds there. What is found not to hold is unknown where a round begins once the file is read again.
 * Over several readings of a file.
 */
final class RoundEnds {
    private final Reading reading;
    /** For each loop the slots that a round was seen to change. */
    private final Set<String> changed = new TreeSet<>();

    RoundEnds(Reading reading) {
        this.reading = reading;
    }

    /**
     * A loop begins.
     *
     * @param named the variables that its text names as changed, and whose values are followed
     * @return what is to be done at the end of a round
     */
    List<Runnable> begin(Token at, Set<String> named) {
        Knowledge knowledge = reading.knowledge();
        Map<String, CObject> pointedTo = pointedTo();
        List<Runnable> ends = new ArrayList<>();
        Map<String, CValue> assumed = new TreeMap<>(knowledge.within(calls()));
        assumed.keySet().removeAll(named);
        for (String slot : new ArrayList<>(assumed.keySet())) {
            if (!changed.contains(reading.routine().full(at, slot))) {
                continue;
            }
            assumed.remove(slot);
            CObject variable = pointedTo.get(slot);
            if (variable != null && Access.isNumber(variable.type())) {
                ends.add(new LoopHead(reading, at, variable, Optional.empty())::comeBack);
            } else {
                knowledge.forget(slot);
            }
        }
        ends.add(() -> end(at, assumed));
        return ends;
    }

    /** The variables of calls to which pointers lead that are variables of the calls under way, by their keys. */
    Map<String, CObject> pointedTo() {
        Map<String, CObject> objects = new TreeMap<>();
        for (Frame frame : reading.frames()) {
            for (CValue value : reading.knowledge()
                    .within(calls() + frame.function.name() + "/")
                    .values()) {
                if (value instanceof CValue.ToObject pointer
                        && pointer.place().object().kind() == CObject.Kind.LOCAL) {
                    objects.put(pointer.place().object().key(), pointer.place().object());
                }
            }
        }
        return objects;
    }

    /** What the names of all variables of calls of the routine begin with. */
    private String calls() {
        return reading.routine().name + "/";
    }

    /** A round ends, and another one begins with what has been assumed. */
    private void end(Token at, Map<String, CValue> assumed) {
        Knowledge knowledge = reading.knowledge();
        if (knowledge.isDead()) {
            return;
        }
        assumed.forEach((slot, value) -> {
            boolean holds = knowledge
                    .of(slot)
                    .filter(now -> Knowledge.holds(value, now))
                    .isPresent();
            if (!holds && changed.add(reading.routine().full(at, slot))) {
                reading.ranges.readAgain();
            }
        });
    }
}
