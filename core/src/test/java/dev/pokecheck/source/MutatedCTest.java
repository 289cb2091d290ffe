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

    /** What the reader of C keeps of its own (whether IF is set, what a handler returns, where a return leads to) is none of the author's statements. */
    @Test
    void mutantsAreOfTheAuthorsStatements() {
        String text = """
                #include <pokecheck.h>
                static int patching;
                static DEFINE_SPINLOCK(lock);
                void pokecheck_patcher(void)
                {
                    unsigned long flags;
                    spin_lock_irqsave(&lock, flags);
                    WRITE_ONCE(patching, 1);
                    spin_unlock_irqrestore(&lock, flags);
                }
                int pokecheck_int3(struct pt_regs *regs)
                {
                    if (!READ_ONCE(patching)) {
                        return 0; /* not ours */
                    }
                    return 1;
                }
                """;
        assertEquals(
                List.of(
                        "thread0/cli:drop dropped",
                        "thread0/lock.lock.locked:drop dropped",
                        "thread0/lock.lock.locked:weaken locked → load, store",
                        "thread0/lock.lock.locked:swap swapped with store.patching",
                        "thread0/store.patching:drop dropped",
                        "thread0/store.patching:swap swapped with store.lock.locked",
                        "thread0/store.lock.locked:drop dropped",
                        "thread0/store.lock.locked:weaken release → plain",
                        "thread0/sti:drop dropped",
                        "bp/load.patching:drop dropped",
                        "bp/if (!READ_ONCE(patching)):drop dropped",
                        "bp/return 0:drop its value dropped",
                        "bp/return 0#2:drop dropped: control goes on after it",
                        "bp/return 1:drop its value dropped",
                        "bp/return 1#2:drop dropped: control goes on after it"),
                Mutations.of("p", setting(), file(text)).stream()
                        .map(it -> it.name() + " " + it.change())
                        .toList());
    }

    /** Where IF depends on the way, it is kept in a variable, and that stands between two statements that may change places all the same. */
    @Test
    void whatTheReaderKeepsHindersNoSwap() {
        String text = """
                #include <pokecheck.h>
                static int asked;
                void pokecheck_patcher(void)
                {
                    if (READ_ONCE(asked))
                        local_irq_disable();
                    smp_mb();
                    local_irq_disable();
                    text_poke_sync();
                    if (!irqs_disabled())
                        smp_mb();
                }
                """;
        List<String> swaps = Mutations.of("p", setting(), file(text)).stream()
                .filter(it -> it.operator() == Mutation.Operator.SWAP)
                .map(it -> it.name() + " " + it.change())
                .toList();
        assertEquals(
                List.of(
                        "thread0/load.asked:swap swapped with fence",
                        "thread0/fence:swap swapped with cli",
                        "thread0/cli:swap swapped with sync"),
                swaps);
    }
}
