// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.run;

import dev.pokecheck.catalog.CatalogEntry;
import dev.pokecheck.corpus.CFile;
import dev.pokecheck.corpus.Own;
import dev.pokecheck.corpus.ScenarioWords;
import dev.pokecheck.machine.SiteSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/**
 * A protocol that a command names.
 *
 * @param shown what lists call it: of two C files of one name each has its folder
 * @param entry it; a C file has its last name, so that what is found in it is the same wherever it lies
 * @param words what is said of the scenario where it is named: in the file's first comment, or by an entry; nothing for others
 * @param origin what an entry in a file says of where it comes from; the flag says whether a C file is to be named only, and not carried
 */
public record GivenProtocol(
        String shown, CatalogEntry entry, ScenarioWords words, BiFunction<Path, Boolean, Optional<Own>> origin) {

    /** What a shipped one is for, if that is not what most are for. */
    public static ScenarioWords usual(CatalogEntry entry) {
        return entry.hasOwnSites()
                ? new ScenarioWords(List.of(SiteSpec.parse(entry.usualSites())), Map.of())
                : ScenarioWords.NONE;
    }

    /** Whether nothing else is said of the scenario where it is named. */
    public boolean isUsual() {
        return words.equals(usual(entry));
    }

    /** A shipped one. */
    public static GivenProtocol shipped(CatalogEntry entry) {
        return new GivenProtocol(entry.fullName(), entry, usual(entry), (file, named) -> Optional.empty());
    }

    /** A C file. */
    public static GivenProtocol of(CFile file) {
        return new GivenProtocol(
                file.name(),
                entry(file.lastName(), file, file.name()),
                file.scenario(),
                (entry, named) -> Optional.of(named ? file.named(entry) : file.carried(entry)));
    }

    /**
     * A C file as a protocol.
     *
     * @param name what it is called
     * @param from where it is from
     */
    public static CatalogEntry entry(String name, CFile file, String from) {
        List<String> definitions = file.definitions();
        String defined = definitions.isEmpty()
                ? ""
                : definitions.stream().map(it -> " -D " + it).collect(Collectors.joining("", ",", ""));
        return new CatalogEntry(name, "", from + defined, "a protocol in C", file.definition());
    }

    /** What an entry in a file says of where it comes from; empty for a shipped one. */
    public Optional<Own> own(Path file, boolean named) {
        return origin.apply(file, named);
    }
}
