// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.command;

import dev.pokecheck.catalog.CatalogEntry;
import dev.pokecheck.catalog.Exhibit;
import dev.pokecheck.cli.run.ExitCode;
import dev.pokecheck.cli.run.TimedVerdict;
import dev.pokecheck.cli.run.UsageException;
import dev.pokecheck.cli.screen.ProgressLine;
import dev.pokecheck.explore.verdict.Verdict.Kind;
import dev.pokecheck.property.Level;
import dev.pokecheck.source.token.SourceException;
import java.util.List;
import java.util.Optional;

/**
 * A protocol of the user's own in the scenario of a bug of history.
 *
 * @param exhibit the bug
 * @param shown what the search has shown; empty if the protocol is not for that scenario
 * @param refusal why it is not
 */
record OwnExhibit(Exhibit exhibit, Optional<TimedVerdict> shown, Optional<String> refusal) {

    static OwnExhibit of(Exhibit exhibit, CatalogEntry entry, Level required, ProgressLine progress) {
        try {
            TimedVerdict shown = TimedVerdict.of(entry, exhibit.scenario(), required, progress);
            return new OwnExhibit(exhibit, Optional.of(shown), Optional.empty());
        } catch (UsageException e) {
            return refused(exhibit, String.valueOf(e.getMessage()));
        } catch (SourceException e) {
            return refused(exhibit, e.complaints().get(0).message());
        }
    }

    private static OwnExhibit refused(Exhibit exhibit, String why) {
        return new OwnExhibit(exhibit, Optional.empty(), Optional.of(exhibit.id() + ": " + why));
    }

    /** What it means for the exit code: nothing is known of a scenario that the protocol is not for. */
    ExitCode exit() {
        return shown.map(it -> ExitCode.of(it.verdict().kind())).orElse(ExitCode.INCONCLUSIVE);
    }

    /** It in words. */
    String shows() {
        if (shown.isEmpty()) {
            return "refused";
        }
        Kind kind = shown.get().verdict().kind();
        return kind == Kind.VIOLATED ? shown.get().property().orElseThrow() : kind.text();
    }

    /** How many steps lead to what is violated. */
    String steps() {
        return exit() == ExitCode.VIOLATED ? shown.orElseThrow().steps() : "-";
    }

    /** How many states were visited. */
    String states() {
        return shown.map(TimedVerdict::states).orElse("-");
    }

    /** What several have shown. */
    static String sentence(List<OwnExhibit> all) {
        long holds = all.stream().filter(it -> it.exit() == ExitCode.HOLDS).count();
        List<String> violated = all.stream()
                .filter(it -> it.exit() == ExitCode.VIOLATED)
                .map(it -> it.exhibit.id())
                .toList();
        return "The protocol holds in " + holds + " of " + all.size() + " scenarios"
                + (violated.isEmpty() ? "" : ", and is violated in " + String.join(", ", violated)) + ".";
    }
}
