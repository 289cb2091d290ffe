// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import dev.pokecheck.machine.Machine;
import dev.pokecheck.machine.Scenario;
import dev.pokecheck.machine.SiteSpec;
import dev.pokecheck.protocol.Setting.ThreadWork;
import dev.pokecheck.source.CSource;
import dev.pokecheck.source.token.SourceException;
import dev.pokecheck.source.token.SourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever a file says, it becomes a protocol, or is refused with a place. */
class LoweringProperties {
    /** Lines of a random function taken out, doubled, or put elsewhere. */
    @Property(tries = 300, seed = "20261132")
    void aFileWithMistakes(@ForAll long seed) {
        Random random = new Random(seed);
        List<String> lines = new ArrayList<>(
                RandomC.function("p", random.nextInt(1000)).lines().toList());
        for (int n = random.nextInt(4); n >= 0; n--) {
            int from = random.nextInt(lines.size());
            switch (random.nextInt(4)) {
                case 0 -> lines.remove(from);
                case 1 -> lines.add(from, lines.get(from));
                case 2 -> lines.add(random.nextInt(lines.size()), lines.get(from));
                default ->
                    lines.set(
                            from,
                            lines.get(from)
                                    .replaceFirst(
                                            "[a-c]",
                                            List.of("d", "&a", "p_array", "*b", "0", "p_f")
                                                    .get(random.nextInt(6))));
            }
        }
        check("#include <pokecheck.h>\n" + String.join("\n", lines) + "\nvoid pokecheck_patcher(void) { p_run(); }\n");
    }

    private static void check(String text) {
        Scenario scenario = Scenario.of(List.of(SiteSpec.parse("nop1->nop1")))
                .with(b -> b.cpus(1).thread(ThreadWork.NONE));
        CSource source = new CSource(new SourceText("f.c", text), (name, quoted, from) -> Optional.empty(), List.of());
        try {
            Machine.of(scenario, "f", source);
        } catch (SourceException e) {
            // Then it says where.
            if (e.complaints().isEmpty()) {
                throw new IllegalStateException(text, e);
            }
        }
    }
}
