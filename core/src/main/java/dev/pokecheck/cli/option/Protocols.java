// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.option;

import dev.pokecheck.catalog.Catalog;
import dev.pokecheck.catalog.CatalogChange;
import dev.pokecheck.catalog.CatalogEntry;
import dev.pokecheck.cli.run.UsageException;
import dev.pokecheck.machine.Nearest;
import java.util.List;

/** Finds protocols by the names that users type. */
public final class Protocols {
    private Protocols() {}

    /** The entry with a full name. */
    public static CatalogEntry find(String fullName) {
        return Catalog.find(fullName).orElseThrow(() -> new UsageException(complaint(fullName)));
    }

    private static String wrongChange(String name, String changes) {
        List<String> known =
                Catalog.changes(name).stream().map(CatalogChange::name).toList();
        for (String change : changes.split("\\+", -1)) {
            if (!known.contains(change)) {
                return noChange(name, change);
            }
        }
        throw new IllegalStateException(changes + " are changes of " + name);
    }

    /** What to say of a name that is no change of a protocol. */
    public static String noChange(String name, String change) {
        List<String> known =
                Catalog.changes(name).stream().map(CatalogChange::name).toList();
        return "protocol \"" + name + "\" has no change \"" + change + "\""
                + (known.isEmpty()
                        ? "; nothing in it can be changed by name"
                        : "; it has " + String.join(", ", known) + Nearest.hint(change, known));
    }

    private static String complaint(String fullName) {
        if (NamedProtocol.isFile(fullName)) {
            return fullName
                    + " is a file, and this command takes shipped protocols only, as 'pokecheck list' names them";
        }
        int plus = fullName.indexOf(Catalog.CHANGED_BY);
        String changes = plus < 0 ? "" : fullName.substring(plus + 1);
        String unchanged = plus < 0 ? fullName : fullName.substring(0, plus);
        int at = unchanged.indexOf('@');
        String name = at < 0 ? unchanged : unchanged.substring(0, at);
        List<String> names =
                Catalog.named().stream().map(CatalogEntry::name).distinct().toList();
        if (!names.contains(name)) {
            String hint = Nearest.hint(name, names);
            return "there is no protocol \"" + name + "\"; 'pokecheck list' lists them"
                    + (hint.isEmpty() ? ", and a C file of your own is named by its path, as in my_poke.c" : hint);
        }
        if (Catalog.find(unchanged).isPresent()) {
            return wrongChange(name, changes);
        }
        List<String> variants = Catalog.named().stream()
                .filter(entry -> entry.name().equals(name) && !entry.variant().isEmpty())
                .map(CatalogEntry::variant)
                .toList();
        String choice = String.join(", ", variants);
        if (at < 0) {
            return "protocol \"" + name + "\" needs a variant: " + name + "@ and one of " + choice
                    + (changes.isEmpty() ? "" : ", before +" + changes);
        }
        String variant = unchanged.substring(at + 1);
        return "protocol \"" + name + "\" has no variant \"" + variant + "\""
                + (variants.isEmpty() ? "; it has none" : "; it has " + choice + Nearest.hint(variant, variants));
    }
}
