// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pokecheck.Pins;
import dev.pokecheck.catalog.Catalog;
import dev.pokecheck.catalog.FittingSites;
import dev.pokecheck.data.DataModel;
import dev.pokecheck.insn.Sync;
import dev.pokecheck.property.Incident;
import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Local;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.Setting.InterruptWork;
import dev.pokecheck.protocol.Shared;
import dev.pokecheck.text.FetchModel;
import dev.pokecheck.text.StoreSplit;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Verdicts do not depend on whether local steps are merged. */
class MergedStepsTest {

    private static void same(Scenario scenario, Protocol.Definition definition) {
        assertEquals(
                Verdict.of(Machine.of(scenario.with(b -> b.mergeLocal(false)), "separate", definition)),
                Verdict.of(Machine.of(scenario.with(b -> b.mergeLocal(true)), "merged", definition)));
    }

    private static Protocol.Definition find(String protocol) {
        return Catalog.find(protocol).orElseThrow().definition();
    }

    private static void sameOf(String protocol, Scenario scenario) {
        same(FittingSites.in(protocol, scenario), find(protocol));
    }

    private static Scenario scenario(String... sites) {
        return Scenario.of(Stream.of(sites).map(SiteSpec::parse).toList())
                .with(b -> b.chunk(8).split(StoreSplit.WORD));
    }

    private static List<Scenario> scenarios() {
        return List.of(
                scenario("nop5->jmp32@6"),
                scenario("call->call"),
                scenario("nop5->call")
                        .with(b -> b.nmis(1).nmiWork(InterruptWork.SITE).fetch(FetchModel.COHERENT)),
                scenario("nop2->jmp8").with(b -> b.data(DataModel.TSO).bufferDepth(2)));
    }

    /** Each in one of the scenarios, in turn. */
    @ParameterizedTest
    @MethodSource("dev.pokecheck.catalog.Representatives#numbered")
    void ofTheCatalog(String protocol, int number) {
        sameOf(protocol, scenarios().get(number % scenarios().size()));
    }

    @Tag("full")
    @ParameterizedTest
    @MethodSource("dev.pokecheck.catalog.Representatives#all")
    void ofTheCatalogInAll(String protocol) {
        scenarios().forEach(scenario -> sameOf(protocol, scenario));
    }

    @Test
    void ofAReturnIntoAMultiInstructionSite() {
        same(scenario("e80001000090->pvcall->e80001000090"), find("stop_machine"));
        same(scenario("9090909090->jmp32"), find("stop_machine"));
    }

    /** The one exception, and the rule says so: merged, the loop is noticed as such; step by step, it is a state without a way out. */
    @Pins("machine.endless")
    @Test
    void butAnEndlessLoopHasAnotherName() {
        Protocol.Definition endless = b -> b.thread(0, r -> {
            r.serialize("first", Sync.CPUID);
            Local l = r.local("l", 0, 1);
            r.forever(() -> r.assign(l, l.value()));
        });
        Scenario scenario = scenario("nop1->nop1");
        assertEquals(
                new Verdict(Set.of(Incident.ENDLESS), false, false),
                Verdict.of(Machine.of(scenario.with(b -> b.mergeLocal(true)), "merged", endless)));
        assertEquals(
                new Verdict(Set.of(), false, true),
                Verdict.of(Machine.of(scenario.with(b -> b.mergeLocal(false)), "separate", endless)));
    }

    @Pins("machine.idles")
    @Test
    void aThreadThatOnlyRestsIdles() {
        Scenario scenario = scenario("nop1->nop1");
        Protocol.Definition idle = b -> b.thread(0, r -> {
            r.serialize("first", Sync.CPUID);
            Local l = r.local("l", 0, 1);
            r.forever(() -> {
                r.assign(l, l.value().not());
                r.rest();
            });
        });
        assertEquals(
                new Verdict(Set.of(), false, false),
                Verdict.of(Machine.of(scenario.with(b -> b.mergeLocal(true)), "merged", idle)));
        same(scenario, idle);
    }

    @Test
    void ofAThreadThatComputesBetweenItsRestAndItsNextStep() {
        same(scenario("nop1->nop1"), b -> {
            Shared x = b.shared("x", 0, 0, 1);
            b.thread(0, r -> {
                Local l = r.local("l", 0, 1);
                r.forever(() -> {
                    r.rest();
                    r.assign(l, Expr.of(1));
                    r.store("x", x, l.value());
                });
            });
        });
    }

    @Test
    void ofAThreadThatRestsRightBeforeItsNextStep() {
        Protocol.Definition definition = b -> {
            Shared x = b.shared("x", 0, 0, 1);
            b.thread(
                    0,
                    r -> r.forever(() -> {
                        r.rest();
                        r.store("x", x, Expr.of(1));
                    }));
        };
        same(scenario("nop1->nop1"), definition);
        assertEquals(Verdict.HOLDS, Verdict.of(Machine.of(scenario("nop1->nop1"), "rest", definition)));
    }

    @Test
    void ofTwoSites() {
        for (String protocol : List.of("text_poke_bp_batch", "stop_machine@barrier")) {
            same(scenario("nop2->jmp8", "nop1->int3"), find(protocol));
        }
    }
}
