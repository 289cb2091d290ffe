// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.option;

import dev.pokecheck.cli.run.UsageException;
import dev.pokecheck.hardware.HardwareProfile;
import dev.pokecheck.hardware.ProfileText;
import dev.pokecheck.hardware.Profiles;
import dev.pokecheck.machine.Nearest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
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
        try {
            Path file = Path.of(value);
            if (!Files.isRegularFile(file)) {
                throw unknown(option, value);
            }
            if (Files.size(file) > MAX_BYTES) {
                throw new UsageException(
                        option + ": " + value + " is no profile: it is longer than " + MAX_BYTES + " bytes");
            }
            return UsageException.at(option, () -> ProfileText.parse(value, text(option, value, file)));
        } catch (InvalidPathException e) {
            throw unknown(option, value);
        } catch (IOException e) {
            throw new UsageException(option + ": " + value + " cannot be read");
        }
    }

    private static String text(String option, String value, Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UsageException(option + ": " + value + " cannot be read as text");
        }
    }

    private static UsageException unknown(String option, String value) {
        return new UsageException(option + ": \"" + value + "\" is no file, and none of the profiles "
                + String.join(", ", Profiles.names()) + Nearest.hint(value, Profiles.names()));
    }
}
