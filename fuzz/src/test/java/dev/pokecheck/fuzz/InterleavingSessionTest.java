// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.catalog.Catalog;
import dev.pokecheck.catalog.CatalogEntry;
import dev.pokecheck.corpus.Corpus;
import dev.pokecheck.corpus.Entry;
import dev.pokecheck.fuzz.claim.Claims;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the fuzzing process of a session leaves, without a fuzzer: its opening inputs, each with a burst. */
class InterleavingSessionTest {
    private static Settings settings(Path folder) {
        return new Settings(Optional.empty(), Optional.empty(), Feedback.Mode.OFF, 1, true, Optional.of(folder));
    }

    /** Each protocol has its turn at once; what is broken on purpose is counted and not left, but for the canary; what is left names cause and claim. */
    @Test
    void theOpening(@TempDir Path folder) throws IOException {
        Settings settings = settings(folder);
        InterleavingFuzz target = new InterleavingFuzz(settings);
        settings.menu().seeds().forEach(target::run);
        assertEquals(Catalog.all().size() + 1, target.runs.accounts().size());
        for (Account account : target.runs.accounts()) {
            assertTrue(account.runs() > 0, account.protocol());
            assertEquals(0, account.found, account.protocol());
        }
        List<String> left = new ArrayList<>();
        for (Path file : Corpus.files(folder)) {
            Entry entry = Corpus.read(file);
            left.add(entry.protocol());
            assertTrue(
                    entry.comments().get(0).startsWith(FoundFolder.CAUSE),
                    entry.comments().toString());
            assertEquals(
                    FoundFolder.CLAIM + FoundFolder.NO_CLAIM, entry.comments().get(1));
        }
        assertTrue(left.contains(Canary.NAME), left.toString());
        assertTrue(left.stream().allMatch(name -> name.equals(Canary.NAME) || Claims.anyOf(name)), left.toString());
    }

    /** A fault planted in a protocol that claims to hold is left once for each cause, with the claim, although the same is found where nothing is claimed. */
    @Test
    void aPlantedFault(@TempDir Path folder) throws IOException {
        CatalogEntry broken = Catalog.find("text_poke_bp_batch@no-sync1").orElseThrow();
        CatalogEntry planted = new CatalogEntry("text_poke_bp_batch", "", "planted", "", broken.definition());
        Menu menu = Menu.of(List.of(planted));
        InterleavingFuzz target = new InterleavingFuzz(settings(folder), menu);
        byte[] beyond = new byte[Menu.HEADER];
        // A fetch model for which nothing is claimed, then what the museum shows.
        beyond[5] = 1;
        target.run(beyond);
        menu.seeds().forEach(target::run);
        RandomInputs inputs = new RandomInputs("a planted fault", 20251130);
        for (int i = 0; i < 400; i++) {
            target.run(inputs.next(80, Menu.HEADER));
        }
        List<Entry> claimed = new ArrayList<>();
        for (Path file : Corpus.files(folder)) {
            Entry entry = Corpus.read(file);
            if (!entry.comments().get(1).equals(FoundFolder.CLAIM + FoundFolder.NO_CLAIM)) {
                claimed.add(entry);
            }
        }
        TreeSet<String> causes = new TreeSet<>();
        claimed.forEach(entry -> causes.add(entry.comments().get(0)));
        assertEquals(claimed.size(), causes.size());
        String wanted = FoundFolder.CAUSE
                + "torn in text_poke_bp_batch: fetch sees head old, bytes after it new; during it, head int3, bytes after it new";
        assertTrue(causes.contains(wanted), causes.toString());
    }
}
