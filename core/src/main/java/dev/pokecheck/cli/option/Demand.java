// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.option;

import dev.pokecheck.explore.verdict.CheckOptions;
import dev.pokecheck.property.Level;
import dev.pokecheck.property.Property;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What must hold, where a command asks that of several protocols. */
@About(Subject.SEARCH)
public final class Demand {
    @Option(
            names = "--level",
            paramLabel = "LEVEL",
            converter = ByName.OfLevel.class,
            completionCandidates = ByName.OfLevel.class,
            description = "The level that must hold: ${COMPLETION-CANDIDATES}. Default: safe.")
    private @Nullable Level level;

    @Option(
            names = "--property",
            paramLabel = "P",
            split = ",",
            converter = ByName.OfProperty.class,
            completionCandidates = ByName.OfProperty.class,
            description = "Look only for these: ${COMPLETION-CANDIDATES}.")
    private @Nullable List<Property> properties;

    /** The level. */
    public Level level() {
        return level == null ? Level.SAFE : level;
    }

    /** The properties that alone are looked for; empty for all. */
    public List<Property> only() {
        return properties == null ? List.of() : List.copyOf(properties);
    }

    /** The options of a search for what it forbids. */
    public CheckOptions options() {
        return only(CheckOptions.defaults().require(level()));
    }

    /** The same, but a level that is not named is not promised: where nobody executes a site, the rest can hold. */
    public CheckOptions optionsAsNamed() {
        return level == null ? only(CheckOptions.defaults().failAt(level())) : options();
    }

    private CheckOptions only(CheckOptions options) {
        return properties == null ? options : options.lookFor(EnumSet.copyOf(properties));
    }

    /** It, in words. */
    public String text() {
        return "level " + level().text()
                + (properties == null
                        ? ""
                        : ", " + properties.stream().map(Property::text).collect(Collectors.joining(", ")) + " only");
    }
}
