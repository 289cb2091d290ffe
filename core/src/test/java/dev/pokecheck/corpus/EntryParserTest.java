// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.property.Property;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EntryParserTest {
    private static final String HEAD = "poke-corpus 1\n";
    private static final String PROTOCOL = "protocol: naive\n";
    private static final String SCENARIO = "scenario: cpus=2 site0=nop5->jmp32\n";
    private static final String TORN = "expect: violated torn\n";

    private static void complains(String text, String complaint) {
        CorpusException e = assertThrows(CorpusException.class, () -> EntryParser.parse("a.poke", text));
        assertEquals(complaint, e.getMessage());
    }

    @Test
    void anEntryAsAPersonWritesIt() {
        Entry entry = EntryParser.parse("a.poke", """
                poke-corpus 1
                # cpu1 enters the site when the head is the new jmp
                # and the tail still the old nop.

                protocol:   naive
                scenario: cpus=2  site0=nop5->jmp32 nmi=0
                expect: violated torn
                schedule:
                    cpu0 patch1.site0

                  # the head first
                \tcpu0 memcpy.site0 site0+0 [e9]
                """);
        assertEquals(
                List.of("cpu1 enters the site when the head is the new jmp", "and the tail still the old nop."),
                entry.comments());
        assertEquals("naive", entry.protocol());
        assertEquals(new Expectation.Violated(Property.TORN), entry.expectation());
        assertEquals(Optional.empty(), entry.fingerprint());
        assertEquals(Optional.of(List.of("cpu0 patch1.site0", "cpu0 memcpy.site0 site0+0 [e9]")), entry.schedule());
    }

    @Test
    void theFirstLineNamesTheFormat() {
        complains("", "a.poke:1: the first line is \"\"; it must be \"poke-corpus 1\"");
        complains(
                "poke-corpus 2\n" + PROTOCOL,
                "a.poke:1: the first line is \"poke-corpus 2\"; it must be \"poke-corpus 1\"");
    }

    @Test
    void aMissingLineIsNamed() {
        complains(
                HEAD + SCENARIO + TORN + "schedule:\n",
                "a.poke: there is no line \"protocol: …\"; write, for instance, \"protocol: naive\"");
        complains(
                HEAD + PROTOCOL + SCENARIO,
                "a.poke: there is no line \"expect: …\"; write, for instance, \"expect: violated torn\"");
        complains(
                HEAD + PROTOCOL + SCENARIO + TORN,
                "a.poke: there is no schedule; an entry that expects a violation ends with \"schedule:\" and a step a line");
    }

    @Test
    void aWrongLineIsNamed() {
        complains(
                HEAD + "protcol: naive\n",
                "a.poke:2: key \"protcol\" is none of protocol, class, source, define, include, profile, scenario, expect, fingerprint, schedule;"
                        + " did you mean protocol?");
        complains(HEAD + "naive\n", "a.poke:2: \"naive\" is not of the form \"key: value\"");
        complains(HEAD + "protocol:\n", "a.poke:2: \"protocol:\" has no value");
        complains(HEAD + PROTOCOL + PROTOCOL, "a.poke:3: \"protocol\" is given twice, first in line 2");
        complains(
                HEAD + PROTOCOL + "  cpu0 step\n",
                "a.poke:3: a step (\"cpu0 step\") stands before \"schedule:\"; only steps are indented");
    }

    @Test
    void aWrongValueIsNamedWithItsLine() {
        complains(
                HEAD + PROTOCOL + "scenario: cpus=9 site0=nop5->jmp32\n" + TORN + "schedule:\n",
                "a.poke:3: cpus=9 is outside 1..8");
        complains(
                HEAD + PROTOCOL + SCENARIO + "expect: violated deadlok\nschedule:\n",
                "a.poke:4: property \"deadlok\" is none of torn, mid-instruction, stale, backwards, group, unhandled-int3,"
                        + " lost-call, wrong-target, corrupt-frame, deadlock, livelock, dead-object, bug, recursion, ensure, lost-patch; did you mean deadlock?");
        complains(
                HEAD + PROTOCOL + SCENARIO + "expect: hold safe\n",
                "a.poke:4: outcome \"hold\" is none of violated, holds; did you mean holds?");
        complains(
                HEAD + PROTOCOL + SCENARIO + "expect: torn\n",
                "a.poke:4: \"torn\" is not \"violated PROPERTY\" or \"holds LEVEL\"");
        complains(
                HEAD + PROTOCOL + SCENARIO + TORN + "fingerprint: xyz\nschedule:\n",
                "a.poke:5: fingerprint \"xyz\" is not ir1- with sixteen hexadecimal digits behind it; leave the line out");
    }

    @Test
    void theLoopOfALivelockIsMarked() {
        String head = HEAD + PROTOCOL + SCENARIO + "expect: violated livelock\nschedule:\n  cpu0 a\n";
        Entry entry = EntryParser.parse("a.poke", head + "  loop:\n  cpu0 b\n  cpu1 c\n");
        assertEquals(Expectation.Violated.livelock(1), entry.expectation());
        assertEquals(Optional.of(List.of("cpu0 a", "cpu0 b", "cpu1 c")), entry.schedule());
        assertEquals(head + "  loop:\n  cpu0 b\n  cpu1 c\n", entry.print());
        complains(head, "a.poke:4: a livelock has a loop; mark its first step with a line \"  loop:\" before it");
        complains(
                head + "  loop:\n",
                "a.poke: behind \"loop:\" there is no step; it stands before the first step of the loop");
        complains(
                head + "  loop:\n  cpu0 b\n  loop:\n", "a.poke:9: \"loop:\" stands twice; a schedule ends in one loop");
        complains(
                HEAD + PROTOCOL + SCENARIO + TORN + "schedule:\n  loop:\n  cpu0 b\n",
                "a.poke:4: torn has no loop; take the line \"loop:\" out");
        complains(
                HEAD + PROTOCOL + SCENARIO + "expect: holds safe\nschedule:\n  loop:\n  cpu0 b\n",
                "a.poke:4: only a livelock has a loop; take the line \"loop:\" out");
    }

    @Test
    void theScheduleIsLastAndIndented() {
        complains(
                HEAD + PROTOCOL + SCENARIO + TORN + "schedule: cpu0 step\n",
                "a.poke:5: behind \"schedule:\" the line ends; each step has a line of its own, indented");
        complains(
                HEAD + PROTOCOL + SCENARIO + TORN + "schedule:\ncpu0 step\n",
                "a.poke:6: \"cpu0 step\" is not of the form \"key: value\"; the steps of a schedule are indented");
        complains(
                HEAD + PROTOCOL + SCENARIO + "schedule:\n  cpu0 step\n" + TORN,
                "a.poke:6: \"expect\" stands behind the schedule, which must come last");
    }

    @Test
    void anEmptyScheduleHoldsNothing() {
        complains(
                HEAD + PROTOCOL + SCENARIO + "expect: holds atomic\nschedule:\n",
                "a.poke:5: the schedule is empty, so that nothing would be tried; leave \"schedule:\" out to have everything searched");
    }

    @Test
    void aByteOrderMarkIsAccepted() {
        String text = HEAD + PROTOCOL + SCENARIO + "expect: holds atomic\n";
        assertEquals(EntryParser.parse("a.poke", text), EntryParser.parse("a.poke", "\uFEFF" + text));
    }

    @Test
    void aControlCharacterIsNamed() {
        complains(HEAD + "protocol: na\u001b[31mive\n", "a.poke:2: there is a control character, U+001B; take it out");
    }

    @Test
    void aLongLineIsCut() {
        CorpusException complaint =
                assertThrows(CorpusException.class, () -> EntryParser.parse("a.poke", HEAD + "x".repeat(100_000)));
        assertTrue(complaint.getMessage().length() < 700, complaint.getMessage());
        assertTrue(complaint.getMessage().endsWith("xxx\" is not of the form \"key: value\""), complaint.getMessage());
    }

    @Test
    void aClassIsNamedWithItsFolder() {
        String text =
                HEAD + PROTOCOL + "class: my.Own#patch in ../build classes\n" + SCENARIO + "expect: holds atomic\n";
        Entry entry = EntryParser.parse("a.poke", text);
        assertEquals(Optional.of(new OwnClass("my.Own#patch", "../build classes")), entry.own());
        assertEquals(text, entry.print());
        complains(
                HEAD + PROTOCOL + "class: my.Own\n" + SCENARIO + "expect: holds atomic\n",
                "a.poke:3: \"my.Own\" is not of the form \"CLASS in FOLDER\", as in \"Mine#patch in build/classes\"");
    }

    @Test
    void aCFileIsNamedOrCarried() {
        String head = HEAD + "protocol: it.c\nsource: ../src/it.c\ndefine: X\ndefine: Y=2\ninclude: inc\n" + SCENARIO;
        String holds = "expect: holds safe\n";
        Entry named = EntryParser.parse("a.poke", head + holds);
        assertEquals(
                Optional.of(new OwnSource("../src/it.c", List.of("X", "Y=2"), List.of("inc"), List.of())), named.own());
        assertEquals(head + holds, named.print());
        String texts = "text it.c:\n  |#include \"b.h\"\n  |\n  |\t/* schedule: */\ntext inc/b.h:\n";
        Entry carried = EntryParser.parse("a.poke", head + TORN + "schedule:\n  cpu0 step\n" + texts);
        assertEquals(
                List.of(
                        new OwnSource.Text("it.c", "#include \"b.h\"\n\n\t/* schedule: */\n"),
                        new OwnSource.Text("inc/b.h", "")),
                ((OwnSource) carried.own().orElseThrow()).texts());
        assertEquals(head + TORN + "schedule:\n  cpu0 step\n" + texts, carried.print());
    }

    @Test
    void linesOfACFileGoTogether() {
        String rest = SCENARIO + "expect: holds safe\n";
        complains(
                HEAD + PROTOCOL + "define: X\n" + rest,
                "a.poke: there is no line \"source: …\", which says of which C file the other lines speak");
        complains(
                HEAD + PROTOCOL + "source: a.c\nclass: A in b\n" + rest,
                "a.poke:3: a protocol comes from a class or from a C file; take one line out");
        complains(
                HEAD + PROTOCOL + "source: x/a.c\n" + rest + "text b.h:\n",
                "a.poke:3: the first text must be that of \"a.c\", which is the source");
        complains(
                HEAD + PROTOCOL + "source: a.c\n" + rest + "text a.c:\ntext a.c:\n",
                "a.poke:7: the text of \"a.c\" stands twice");
        complains(
                HEAD + PROTOCOL + "source: a.c\n" + rest + "text a.c:\n  int x;\n",
                "a.poke:7: a line of a text begins with blanks and \"|\"");
        complains(
                HEAD + PROTOCOL + "source: a.c\n" + rest + "text a.c:\nfingerprint: 01234567\n",
                "a.poke:7: \"fingerprint\" stands behind the texts, which must come last");
    }

    @Test
    void textsAreCarriedWithTheirColumns() {
        assertEquals(
                new OwnSource.Text("a.c", "a\n b\tc\n  d\n"),
                OwnSource.Text.of("a.c", "a\r\n\u000cb\tc\r\n\u0000\u001bd"));
        assertEquals(new OwnSource.Text("a.c", ""), OwnSource.Text.of("a.c", ""));
    }
}
