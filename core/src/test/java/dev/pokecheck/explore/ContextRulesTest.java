// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.explore;

import dev.pokecheck.cpu.NmiModel;
import dev.pokecheck.data.DataModel;
import dev.pokecheck.insn.Sync;
import dev.pokecheck.machine.ScenarioBuilder;
import dev.pokecheck.property.Property;
import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Local;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.ProtocolBuilder;
import dev.pokecheck.protocol.Recorder;
import dev.pokecheck.protocol.Setting.InterruptWork;
import dev.pokecheck.protocol.Shared;
import dev.pokecheck.text.Site;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a check says of protocols whose handlers set IF, hit breakpoints, or do not decide everything, depends neither on what is merged nor on the order
 * of the search.
 */
class ContextRulesTest {
    private static final List<String> ONE = List.of("int3->nop1");
    private static final List<String> TWO = List.of("int3->nop1", "int3->nop1");

    static Stream<RuleCase> cases() {
        UnaryOperator<ScenarioBuilder> tso = b -> b.data(DataModel.TSO);
        return Stream.of(
                new RuleCase(
                        "hook, IF first", ONE, b -> b, hook(r -> r.irqEnable("sti"), r -> {}), Set.of(Property.BUG)),
                new RuleCase(
                        "hook, IF first, tso", ONE, tso, hook(r -> r.irqEnable("sti"), r -> {}), Set.of(Property.BUG)),
                new RuleCase("hook, load first", ONE, b -> b, hook(r -> {}, r -> r.irqEnable("sti")), Set.of()),
                new RuleCase("hook, load in the shadow", ONE, tso, hook(r -> r.sti("sti"), r -> {}), Set.of()),
                new RuleCase("hits another breakpoint", TWO, tso, nested((b, r) -> {}), Set.of()),
                new RuleCase(
                        "hits its own breakpoint",
                        TWO,
                        tso,
                        nested((b, r) -> r.execute("own", b.sites().get(1))),
                        Set.of(Property.RECURSION)),
                new RuleCase(
                        "breakpoint in an NMI, hardware",
                        ONE,
                        b -> b.nmis(2).nmiWork(InterruptWork.SITE).nmi(NmiModel.HARDWARE),
                        hook(r -> {}, r -> {}),
                        Set.of(Property.CORRUPT_FRAME)),
                new RuleCase(
                        "breakpoint in an NMI, fred",
                        ONE,
                        b -> b.nmis(2).nmiWork(InterruptWork.SITE).nmi(NmiModel.FRED),
                        hook(r -> {}, r -> {}),
                        Set.of()),
                new RuleCase("timeout", ONE, b -> b, waits(true), Set.of(Property.BUG)),
                new RuleCase("two loads", ONE, tso, waits(false), Set.of()));
    }

    /** The handler calls through a hook, which is reset after the breakpoint is gone and every CPU has synchronised. */
    private static Protocol.Definition hook(Consumer<Recorder> before, Consumer<Recorder> after) {
        return b -> {
            Site site = b.sites().get(0);
            Shared hook = b.shared("hook", 1, 0, 1);
            b.thread(0, r -> {
                patch(r, site);
                r.store("reset", hook, Expr.of(0));
            });
            b.thread(1, r -> r.execute("exec", site));
            b.breakpoint(r -> {
                Local called = r.local("called", 0, 1);
                before.accept(r);
                r.load("hook", called, hook);
                after.accept(r);
                r.bugOn(called.value().eq(0), "call through NULL");
                r.emulate("emulate", site, 1, true);
            });
        };
    }

    private static void patch(Recorder r, Site site) {
        r.patchBegin("begin." + site.name(), site, 1);
        r.textPoke("out." + site.name(), site, 0, site.bytes(1));
        r.syncEachCpu("sync." + site.name(), Sync.IRET);
        r.patchEnd("end." + site.name(), site, 1);
    }

    /** The handler of site 1 executes site 0, whose handler does something else. */
    private static Protocol.Definition nested(BiConsumer<ProtocolBuilder, Recorder> inner) {
        return b -> {
            Site first = b.sites().get(0);
            Site second = b.sites().get(1);
            b.thread(0, r -> {
                patch(r, second);
                patch(r, first);
            });
            b.thread(1, r -> r.execute("exec", second));
            b.breakpoint(r -> r.ifElse(
                    Expr.savedAddress().eq(b.addressOf(second).plus(1)),
                    () -> {
                        r.execute("inner", first);
                        r.emulate("emulate1", second, 1, true);
                    },
                    () -> {
                        inner.accept(b, r);
                        r.emulate("emulate0", first, 1, true);
                    }));
        };
    }

    /** CPU 1 must not go on before it has seen both flags; if it may give up, it may be too early. */
    private static Protocol.Definition waits(boolean timesOut) {
        return b -> {
            Site site = b.sites().get(0);
            Shared x = b.shared("x", 0, 0, 1);
            Shared y = b.shared("y", 0, 0, 1);
            b.thread(0, r -> {
                r.store("x", x, Expr.of(1));
                r.store("y", y, Expr.of(1));
                patch(r, site);
            });
            b.thread(1, r -> {
                Local late = r.local("late", 0, 1);
                Local pick = r.local("pick", 0, 2);
                r.choose("pick", 3, pick);
                if (timesOut) {
                    r.awaitOrTimeout("wait", y.value().eq(1), late);
                } else {
                    r.awaitBoth("wait", x.value().eq(1), y.value().eq(1));
                }
                r.bugOn("early", y.value().eq(0), "y is not set");
                r.ifThen(pick.value().ne(0), () -> r.execute("exec", site));
            });
            b.breakpoint(r -> r.emulate("emulate", site, 1, true));
        };
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theAnswerIsTheSameHoweverItIsSearched(RuleCase of) {
        of.assertAnswersAgree();
    }
}
