// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.checkpoint.file;

import dev.pokecheck.checkpoint.CheckpointException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a checkpoint is a checkpoint of.
 *
 * @param protocol the protocol
 * @param fingerprint that of the protocol
 * @param build that of the program
 * @param scenario the scenario, as a corpus entry has it, and whether it is reduced
 * @param demanded what is demanded, and how it is searched, without bounds
 * @param words the words of the command line that say all this
 */
public record CheckpointHead(
        String protocol, String fingerprint, String build, String scenario, String demanded, List<String> words) {
    private static final int MOST_WORDS = 1000;

    /** Copies the words. What could not be read again is refused. */
    public CheckpointHead {
        words = List.copyOf(words);
        int longest = words.stream().mapToInt(String::length).max().orElse(0);
        if (words.size() > MOST_WORDS || longest > CheckpointReader.LONGEST_TEXT) {
            throw new CheckpointException("--checkpoint: a command of " + words.size() + " words, the longest of "
                    + longest + " characters, cannot be saved; at most " + MOST_WORDS + " words of "
                    + CheckpointReader.LONGEST_TEXT + " characters can");
        }
    }

    void writeTo(CheckpointWriter writer) {
        writer.text(protocol);
        writer.text(fingerprint);
        writer.text(build);
        writer.text(scenario);
        writer.text(demanded);
        writer.number(words.size());
        words.forEach(writer::text);
    }

    static CheckpointHead readFrom(CheckpointReader reader) {
        String protocol = reader.text();
        String fingerprint = reader.text();
        String build = reader.text();
        String scenario = reader.text();
        String demanded = reader.text();
        List<String> words = new ArrayList<>();
        for (int left = reader.count(MOST_WORDS); left > 0; left--) {
            words.add(reader.text());
        }
        return new CheckpointHead(protocol, fingerprint, build, scenario, demanded, words);
    }
}
