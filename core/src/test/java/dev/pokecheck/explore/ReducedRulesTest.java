// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pokecheck.cli.Outcome;
import dev.pokecheck.cpu.Profile;
import dev.pokecheck.cpu.SelfModification;
import dev.pokecheck.data.DataModel;
import dev.pokecheck.insn.Sync;
import dev.pokecheck.machine.ScenarioBuilder;
import dev.pokecheck.property.Property;
import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Local;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.ProtocolBuilder;
import dev.pokecheck.protocol.Recorder;
import dev.pokecheck.text.Site;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a check says does not depend on what is merged, nor on the order of the search, where CPUs disturb, stop, hold or leave each other. */
class ReducedRulesTest {
    private static final Expr OTHER = Expr.of(1);
    private static final List<String> ONE = List.of("nop1->f4");

    private static Site site(ProtocolBuilder b) {
        return b.sites().get(0);
    }

    /** CPU 0 patches by some statements around its store, CPU 1 executes the site twice, after some statements. */
    private static Protocol.Definition patch(
            BiConsumer<ProtocolBuilder, Recorder> before,
            BiConsumer<ProtocolBuilder, Recorder> after,
            Consumer<Recorder> first) {
        return b -> {
            b.thread(0, r -> {
                r.patchBegin("begin", site(b), 1);
                before.accept(b, r);
                r.textPoke("poke", site(b), 0, site(b).bytes(1));
                after.accept(b, r);
                r.patchEnd("end", site(b), 1);
            });
            b.thread(1, r -> {
                first.accept(r);
                r.execute("once", site(b));
                r.execute("again", site(b));
            });
        };
    }

    private static Protocol.Definition patch(BiConsumer<ProtocolBuilder, Recorder> after) {
        return patch((b, r) -> {}, after, r -> {});
    }

    private static RuleCase good(String name, UnaryOperator<ScenarioBuilder> change, Protocol.Definition program) {
        return new RuleCase(name, ONE, change, program, Set.of());
    }

    private static RuleCase bad(String name, Protocol.Definition program, Property... violated) {
        return new RuleCase(name, ONE, b -> b, program, Set.of(violated));
    }

    static Stream<RuleCase> cases() {
        UnaryOperator<ScenarioBuilder> tso = b -> b.data(DataModel.TSO);
        UnaryOperator<ScenarioBuilder> jump =
                b -> b.data(DataModel.TSO).profile(Profile.ARCHITECTURAL.throughAlias(SelfModification.JUMP));
        UnaryOperator<ScenarioBuilder> drains =
                b -> b.data(DataModel.TSO).profile(Profile.ARCHITECTURAL.syscallDrains(true));
        return Stream.of(
                good("function by IPI, waits", tso, patch(ReducedRulesTest::call)),
                good("function by IPI", tso, patch((b, r) -> r.callOtherCpus("call", "f", f -> f.fence("f"), false))),
                good(
                        "suspended thread",
                        b -> b,
                        patch(ReducedRulesTest::suspend, (b, r) -> r.resume("go", OTHER), r -> {})),
                good("user thread", b -> b.irqs(1), user()),
                good(
                        "hotplug",
                        b -> b,
                        patch(ReducedRulesTest::stop, (b, r) -> r.cpuOnline("up", OTHER), ReducedRulesTest::down)),
                good("own store and jump", jump, own(true)),
                good("own store", jump, own(false)),
                good("ensure after own jump", jump, ensures(true)),
                bad("ensure without it", ensures(false), Property.ENSURE),
                good("unfenced IPI", tso, patch((b, r) -> r.syncEachCpuUnfenced("sync", Sync.IRET))),
                good("IPI, then SYSRET", tso, patch((b, r) -> r.ipiThenSysret("sync", Sync.MFENCE))),
                good("SYSCALL", tso, patch((b, r) -> {}, (b, r) -> {}, r -> r.serialize("sys", Sync.SYSCALL))),
                good("SYSCALL that drains", drains, patch((b, r) -> r.serialize("sys", Sync.SYSCALL))),
                new RuleCase("entry", List.of("66906690->eb026690+2"), b -> b, entry(), Set.of()),
                new RuleCase(
                        "overlapping sites",
                        List.of("66900f1f00->e96d583603", "0f1f00->eb1090@site0+2"),
                        b -> b,
                        overlap(),
                        Set.of(Property.LOST_PATCH)),
                bad("double free", freed(true), Property.DEAD_OBJECT),
                good("free", b -> b, freed(false)),
                bad("marks that do not fit", patch((b, r) -> r.patchBegin("again", site(b), 1)), Property.BUG),
                bad(
                        "failure at once",
                        patch((b, r) -> {}, (b, r) -> r.bugOn(Expr.of(1), "at once"), r -> {}),
                        Property.BUG));
    }

    private static void call(ProtocolBuilder b, Recorder r) {
        r.callOtherCpus("call", "f", f -> f.serialize("f", Sync.CPUID), true);
    }

