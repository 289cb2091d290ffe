// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.run;

import dev.pokecheck.checkpoint.Checkpoints;
import dev.pokecheck.cli.run.CheckRequest.Part;
import dev.pokecheck.cli.screen.ProgressLine;
import dev.pokecheck.explore.verdict.CheckOptions;
import dev.pokecheck.explore.verdict.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs one check per site choice. */
public final class CheckRunner {
    private final ProgressLine progress;
    private final Checkpoints checkpoints;
    private final long formerNanos;

    /** Runs checks; with checkpoints, one exhaustive one. */
    public CheckRunner(ProgressLine progress, Optional<Checkpointing> checkpoints) {
        this.progress = progress;
        this.checkpoints = checkpoints.<Checkpoints>map(it -> it).orElse(Checkpoints.NONE);
        this.formerNanos = checkpoints.map(Checkpointing::formerNanos).orElse(0L);
    }

    /** Makes all checks that were asked for, one after the other. */
    public CheckOutcomes run(CheckRequest request) {
        int parts = request.parts().size();
        if (parts > 1) {
            progress.expect(parts, "shapes");
        }
        List<CheckOutcome> outcomes = new ArrayList<>();
        request.parts().forEach(part -> outcomes.add(run(request, part)));
        progress.clear();
        return new CheckOutcomes(outcomes);
    }

    private CheckOutcome run(CheckRequest request, Part part) {
        long start = System.nanoTime() - formerNanos;
        progress.goOnFrom(formerNanos);
        CheckOptions options =
                request.search().options(progress.search(part.choice().name()), checkpoints, formerNanos);
        Sampling sampling = request.search().sampling();
        Verdict verdict = sampling.check(part.machine(), options);
        if (sampling.minimized()) {
            verdict = Minimizing.minimized(request.entry(), part.machine(), verdict, progress);
        }
        progress.partDone();
        return new CheckOutcome(
                part.choice(), request.entry(), part.machine(), verdict, (System.nanoTime() - start) / 1e9);
    }
}
