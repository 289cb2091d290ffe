// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.option;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pokecheck.cli.run.UsageException;
import dev.pokecheck.hardware.HardwareProfile;
import dev.pokecheck.hardware.ProfileText;
import dev.pokecheck.hardware.Profiles;
import dev.pokecheck.machine.Nearest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
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
            String text = text(option, value, file);
            return UsageException.at(option, () -> ProfileText.parse(value, text, Profiles.names()));
        } catch (InvalidPathException e) {
            throw unknown(option, value);
        }
    }

    private static String text(String option, String value, Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new UsageException(
                        option + ": " + value + " is no profile: it is longer than " + MAX_BYTES + " bytes");
            }
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new UsageException(option + ": " + value + " cannot be read as text");
        } catch (IOException e) {
            throw new UsageException(option + ": " + value + " cannot be read: " + e.getMessage());
        }
    }

    private static UsageException unknown(String option, String value) {
        return new UsageException(option + ": \"" + value + "\" is no file, and none of the profiles "
                + String.join(", ", Profiles.names()) + Nearest.hint(value, Profiles.names()));
    }
}
