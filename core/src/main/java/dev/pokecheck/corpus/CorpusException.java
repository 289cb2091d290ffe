// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.corpus;

/** A corpus file that cannot be read: which file, which line, what is wrong and what would be right. */
public final class CorpusException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int line;

    /**
     * Says what is wrong.
     *
     * @param file the name of the file
     * @param line the line, counted from 1; 0 if it is the file as a whole
     * @param problem what is wrong and what would be right
     */
    public CorpusException(String file, int line, String problem) {
        super(file + (line == 0 ? "" : ":" + line) + ": " + problem);
        this.line = line;
    }

    /** The line, counted from 1; 0 if it is the file as a whole. */
    public int line() {
        return line;
    }
}
