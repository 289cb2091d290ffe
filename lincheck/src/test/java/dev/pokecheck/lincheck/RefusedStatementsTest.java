// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.lincheck;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.machine.Scenario;
import dev.pokecheck.machine.SiteSpec;
import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.Recorder;
import dev.pokecheck.step.Facility;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Statements about contexts that JVM threads do not have: a protocol that makes one is refused, and told what it does. */
class RefusedStatementsTest {
    private static Arguments of(Facility facility, Consumer<Recorder> statement) {
        return Arguments.of(facility, statement);
    }

    static Stream<Arguments> statements() {
        return Stream.of(
                of(Facility.CALLS, r -> r.onEachCpu("call", "f", function -> {}, true)),
                of(Facility.HOTPLUG, r -> r.cpuOnline("up", Expr.of(1))),
                of(Facility.SUSPENSION, r -> r.suspend("suspend", Expr.of(1))));
    }

    @Test
    void soAreUserThreads() {
        Scenario scenario = Scenario.of(List.of(SiteSpec.parse("nop5->call")));
        Protocol protocol = Protocol.record("refused", scenario.setting(), b -> b.user(1));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> new Program(protocol))
                .getMessage()
                .contains("user threads"));
    }

    @Test
    void soAreSitesThatOverlap() {
        Scenario scenario = Scenario.of(List.of(SiteSpec.parse("nop5->call"), SiteSpec.parse("nop5->jmp32@site0+0")));
        Protocol protocol = Protocol.record("refused", scenario.setting(), b -> {});
        assertTrue(assertThrows(IllegalArgumentException.class, () -> new Program(protocol))
                .getMessage()
                .contains("sites that overlap"));
    }

    @ParameterizedTest
    @MethodSource("statements")
    void isRefusedByItsFacility(Facility facility, Consumer<Recorder> statement) {
        Scenario scenario = Scenario.of(List.of(SiteSpec.parse("nop5->call")));
        Protocol protocol = Protocol.record(
                "refused",
                scenario.setting(),
                b -> b.patcher(r -> {
                    r.patchBegin("begin", b.sites().get(0), 1);
                    statement.accept(r);
                    r.patchEnd("end", b.sites().get(0), 1);
                }));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> new Program(protocol))
                .getMessage()
                .contains(facility.text()));
    }
}
