// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.checkpoint.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.UnaryOperator;

/** A checkpoint that says that it is of another search, and has nothing else in it. */
public final class OtherHead {
    private OtherHead() {}

    /** Gives the checkpoint in a file another head. */
    public static void put(Path file, UnaryOperator<CheckpointHead> change) throws IOException {
        Path changed = file.resolveSibling("changed.ck");
        try (CheckpointReader reader = new CheckpointReader(file);
                CheckpointWriter writer = new CheckpointWriter(changed)) {
            change.apply(CheckpointHead.readFrom(reader)).writeTo(writer);
            writer.finish();
        }
        Files.move(changed, file, StandardCopyOption.REPLACE_EXISTING);
    }
}
