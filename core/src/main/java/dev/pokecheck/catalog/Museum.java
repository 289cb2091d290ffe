// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.catalog;

import java.util.ArrayList;
import java.util.List;

/** Twenty-five years of bugs in code patching, each as a broken and a fixed protocol. */
public final class Museum {
    private Museum() {}

    /** All exhibits, in the order in which they are shown. */
    public static List<Exhibit> all() {
        List<Exhibit> all = new ArrayList<>();
        all.addAll(StopMachinePatching.exhibits());
        all.addAll(TextPokeLate.exhibits());
        all.addAll(TextPokeBpBatch.exhibits());
        all.addAll(SmpTextPokeBatch.exhibits());
        all.addAll(FtraceModifyAllCode.exhibits());
        all.addAll(Kprobe.exhibits());
        all.addAll(OptimizedKprobe.exhibits());
        all.addAll(StaticKey.exhibits());
        all.addAll(Membarrier.exhibits());
        all.addAll(TextPokeEarly.exhibits());
        all.addAll(HotSpot.exhibits());
        all.addAll(XRay.exhibits());
        all.addAll(WordPatch.exhibits());
        return List.copyOf(all);
    }
}
