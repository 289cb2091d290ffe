// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.cli.run.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** C files in the place of a protocol's name, in every command that takes one. */
class CFileCommandsTest {
    @TempDir
    private Path folder;

    private Path file(String... parts) {
        return CFiles.write(folder.resolve("it.c"), parts);
    }

    private static void complains(Outcome outcome, String complaint) {
        assertAll(
                () -> assertEquals(ExitCode.USAGE.number(), outcome.code(), outcome.err()),
                () -> assertTrue(outcome.err().contains(complaint), outcome.err()),
                () -> assertFalse(outcome.err().contains("\tat "), outcome.err()));
    }

    @Test
    void aFileIsCheckedAndDefinitionsChangeIt() {
        Path file = file(CFiles.STRANGER);
        Outcome torn = Outcome.of("check " + file);
        assertEquals(ExitCode.VIOLATED.number(), torn.code(), torn.err());
        assertTrue(torn.out().contains("\nsource     " + file + "\n"), torn.out());
        assertTrue(torn.lastLine().startsWith("VIOLATED: torn after "), torn.lastLine());
        for (String define : new String[] {" -D SECOND_SYNC", " -DSECOND_SYNC=1", " --define=SECOND_SYNC"}) {
            Outcome holds = Outcome.of("check " + file + define + " --level safe");
            assertEquals(ExitCode.HOLDS.number(), holds.code(), holds.err());
            assertTrue(holds.out().contains("\nsource     " + file + ", -D SECOND_SYNC"), holds.out());
        }
    }

    @Test
    void theScenarioStandsInTheFirstCommentAndOptionsOverruleItsWords() {
        Path file = file("// scenario: cpus=3 nmi=1\n/* scenario: site0=nop5->call\n */\n", CFiles.STRANGER);
        assertTrue(Outcome.of("show " + file).out().contains("\n * scenario   cpus=3 site0=nop5->call nmi=1\n"));
        assertTrue(Outcome.of("show " + file + " --cpus 2 --nmi 0")
                .out()
                .contains("\n * scenario   cpus=2 site0=nop5->call\n"));
        assertTrue(Outcome.of("show " + file + " --sites nop2->jmp8")
                .out()
                .contains("\n * scenario   cpus=3 site0=nop2->jmp8 nmi=1\n"));
    }

    @Test
    void aPatcherThatStoresNothingIsTold() {
        String begin = "#include <pokecheck.h>\nvoid pokecheck_patcher(void)\n{\n";
        String note = "\nnote       no statement stores to a site: text_poke() and poke_store() do,";
        Outcome nothing = Outcome.of("check " + file(begin + "}\n") + " --sites nop2->jmp8");
        assertTrue(nothing.lastLine().startsWith("VIOLATED: lost-patch"), nothing.out());
        assertTrue(nothing.out().contains(note), nothing.out());
        Outcome wrong = Outcome.of(
                "check " + file(begin + "text_poke(POKE_ADDR(0), POKE_OLD(0), 2);\n}\n") + " --sites nop2->jmp8");
        assertTrue(wrong.lastLine().startsWith("VIOLATED: lost-patch"), wrong.out());
        assertFalse(wrong.out().contains(note), wrong.out());
    }

    @Test
    void headersAreBesideTheFileAndInFolders() {
        CFiles.write(folder.resolve("mine.h"), "#include \"sub/other.h\"\n");
        CFiles.write(folder.resolve("sub/other.h"), "#include \"beside.h\"\n");
        CFiles.write(folder.resolve("sub/beside.h"), "#include <system.h>\n");
        CFiles.write(folder.resolve("include/system.h"), "#define SECOND_SYNC\n");
        Path file = file("#include \"mine.h\"\n", CFiles.STRANGER);
        Outcome holds = Outcome.of("check " + file + " --level safe -I " + folder.resolve("include"));
        assertEquals(ExitCode.HOLDS.number(), holds.code(), holds.err());
        complains(
                Outcome.of("check " + file),
                folder
                        + "/sub/beside.h:1:10: there is no header <system.h>; the words of the kernel are in <pokecheck.h>");
    }

