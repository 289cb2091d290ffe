// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.hardware;

import dev.pokecheck.cpu.Profile;
import dev.pokecheck.insn.Sync;
import dev.pokecheck.text.FetchModel;
import dev.pokecheck.text.StoreSplit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What is assumed of a kind of CPUs, and why.
 *
 * @param name its name on the command line
 * @param title what it stands for, as a noun phrase
 * @param fetch what a CPU may fetch
 * @param chunk the size of a fetch chunk in bytes
 * @param split in which pieces a store to text reaches memory
 * @param cpu what orders what a CPU fetches, and whether the vendor says so
 * @param evidence what each line of it rests on
 */
public record HardwareProfile(
        String name,
        String title,
        FetchModel fetch,
        int chunk,
        StoreSplit split,
        Profile cpu,
        List<Evidence> evidence) {
    /**
     * What a line rests on.
     *
     * @param line what is assumed: {@code chunk: 64}
     * @param source a section of a manual, or rows of a table of measurements
     */
    public record Evidence(String line, String source) {}

    /**
     * A line that a run overrules.
     *
     * @param key what the line is about: {@code chunk}
     * @param usual what the profile says
     * @param now what is assumed instead
     */
    public record Overruled(String key, String usual, String now) {
        /** Whether a line is the one that is overruled. */
        public boolean concerns(Evidence evidence) {
            return evidence.line().startsWith(key + ":");
        }
    }

    /** The lines of it that do not hold where something is assumed, in the order of the shipped files. */
    public List<Overruled> overruled(FetchModel otherFetch, int otherChunk, StoreSplit otherSplit, Profile otherCpu) {
        Map<String, String> usual = values(fetch, chunk, split, cpu);
        Map<String, String> now = values(otherFetch, otherChunk, otherSplit, otherCpu);
        return usual.entrySet().stream()
                .map(line -> new Overruled(line.getKey(), line.getValue(), now.getOrDefault(line.getKey(), "")))
                .filter(line -> !line.usual.equals(line.now))
                .toList();
    }

    private static Map<String, String> values(FetchModel fetch, int chunk, StoreSplit split, Profile cpu) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put(ProfileText.WINDOW, fetch.window().text());
        values.put(ProfileText.SHAPE, fetch.shape().text());
        values.put(ProfileText.CHUNK, Integer.toString(chunk));
        values.put(ProfileText.SPLIT, split.text());
        values.put(
                ProfileText.SERIALIZING,
                cpu.serializing().isEmpty()
                        ? "none"
                        : cpu.serializing().stream().map(Sync::text).collect(Collectors.joining(" ")));
        values.put(ProfileText.LOCK, yes(cpu.lockOrdersFetch()));
        values.put(ProfileText.IN_PLACE, cpu.inPlace().text());
        values.put(ProfileText.ALIAS, cpu.throughAlias().text());
        values.put(ProfileText.XMC, yes(cpu.isXmcDocumented()));
        values.put(ProfileText.IPI, cpu.ipiSend().text());
        values.put(ProfileText.SYSCALL, yes(cpu.syscallDrains()));
        return values;
    }

    private static String yes(boolean value) {
        return value ? "yes" : "no";
    }

    /** Copies the list. */
    public HardwareProfile {
        evidence = List.copyOf(evidence);
    }
}
