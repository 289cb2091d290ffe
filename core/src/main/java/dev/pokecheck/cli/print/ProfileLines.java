// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.print;

import dev.pokecheck.hardware.HardwareProfile;
import dev.pokecheck.hardware.HardwareProfile.Evidence;
import dev.pokecheck.hardware.HardwareProfile.Overruled;
import dev.pokecheck.hardware.Profiles;
import dev.pokecheck.machine.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a report says of the hardware profile: always its name, what it stands for, and what of it does not hold in the scenario; the source of each line
 * where the profile was asked for.
 */
final class ProfileLines {
    private static final String INDENT = "           ";

    private ProfileLines() {}

    /**
     * The lines.
     *
     * @param asked the profile that was asked for; where none was, a scenario starts from {@link Profiles#USUAL}
     */
    static List<String> of(Scenario scenario, Optional<HardwareProfile> asked) {
        HardwareProfile profile = asked.orElse(Profiles.USUAL);
        List<Overruled> overruled =
                profile.overruled(scenario.fetch(), scenario.chunk(), scenario.split(), scenario.profile());
        List<String> lines = new ArrayList<>();
        lines.add("profile    " + profile.name() + ": " + profile.title()
                + (asked.isPresent() ? "" : "; --profile " + profile.name() + " prints the source of each line"));
        if (!overruled.isEmpty()) {
            lines.add(INDENT + "changed: "
                    + overruled.stream()
                            .map(it -> it.key() + " " + it.now() + " instead of " + it.usual())
                            .collect(Collectors.joining(", ")));
        }
        if (asked.isPresent()) {
            profile.evidence().stream()
                    .filter(it -> overruled.stream().noneMatch(other -> other.concerns(it)))
                    .map(ProfileLines::line)
                    .forEach(lines::add);
        }
        return lines;
    }

    private static String line(Evidence evidence) {
        return INDENT + evidence.line() + " (" + evidence.source() + ")";
    }
}
