// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.option;

import dev.pokecheck.hardware.HardwareProfile;
import dev.pokecheck.hardware.Profiles;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The hardware profiles that a table has columns for. */
@About(Subject.MODELS)
public final class ProfileColumns {
    private static final String OPTION = "--profiles";

    @Option(
            names = OPTION,
            paramLabel = "NAME|FILE",
            split = ",",
            completionCandidates = Names.class,
            description = "The hardware profiles to compare. Default: ${COMPLETION-CANDIDATES}.")
    private @Nullable List<String> profiles;

    /** The names of the shipped profiles, for help. */
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Profiles.names().iterator();
        }
    }

    /** Whether some were asked for. */
    public boolean isGiven() {
        return profiles != null;
    }

    /** The profiles, in the order in which they were given. */
    public List<HardwareProfile> chosen() {
        if (profiles == null) {
            return Profiles.shipped();
        }
        return profiles.stream()
                .map(value -> ProfileArgument.of(OPTION, value))
                .distinct()
                .toList();
    }
}