    private static void suspend(ProtocolBuilder b, Recorder r) {
        Local place = r.local("place", 0, b.maxAddress());
        r.suspend("hold", OTHER);
        r.readContext("read", place, OTHER);
    }

    private static void stop(ProtocolBuilder b, Recorder r) {
        r.stopMachine("halt", () -> {}, b.routine("others", other -> {}));
    }

    private static void down(Recorder r) {
        r.irqDisable("cli");
        r.cpuOffline("down");
        r.irqEnable("sti");
    }

    private static Protocol.Definition user() {
        return b -> {
            b.user(1);
            patch((built, r) -> r.syncEachCpu("sync", Sync.IRET)).record(b);
        };
    }

    private static Protocol.Definition own(boolean jumps) {
        return patch((b, r) -> {
            if (jumps) {
                r.serialize("jump", Sync.JUMP);
            }
            r.execute("own", site(b));
        });
    }

    private static Protocol.Definition ensures(boolean jumps) {
        return patch((b, r) -> {
            call(b, r);
            if (jumps) {
                r.serialize("jump", Sync.JUMP);
            }
            r.ensure("serialized", Expr.everyCpuSerializedSince(site(b)));
        });
    }

    private static Protocol.Definition entry() {
        return b -> {
            patch((built, r) -> r.syncEachCpu("sync", Sync.IRET), r -> r.execute("middle", site(b), 2))
                    .record(b);
        };
    }

    private static Protocol.Definition patch(BiConsumer<ProtocolBuilder, Recorder> after, Consumer<Recorder> first) {
        return patch((b, r) -> {}, after, first);
    }

    /** Site 1 is patched, site 0 is executed: its first instruction stands, its second is torn while the bytes come. */
    private static Protocol.Definition overlap() {
        return b -> {
            Site tail = b.sites().get(1);
            b.thread(0, r -> r.textPoke("poke", tail, 0, tail.bytes(1)));
            b.thread(1, r -> r.execute("exec", site(b)));
        };
    }

    private static Protocol.Definition freed(boolean twice) {
        return patch((b, r) -> {
            ProtocolBuilder.Obj object = b.object("o");
            r.begin("alloc", object);
            r.end("free", object);
            if (twice) {
                r.end("free_again", object);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theAnswerIsTheSameHoweverItIsSearched(RuleCase of) {
        of.assertAnswersAgree();
    }

    /** Some of the programs, as {@code --protocol-class} finds them. */
    static final class Programs {
        void call(ProtocolBuilder b) {
            patch(ReducedRulesTest::call).record(b);
        }

        void unfenced(ProtocolBuilder b) {
            patch((of, r) -> r.syncEachCpuUnfenced("sync", Sync.IRET)).record(b);
        }

        void suspended(ProtocolBuilder b) {
            patch(ReducedRulesTest::suspend, (of, r) -> r.resume("go", OTHER), r -> {})
                    .record(b);
        }

        void ensures(ProtocolBuilder b) {
            ReducedRulesTest.ensures(false).record(b);
        }

        void freedTwice(ProtocolBuilder b) {
            freed(true).record(b);
        }

        void overlap(ProtocolBuilder b) {
            ReducedRulesTest.overlap().record(b);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "call, nop1->f4 --data tso --level regular, 0",
        "unfenced, nop1->f4 --data tso --ipi-send drains --level regular, 0",
        "unfenced, nop1->f4 --data tso --level regular, 1",
        "suspended, nop1->f4 --level safe, 0",
        "suspended, nop1->f4 --level regular, 1",
        "ensures, nop1->f4, 1",
        "freedTwice, nop1->f4, 1",
        "overlap, '66900f1f00->e96d583603,0f1f00->eb1090@site0+2', 1"
    })
    void theExitCodeIsTheSameHoweverItIsSearched(String program, String scenario, int code) {
        String check = "check mine --protocol-class " + Programs.class.getName() + "#" + program
                + " --workload none --all --sites " + scenario;
        List<String> plain = says(check + " --no-merge --no-reduce", code);
        for (String way :
                List.of("", " --no-merge", " --no-reduce", " --order dfs", " --no-merge --no-reduce --order dfs")) {
            assertEquals(plain, says(check + way, code), check + way);
        }
    }

    /** The properties that are reported, each by the first word of its line, and the level. */
    private static List<String> says(String command, int code) {
        Outcome outcome = Outcome.of(command);
        assertEquals(code, outcome.code(), command + "\n" + outcome.err() + outcome.out());
        Stream<String> found = outcome.lines().stream()
                .filter(line -> line.startsWith("found "))
                .map(line -> line.replaceFirst("found +([a-z0-9-]+).*", "$1"));
        Stream<String> level = Stream.of(outcome.lastLine().replaceFirst("(HOLDS at level [a-z]+|VIOLATED).*", "$1"));
        return Stream.concat(found.sorted(), level).toList();
    }
}
