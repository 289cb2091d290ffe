// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.option;

import dev.pokecheck.text.FetchModel;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The fetch models that a table has columns for. */
@About(Subject.MODELS)
public final class FetchModels {
    /** What {@link FetchModel#compared} lists, as one argument. */
    private static final String COMPARED = "coherent,stale-insn,stale-tail,stale-head,stale-chunk";

    @Option(
            names = "--models",
            paramLabel = "MODEL",
            split = ",",
            converter = ByName.OfFetchModel.class,
            completionCandidates = Compared.class,
            arity = "0..1",
            fallbackValue = COMPARED,
            description = "The fetch models to compare. Without names: ${COMPLETION-CANDIDATES};"
                    + " those whose fetches are in order, and incoherent, the control, are not among them.")
    private @Nullable List<FetchModel> models;

    /** The names of all models, for help. */
    static final class All extends Names {
        All() {
            super(List.of(FetchModel.values()));
        }
    }

    /** The names of the models that are columns unless others are asked for, for help. */
    static final class Compared extends Names {
        Compared() {
            super(FetchModel.compared());
        }
    }

    /** The names of some models; picocli makes the object itself, so it needs a class for each list. */
    private abstract static class Names implements Iterable<String> {
        private final List<FetchModel> models;

        Names(List<FetchModel> models) {
            this.models = models;
        }

        @Override
        public Iterator<String> iterator() {
            return models.stream().map(FetchModel::text).iterator();
        }
    }

    /** Whether some were asked for. */
    public boolean isGiven() {
        return models != null;
    }

    /** The models, those that allow less before those that allow more. */
    public List<FetchModel> chosen() {
        if (models == null) {
            return FetchModel.compared();
        }
        return models.stream().distinct().sorted().toList();
    }
}
