// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli;

import dev.pokecheck.corpus.Choice;
import dev.pokecheck.text.FetchModel;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The fetch models that a table has columns for. */
final class FetchModels {
    @Option(
            names = "--models",
            paramLabel = "MODEL",
            split = ",",
            description = "The fetch models to compare. Default: coherent, stale-insn, stale-tail, stale-head,"
                    + " stale-chunk; incoherent, the control, is not among them.")
    private @Nullable List<String> names;

    /** The models, those that allow less before those that allow more. */
    List<FetchModel> chosen() {
        List<String> wanted = names;
        if (wanted == null) {
            return Stream.of(FetchModel.values())
                    .filter(model -> model != FetchModel.INCOHERENT)
                    .toList();
        }
        return wanted.stream()
                .map(name -> UsageException.at(
                        "--models", () -> Choice.of("fetch model", name, FetchModel.values(), FetchModel::text)))
                .distinct()
                .sorted()
                .toList();
    }
}
