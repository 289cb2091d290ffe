// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.option;

import dev.pokecheck.cli.run.UsageException;
import dev.pokecheck.hardware.HardwareProfile;
import dev.pokecheck.hardware.ProfileText;
import dev.pokecheck.hardware.Profiles;
import dev.pokecheck.machine.Nearest;
import java.nio.file.Files;
import java.nio.file.Path;

/** A hardware profile as an argument: the name of a shipped one, or a file. */
final class ProfileArgument {
    /** A profile has a dozen lines; nobody means a file that is longer than this. */
    private static final int MAX_BYTES = 1 << 16;

    private ProfileArgument() {}

    /** The profile that an option names. */
    static HardwareProfile of(String option, String value) {
        return Profiles.find(value).orElseGet(() -> read(option, value));
    }

    private static HardwareProfile read(String option, String value) {
        Path file = Path.of(value);
        if (!Files.isRegularFile(file)) {
            throw unknown(option, value);
        }
        String text = NamedText.of(option, file, MAX_BYTES, "which no profile needs");
        return UsageException.at(option, () -> ProfileText.parse(value, text, Profiles.names()));
    }

    private static UsageException unknown(String option, String value) {
        return new UsageException(option + ": \"" + value + "\" is no file, and none of the profiles "
                + String.join(", ", Profiles.names()) + Nearest.hint(value, Profiles.names()));
    }
}
