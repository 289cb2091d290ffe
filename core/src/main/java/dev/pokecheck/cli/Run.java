// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli;

import dev.pokecheck.catalog.CatalogEntry;
import dev.pokecheck.explore.verdict.Verdict;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.property.Level;
import dev.pokecheck.property.Property;
import dev.pokecheck.property.Reached;
import dev.pokecheck.schedule.ActionNames;
import dev.pokecheck.trace.Trace;
import dev.pokecheck.trace.Tracer;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A check that was made.
 *
 * @param choice its sites
 * @param entry its protocol
 * @param machine its machine
 * @param verdict what it showed
 * @param seconds how long it took
 */
record Run(SiteChoice choice, CatalogEntry entry, Machine machine, Verdict verdict, double seconds) {

    /** The steps of the violation that decided, or that bars the next level; empty if there is none. */
    List<String> steps() {
        return verdict.violation()
                .map(it -> ActionNames.of(machine.unreduced(), it.finding().schedule()))
                .orElse(List.of());
    }

    /** The same, traced. */
    Optional<Trace> trace() {
        return verdict.violation()
                .map(violation -> Tracer.of(
                        machine.unreduced(),
                        violation.finding().schedule(),
                        violation.finding().loopStart()));
    }

    /** What tools read, besides what every result says. */
    Map<String, @Nullable Object> json() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("property", verdict.violation().map(it -> it.property().text()).orElse(null));
        json.put("level", verdict.level().map(Level::text).orElse(null));
        json.put("states", verdict.effort().states());
        json.put("transitions", verdict.effort().transitions());
        json.put("depth", verdict.effort().depth());
        json.put("bytesPerState", rounded(verdict.effort().bytesPerState(), 1));
        json.put("reached", verdict.reached().stream().map(Reached::text).toList());
        json.put("missing", verdict.missing());
        json.put("untested", verdict.untested().stream().map(Property::text).toList());
        json.put("steps", steps());
        json.put(
                "loop",
                verdict.violation()
                        .flatMap(it -> it.finding().loop())
                        .map(loop -> loop.from() + 1)
                        .orElse(null));
        return json;
    }

    static BigDecimal rounded(double value, int digits) {
        return BigDecimal.valueOf(value).setScale(digits, RoundingMode.HALF_UP);
    }
}