    @Test
    void severalMistakesAreSaidAtOnceWithTheirLines() {
        Path file = file("#include <pokecheck.h>\nint x = ;\nvoid pokecheck_patcher(void)\n{\n\tx = 1\n}\n");
        Outcome outcome = Outcome.of("check " + file);
        complains(outcome, file + ":2:9: ");
        complains(outcome, "\n" + file + ":6:1: ");
        complains(outcome, "\n    int x = ;\n            ^\n");
        assertTrue(outcome.err().startsWith(file + ":"), "editors read file:line:column: " + outcome.err());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "// scenario: cpus=9 | :1:14: cpus=9 is outside 1..8",
                "// scenario: cpu=2 | :1:14: there is no key \"cpu\"; the keys are cpus,",
                "/* scenario: cpus=2 cpus=3 */ | :1:14: \"cpus\" is given twice",
                "// scenario: two CPUs | :1:14: \"two\" is not of the form key=value",
                "// expct: holds | :1:4: 'expct:' is nearly 'expect:'; write 'expect:', or begin the line with another word",
                "#include \"no.h\" | :1:10: there is no header \"no.h\"",
                "#include \".\" | :1:10: there is no header \".\"",
                "#include <pokecheck.h> | :1:1: there is no function pokecheck_patcher()",
                "#error not yet | :1:2: #error not yet"
            })
    void mistakesHaveAPlace(String text, String complaint) {
        Path file = file(text, "\n");
        complains(Outcome.of("check " + file), file + complaint);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "check FOLDER/no.c | /no.c: there is no such file",
                "check FOLDER/ | : cannot be read: Is a directory",
                "check /dev/zero | pokecheck: /dev/zero: has more than 16777216 bytes, which no protocol needs",
                "check no.c | pokecheck: no.c: there is no such file",
                "check naive -D X | pokecheck: -D is for C files, and naive is no C file",
                "check naive -I . | pokecheck: -I is for C files, and naive is no C file",
                "check FOLDER/it.c -D 1X | pokecheck: -D: \"1X\" is not of the form NAME or NAME=VALUE",
                "check FOLDER/it.c -I FOLDER/it.c | /it.c is no folder",
                "show | Missing required parameter: 'PROTOCOL'",
                "minimal FOLDER/it.c | /it.c: name the macros that are the changes to try, as in --changes CLEAR_FIRST,RESET_MAP",
                "minimal FOLDER/it.c --changes SECOND_SINC | --changes: \"SECOND_SINC\" stands nowhere in",
                "minimal FOLDER/it.c naive --changes SECOND_SYNC | /it.c is a file, whose scenario is its own",
                "minimal naive -D SECOND_SYNC | -D is for C files, and naive is no C file",
                "replay FOLDER/it.c | /it.c: is C and no entry; 'check ",
                "minimize FOLDER/it.c | /it.c: is C and no entry; 'check ",
                "check FOLDER/it.poke | /it.poke: there is no such file",
                "check naive --by-path | --by-path: says how --save saves a C file; add --save FILE.poke",
                "show --header stdio.h | pokecheck: --header: header \"stdio.h\" is none of pokecheck.h"
            })
    void whatIsNoFile(String line, String complaint) {
        file(CFiles.STRANGER);
        complains(Outcome.of(line.replace("FOLDER", folder.toString())), complaint);
    }

    @Test
    void whatIsNoTextIsRefusedWithItsPlace() throws IOException {
        Path file = folder.resolve("it.c");
        Files.write(file, new byte[] {'i', 'n', 't', '\n', '/', '*', ' ', (byte) 0xff, ' ', '*', '/'});
        complains(
                Outcome.of("check " + file),
                file
                        + ":2:4: here is a byte that is no part of a character of UTF-8; save the file as UTF-8\n    /* \ufffd */\n       ^");
    }

    @Test
    void whatIsTooLongIsRefused() {
        Path file = file("x".repeat(5_000_000));
        complains(
                Outcome.of("check " + file), file + ":1:1: a file of more than 4194304 characters; cut it into files");
    }

    @Test
    void headersThatIncludeEachOtherTwiceEnd() {
        for (int i = 1; i < 30; i++) {
            CFiles.write(folder.resolve("h" + i + ".h"), ("#include \"h" + (i + 1) + ".h\"\n").repeat(2));
        }
        CFiles.write(folder.resolve("h30.h"), "");
        complains(
                Outcome.of("check " + file("#include \"h1.h\"\n")),
                "what is included comes to more than 33554432 characters; guard headers with #ifndef or #pragma once");
        CFiles.write(folder.resolve("self.h"), "#include \"self.h\"\n".repeat(2));
        complains(
                Outcome.of("check " + file("#include \"self.h\"\n")),
                "files that include files nest deeper than 32; does one include itself?");
    }

    @Test
    void ourHeadersArePrinted() {
        assertTrue(Outcome.of("show --header").out().contains("\n#define READ_ONCE(x) "));
        assertEquals(
                Outcome.of("show --header").out(),
                Outcome.of("show --header pokecheck.h").out());
    }

    @Test
    void filesStandInListsOfProtocolsEachInItsOwnScenario() {
        Path file = file("// scenario: thread=none nmi=1 nmi-work=site\n", CFiles.STRANGER);
        Outcome outcome = Outcome.of("levels naive " + file + " -D SECOND_SYNC --models coherent");
        complains(outcome, "-D is for C files, and naive is no C file");
        Outcome levels = Outcome.of("levels naive " + file + " --models coherent,stale-chunk");
        assertEquals(0, levels.code(), levels.err());
        assertTrue(levels.out()
                .startsWith("scenario   naive: cpus=2 site0=nop5->jmp32\nscenario   " + file
                        + ": cpus=2 site0=nop5->jmp32 thread=none nmi=1 nmi-work=site\n"));
        assertTrue(levels.lastLine().matches(".*it\\.c +atomic +none \\(torn \\d+\\)"), levels.out());
    }

    @Test
    void mutantsOfAFileAreTriedInItsScenario() {
        Path file = file("// scenario: thread=none nmi=1 nmi-work=site\n", CFiles.STRANGER);
        Outcome outcome = Outcome.of("mutate " + file + " -D SECOND_SYNC --models stale-chunk --steps sync");
        assertEquals(0, outcome.code(), outcome.err());
        assertTrue(outcome.out().contains("thread=none nmi=1 nmi-work=site"), outcome.out());
        assertTrue(outcome.out().contains("sync"), outcome.out());
    }

    @Test
    void aFileTakesThePlaceOfBothInTheMuseum() {
        Path file = file(CFiles.STRANGER);
        Outcome outcome = Outcome.of("museum B9 " + file + " --no-times -D SECOND_SYNC");
        assertTrue(outcome.out().contains("\nThe protocol "), outcome.out() + outcome.err());
        Outcome two = Outcome.of("museum " + file + " B9 " + file + " --no-times");
        assertEquals(2, two.out().split("protocol   " + file, -1).length - 1, two.out());
        complains(Outcome.of("museum B9 " + file("#include <pokecheck.h>\nint x = ;\n")), "B9: " + file + ":2:9: ");
    }

    @Test
    void aFileStandsInACheckpointAndMustBeThere() {
        Path file = file(CFiles.STRANGER);
        Path checkpoint = folder.resolve("it.checkpoint");
        String question = "check " + file + " -D SECOND_SYNC --level safe --cpus 3 --nmi 1 --nmi-work site";
        Outcome stopped =
                Outcome.of(question + " --max-states 8000 --checkpoint " + checkpoint + " --checkpoint-every 1ms");
        assertEquals(ExitCode.INCONCLUSIVE.number(), stopped.code(), stopped.err());
        CFiles.write(file, CFiles.STRANGER.replace("if (!READ_ONCE(patching))", "if (READ_ONCE(patching) != 1)"));
        Outcome changed = Outcome.of("check --resume " + checkpoint);
        assertEquals(ExitCode.DIVERGED.number(), changed.code(), changed.err());
        assertTrue(changed.err().contains("--resume: the protocol has changed since the checkpoint was written"));
        CFiles.write(file, "// Lines elsewhere change nothing.\n", CFiles.STRANGER);
        Outcome resumed = Outcome.of("check --resume " + checkpoint + " --max-states 9000");
        assertEquals(ExitCode.INCONCLUSIVE.number(), resumed.code(), resumed.err());
        assertTrue(resumed.lastLine().startsWith("NO VIOLATION WITHIN a bound of 9000 states"), resumed.lastLine());
    }
}
