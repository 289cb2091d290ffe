// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.print;

import dev.pokecheck.cli.run.UsageException;
import dev.pokecheck.corpus.InputBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Files that a command writes: tried before anything long begins, and written beside and renamed, so that none is ever half there. Where the name is a
 * symbolic link, the link stays and what it points to is written. A new file has the mode that the user's umask leaves.
 */
public final class TextFile {
    /** As many links as Linux follows. */
    private static final int MAX_LINKS = 40;

    private TextFile() {}

    /**
     * Complains if nothing can be written there.
     *
     * @param option the option that names the file
     * @return what is written, with all links followed: the same for two names of one file
     */
    public static Path probe(String option, Path file) {
        try {
            Path target = target(file);
            Path folder = folder(target);
            if (Files.isDirectory(target)) {
                throw new IOException("it is a folder");
            }
            if (!Files.isDirectory(folder)) {
                throw new IOException("there is no folder " + folder);
            }
            if (Files.exists(target) && !Files.isWritable(target)) {
                throw new IOException("it is not allowed");
            }
            if (isReplaced(target)) {
                Files.delete(Files.writeString(beside(target), ""));
            }
            return folder.toRealPath().resolve(target.getFileName());
        } catch (IOException e) {
            throw complaint(option, file, e);
        }
    }

    /** Writes a text. */
    public static void write(String option, Path file, String text) {
        try {
            Path target = target(file);
            if (!isReplaced(target)) {
                Files.writeString(target, text);
                return;
            }
            Path beside = beside(target);
            try {
                Files.writeString(beside, text);
                Files.move(beside, target, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(beside);
            }
        } catch (IOException e) {
            throw complaint(option, file, e);
        }
    }

    private static UsageException complaint(String option, Path file, IOException e) {
        return new UsageException(option + ": " + file + " cannot be written: " + InputBytes.reason(e));
    }

    /** Whether it is a file, or will be one. A pipe or a device is written to, and not replaced. */
    private static boolean isReplaced(Path target) {
        return !Files.exists(target) || Files.isRegularFile(target);
    }

    /** What a name stands for in the end, whether it exists or not. */
    private static Path target(Path file) throws IOException {
        Path target = file.toAbsolutePath();
        for (int links = 0; Files.isSymbolicLink(target); links++) {
            if (links == MAX_LINKS) {
                throw new IOException("it is a link that leads through more than " + MAX_LINKS + " others");
            }
            target = target.resolveSibling(Files.readSymbolicLink(target));
        }
        return target;
    }

    private static Path beside(Path target) {
        return target.resolveSibling("." + target.getFileName() + ".pokecheck");
    }

    private static Path folder(Path target) {
        Path folder = target.getParent();
        return folder == null ? target : folder;
    }
}
