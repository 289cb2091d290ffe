// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.corpus;

/** A corpus file that cannot be read: which file, which line, what is wrong and what would be right. */
public final class CorpusException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** The most characters of a problem that are told. */
    private static final int MOST = 600;

    private final int line;

    /**
     * Says what is wrong.
     *
     * @param file the name of the file
     * @param line the line, counted from 1; 0 if it is the file as a whole
     * @param problem what is wrong and what would be right
     */
    public CorpusException(String file, int line, String problem) {
        super(file + (line == 0 ? "" : ":" + line) + ": " + cut(problem));
        this.line = line;
    }

    /** A problem quotes what stands in the file, however long that is: its beginning, and its end, which says what to do. */
    private static String cut(String problem) {
        int left = problem.length() - MOST;
        return left <= 0
                ? problem
                : problem.substring(0, MOST / 2) + " … (" + left + " characters) … "
                        + problem.substring(left + MOST / 2);
    }

    /** The line, counted from 1; 0 if it is the file as a whole. */
    public int line() {
        return line;
    }
}
