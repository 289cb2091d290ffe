// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.protocol;

import java.util.Optional;

/**
 * Where a statement comes from: the place in its author's file. It is for readers: fingerprints and the search know nothing of it.
 *
 * @param kind which sort of file it is
 * @param file its path as whoever gave it wrote it; of the catalog, its name; of Java, the folders of the package and the file name, below the root of the sources
 * @param line the line, from 1 on
 * @param column the column as written, from 1 on, in characters (Unicode code points; a tab is one); 0 if it is not known, as in Java
 * @param text the line without the blanks around it; where the file is not at hand, as in Java, the statement in the words of C
 */
public record Origin(Kind kind, String file, int line, int column, String text) {
    /** Where protocols are written. */
    public enum Kind {
        /** In a file in C that its author has named. */
        C,
        /** In a file in C that comes with pokecheck. */
        CATALOG,
        /** In Java, which records statements. */
        JAVA
    }

    /** File and line, without folders: {@code it.c:14}. */
    public String place() {
        return file.substring(file.lastIndexOf('/') + 1) + ":" + line;
    }

    /** As compilers write it and editors read it: {@code file:line:column}, without the column where it is not known. */
    @Override
    public String toString() {
        return file + ":" + line + (column == 0 ? "" : ":" + column);
    }

    /** The name of a step with what a reader is told of its place: {@code load.state (it.c:14)}. */
    public static String beside(String label, Optional<Origin> origin) {
        return label
                + origin.filter(Origin::isForReaders)
                        .map(it -> " (" + it.place() + ")")
                        .orElse("");
    }

    /**
     * Whether a reader is told the place beside each step: if it is in the reader's own file. Of a protocol of the catalog, and of one that Java records, the statements in the words
     * of C say enough, and so their places are left to reports for tools.
     */
    public boolean isForReaders() {
        return kind == Kind.C;
    }
}
