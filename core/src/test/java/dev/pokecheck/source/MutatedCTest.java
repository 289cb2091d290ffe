// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pokecheck.machine.Scenario;
import dev.pokecheck.machine.SiteSpec;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.Setting;
import dev.pokecheck.protocol.mutation.Mutation;
import dev.pokecheck.protocol.mutation.Mutations;
import dev.pokecheck.source.token.SourceText;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is one statement in C is one to mutations, and equal ones at two places are two. */
class MutatedCTest {
    private static final String FILE = """
            #include <pokecheck.h>

            static void quiet(void) { text_poke_sync(); }

            void pokecheck_patcher(void)
            {
                poke_each_site(s) {
                    smp_mb();
                    quiet();
                }
                text_poke_sync();
                quiet();
                text_poke_sync();
            }
            """;

    private static Setting setting() {
        List<SiteSpec> sites = List.of(SiteSpec.parse("nop5->jmp32"), SiteSpec.parse("nop2->jmp8"));
        Setting all = Scenario.of(sites).setting();
        return new Setting(
                2, all.sites(), Setting.ThreadWork.NONE, Setting.InterruptWork.NONE, false, false, all.widestStore());
    }

    private static CSource file(String text) {
        return new CSource(new SourceText("it.c", text), (name, quoted, from) -> Optional.empty(), List.of());
    }

    private static List<String> dropped(Setting setting, CSource file) {
        return Mutations.of("p", setting, file).stream()
                .filter(it -> it.operator() == Mutation.Operator.DROP)
                .map(Mutation::name)
                .filter(name -> !name.contains("return"))
                .toList();
    }

    @Test
    void equalStatementsAtTwoPlacesAreTwo() {
        assertEquals(
                List.of(
                        "thread0/fence:drop",
                        "thread0/quiet:drop",
                        "thread0/quiet.sync:drop",
                        "thread0/sync:drop",
                        "thread0/quiet.3:drop",
                        "thread0/quiet.3.sync:drop",
                        "thread0/sync.2:drop"),
                dropped(setting(), file(FILE)));
    }

    /** What is shown has each copy at a place of its own. */
    @Test
    void shownStatementsAreTheirOwn() {
        Setting setting = setting();
        Protocol protocol = Protocol.record("p", setting, file(FILE));
        CSource shown = file(CWriter.write(protocol, "cpus=2", List.of()));
        assertEquals(
                List.of(
                        "thread0/fence:drop",
                        "thread0/quiet:drop",
                        "thread0/quiet.sync:drop",
                        "thread0/fence.2:drop",
                        "thread0/quiet.2:drop",
                        "thread0/quiet.2.sync:drop",
                        "thread0/sync:drop",
                        "thread0/quiet.3:drop",
                        "thread0/quiet.3.sync:drop",
                        "thread0/sync.2:drop"),
                dropped(setting, shown));
    }
}
