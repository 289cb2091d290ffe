// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.parse;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.source.preprocess.Preprocessor;
import dev.pokecheck.source.token.Complaint;
import dev.pokecheck.source.token.Complaints;
import dev.pokecheck.source.token.SourceException;
import dev.pokecheck.source.token.SourceText;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever is read: there is a tree, or a refusal that names a line of it. */
class ReaderProperties {
    private static final String FILE = """
            #define NEXT(x) ((x) + 1)
            #if defined(NEXT) && 1
            enum state { IDLE = 4, BUSY, DONE = NEXT(BUSY) };
            #endif
            struct desc { unsigned long site; union { int refs; char c[4]; }; int (*fn)(struct desc *, int); };
            static struct desc *published, descs[2] = { { .site = 0x10, .refs = 1 }, [1] = { 2 } };
            static int wait(int until)
            {
                int seen;
                do {
                    seen = *(volatile int *)&published->refs;
                    if (seen == until || !published)
                        break;
                } while (1);
                switch (seen) { case IDLE ... BUSY: return -1; default: goto out; }
            out:
                for (int i = 0, j = sizeof(struct desc); i < 2; i++)
                    descs[i].fn ? descs[i].fn(&descs[i], j) : (void)0;
                return seen << 2 ^ ~until;
            }
            """;

    private static final String[] PIECES = {
        "(",
        ")",
        "{",
        "}",
        "[",
        "]",
        ";",
        ",",
        "*",
        "#",
        "##",
        "\n",
        "\\\n",
        "\"",
        "'",
        "/*",
        "*/",
        "int",
        "struct",
        "enum",
        "#define A",
        "#if",
        "#endif",
        "NEXT(",
        "...",
        "->",
        "=",
        "sizeof",
        "typedef",
        "case",
        "0x",
        "\\u00e4",
        "__attribute__((",
        "static",
        "if",
        "else",
        "#else",
        "A",
        "published"
    };

    /** Parts of a file taken out, doubled, put elsewhere or replaced by other tokens. */
    @Property(tries = 3000, seed = "20261130")
    void aFileWithMistakes(@ForAll long seed) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder(FILE);
        for (int n = random.nextInt(6); n >= 0; n--) {
            int from = random.nextInt(text.length() + 1);
            int to = Math.min(text.length(), from + random.nextInt(20));
            switch (random.nextInt(4)) {
                case 0 -> text.delete(from, to);
                case 1 -> text.insert(from, text.substring(from, to));
                case 2 -> text.insert(random.nextInt(text.length() + 1), text.substring(from, to));
                default -> text.replace(from, to, PIECES[random.nextInt(PIECES.length)] + " ");
            }
        }
        check(text.toString());
    }

    @Property(tries = 500, seed = "20261131")
    void anyText(@ForAll String text) {
        check(text);
    }

    private static void check(String text) {
        SourceText file = new SourceText("f.c", text);
        Complaints complaints = new Complaints();
        try {
            Parser.read(
                    new Preprocessor((name, quoted, from) -> Optional.empty(), complaints).tokens(file), complaints);
            complaints.throwIfAny();
        } catch (SourceException e) {
            checkPlaces(e.complaints(), file);
        }
    }

    private static void checkPlaces(List<Complaint> complaints, SourceText file) {
        assertFalse(complaints.isEmpty());
        for (Complaint complaint : complaints) {
            assertTrue(complaint.place().source() == file, complaint::message);
            assertTrue(complaint.place().offset() <= file.text().length(), complaint::message);
            assertTrue(complaint.withCaret().lines().count() >= 3, complaint::withCaret);
            assertTrue(complaint.message().lines().count() == 1, complaint::message);
        }
    }
}
