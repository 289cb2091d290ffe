// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.run;

import dev.pokecheck.catalog.Catalog;
import dev.pokecheck.catalog.CatalogEntry;
import dev.pokecheck.corpus.CFile;
import java.util.List;
import java.util.function.Function;

/**
 * A protocol, and what can be changed in it.
 *
 * @param name what tables call it
 * @param changes the names of the changes to try, at most {@link #MOST}, in their order
 * @param with the protocol with some of them
 */
public record Changeable(String name, List<String> changes, Function<List<String>, CatalogEntry> with) {
    /** So many changes are tried: each doubles the searches. */
    public static final int MOST = 16;

    /** Copies the list. */
    public Changeable {
        changes = List.copyOf(changes);
        if (changes.size() > MOST) {
            throw new UsageException("--changes: " + changes.size() + " changes of " + name
                    + ", and each doubles the searches; name at most " + MOST);
        }
    }

    /** A shipped protocol, with some of the changes that the catalog has for it. */
    public static Changeable of(CatalogEntry base, List<String> changes) {
        String plus = Character.toString(Catalog.CHANGED_BY);
        return new Changeable(
                base.fullName(),
                changes,
                some -> some.isEmpty()
                        ? base
                        : Catalog.find(base.fullName() + plus + String.join(plus, some))
                                .orElseThrow());
    }

    /** A C file, each change of which is a macro that is defined. */
    public static Changeable of(CFile file, List<String> macros) {
        return new Changeable(
                file.name(), macros, some -> GivenProtocol.of(file.define(some)).entry());
    }

    /** How many sets of changes there are. */
    public int sets() {
        return 1 << changes.size();
    }
}
