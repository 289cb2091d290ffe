// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz.session;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The folders of a session. In a checkout of the project, which is a folder that has {@code corpus/fuzz}, or any folder below it, the defaults are
 * {@code corpus}, {@code fuzz/scratch} and {@code fuzz/scratch/found} of that checkout; git ignores the latter two. Anywhere else the corpus is that of the checkout in which the
 * program lies, if it lies in one, and what a session writes goes to {@code pokecheck-fuzz} in the folder where it was started.
 *
 * @param corpus the corpus of the project: seeds of the targets, and findings that are known; it need not be there
 * @param scratch what a session keeps for the next
 * @param found where findings go
 * @param again the options that name those of them that are not the defaults
 */
record SessionFolders(Path corpus, Path scratch, Path found, List<String> again) {
    /** What is written to try a folder: a disk that is full takes an empty file, and not this. */
    private static final int PROBE_BYTES = 1 << 14;

    /**
     * Those that a session is asked for.
     *
     * @param here the folder in which it is started
     * @param program where the program lies
     */
    static SessionFolders of(Asked asked, Path here, Path program) {
        Path checkout = checkout(here);
        Path origin = checkout == null ? checkout(program) : checkout;
        Path work = checkout == null ? here.resolve("pokecheck-fuzz") : checkout.resolve("fuzz/scratch");
        Path corpus = path(asked, OptionKey.CORPUS, here, (origin == null ? here : origin).resolve("corpus"));
        Path scratch = path(asked, OptionKey.SCRATCH, here, work);
        Path found = path(asked, OptionKey.FOUND, here, scratch.resolve("found"));
        List<String> again = new ArrayList<>();
        for (OptionKey key : List.of(OptionKey.CORPUS, OptionKey.SCRATCH, OptionKey.FOUND)) {
            if (!asked.value(key).isEmpty()) {
                again.addAll(List.of(key.option(), asked.value(key)));
            }
        }
        return new SessionFolders(corpus, scratch, found, again);
    }

    private static @Nullable Path checkout(Path here) {
        for (Path folder = here.toAbsolutePath().normalize(); folder != null; folder = folder.getParent()) {
            if (Files.isDirectory(folder.resolve("corpus/fuzz"))) {
                return folder;
            }
        }
        return null;
    }

    private static Path path(Asked asked, OptionKey key, Path here, Path otherwise) {
        String value = asked.value(key);
        try {
            return value.isEmpty() ? otherwise : here.resolve(value);
        } catch (InvalidPathException e) {
            throw new RefusedException(
                    asked.name(key) + ": \"" + Printable.quoted(value) + "\" is no name of a folder here: "
                            + e.getReason(),
                    e);
        }
    }

    /** The seeds of the targets, in a folder for each. */
    Path seeds() {
        return corpus.resolve("fuzz");
    }

    /** Entries whose causes are known. */
    Path known() {
        return corpus.resolve("fail");
    }

    /**
     * Makes the folders that a session writes to, tries them, and locks the scratch folder until this process ends: two sessions in one would take each
     * other's findings.
     *
     * @return what keeps the lock
     * @throws RefusedException if one of them cannot be written to, or another session has it
     */
    FileLock prepare() {
        probe(OptionKey.SCRATCH, scratch);
        probe(OptionKey.FOUND, found);
        refuseWorkFolders();
        Path lock = scratch.resolve("lock");
        try {
            FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock taken = channel.tryLock();
            if (taken != null) {
                return taken;
            }
            channel.close();
        } catch (OverlappingFileLockException e) {
            throw inUse(e);
        } catch (IOException e) {
            throw new RefusedException(
                    Printable.path(lock) + " cannot be locked: " + Printable.thrown(e) + "; give another folder with "
                            + OptionKey.SCRATCH.option(),
                    e);
        }
        throw inUse(null);
    }

    /** What lies in the folder of a target there is taken up, and removed. */
    private void refuseWorkFolders() {
        try {
            Path work = scratch.toRealPath();
            Path there = found.toRealPath();
            for (FuzzTarget target : FuzzTarget.values()) {
                if (there.startsWith(work)
                        && !there.equals(work)
                        && work.relativize(there).toString().startsWith(target.text())) {
                    throw new RefusedException(
                            Printable.path(found) + " is where a session keeps what it has not taken up yet;"
                                    + " give another folder with " + OptionKey.FOUND.option());
                }
            }
        } catch (IOException e) {
            throw new RefusedException(Printable.path(found) + " cannot be found again: " + Printable.thrown(e), e);
        }
    }

    private RefusedException inUse(@Nullable Throwable cause) {
        String problem = "another session is at work in " + Printable.path(scratch)
                + "; wait for its end, or give another folder with " + OptionKey.SCRATCH.option() + " (and "
                + OptionKey.FOUND.option() + ")";
        return cause == null ? new RefusedException(problem) : new RefusedException(problem, cause);
    }

    private static void probe(OptionKey key, Path folder) {
        Path probe = folder.resolve("probe." + ProcessHandle.current().pid());
        try {
            Files.createDirectories(folder);
            Files.write(probe, new byte[PROBE_BYTES]);
            Files.delete(probe);
        } catch (IOException e) {
            throw new RefusedException(
                    Printable.path(folder) + " cannot be written to: " + Printable.thrown(e)
                            + "; give a folder that can be written to, and has room, with " + key.option(),
                    e);
        }
    }
}
