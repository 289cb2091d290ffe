// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.cpu.Profile;
import dev.pokecheck.cpu.SelfModification;
import dev.pokecheck.data.DataModel;
import dev.pokecheck.text.FetchModel;
import dev.pokecheck.text.StoreSplit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Random programs that patch two sites, execute them, load and store, where fetches are in order: {@link Litmus#run} compares the ways to merge and
 * reduce, and a window that reaches back farther must allow all that one inside it does.
 */
class OrderedProgramsTest {
    private static final long SEED = 20251201;

    /** From the window that allows least, for instructions that are seen whole and for such that are not. */
    private static final List<FetchModel> WHOLE =
            List.of(FetchModel.COHERENT, FetchModel.IN_ORDER_INSN, FetchModel.FETCH_ORDER_INSN, FetchModel.STALE_INSN);

    private static final List<FetchModel> CHUNKS =
            List.of(FetchModel.COHERENT, FetchModel.SPLIT_FETCH, FetchModel.FETCH_ORDER_CHUNK, FetchModel.STALE_CHUNK);

    /** Each as often as it is to be drawn; {@code #} stands for the number of a register, numbered through the program. */
    private static final List<String> PATCHER = List.of(
            "poke; x=1",
            "poke; x=1",
            "poke; poke-site 1",
            "poke-site 1; x=1",
            "poke-site 1; xchg y 1",
            "in-place poke; exec",
            "in-place poke; jump",
            "exec");

    private static final List<String> READER = List.of(
            "exec",
            "exec 1; exec",
            "exec 1",
            "r#=x; exec",
            "r#=x; exec 1",
            "r#=xchg y 2; exec",
            "x=2",
            "mfence",
            "cpuid");

    private static String thread(Random random, List<String> statements, int length, int[] register) {
        List<String> thread = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            String statement = statements.get(random.nextInt(statements.size()));
            thread.add(statement.contains("#") ? statement.replace("#", Integer.toString(register[0]++)) : statement);
        }
        return String.join("; ", thread);
    }

    private static Profile profile(Random random) {
        SelfModification[] needs = SelfModification.values();
        return Profile.ARCHITECTURAL
                .lockOrdersFetch(random.nextBoolean())
                .inPlace(needs[random.nextInt(needs.length)])
                .throughAlias(needs[random.nextInt(needs.length)]);
    }

    @ParameterizedTest
    @CsvSource({"true, SC, 60", "true, TSO, 40", "false, SC, 40", "false, TSO, 30"})
    void aWindowThatReachesBackFartherAllowsMore(boolean whole, DataModel data, int programs, TestReporter reporter) {
        reporter.publishEntry("seed", Long.toString(SEED));
        Random random = new Random(SEED + programs);
        Litmus litmus = Litmus.sites("nop1->f4", whole ? "nop1->fa" : "nop2->jmp8")
                .with(b -> b.data(data).bufferDepth(2).chunk(whole ? 64 : 1).split(StoreSplit.BYTE))
                .finals("x", "y")
                .fetches();
        int[] more = new int[WHOLE.size()];
        for (int i = 0; i < programs; i++) {
            int[] register = {0};
            String[] program = {thread(random, PATCHER, 2, register), thread(random, READER, 3, register)};
            Profile profile = profile(random);
            String name = String.join(" | ", program) + " " + profile;
            List<FetchModel> models = whole ? WHOLE : CHUNKS;
            Outcomes before = null;
            for (int m = 0; m < models.size(); m++) {
                FetchModel model = models.get(m);
                Outcomes now = litmus.with(b -> b.fetch(model).profile(profile)).run(program);
                if (before != null) {
                    assertTrue(now.finals().containsAll(before.finals()), () -> model + ": " + name);
                    assertTrue(now.incidents().containsAll(before.incidents()), () -> model + ": " + name);
                    more[m] += now.finals().equals(before.finals()) ? 0 : 1;
                }
                before = now;
            }
        }
        // Else the comparison could not tell the windows apart.
        for (int m = 1; m < more.length; m++) {
            assertTrue(more[m] >= programs / 20, more[m] + " of " + programs + " programs tell " + WHOLE.get(m));
        }
    }
}
