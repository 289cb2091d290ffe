// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a session does with findings, whatever they do to it. */
class FindingsTest {
    private static final Path FAIL = Path.of(System.getProperty("basedir", "."), "..", "corpus", "fail");
    private static final String TORN = "torn+memcpy-head-first.poke";
    private static final String STALE = "stale+one-store.poke";

    @TempDir
    private Path folder;

    private Scripted session;

    @BeforeEach
    void aSessionOfOneTarget() {
        session = new Scripted(folder);
        session.with(OptionKey.TARGET, "InterleavingFuzz");
        session.next().canary().ends(60, 0);
    }

    private static String entry(String name, String claim, String cause) throws IOException {
        return Files.readString(FAIL.resolve(name))
                .replaceFirst("(?s)#.*?\nprotocol", "# cause: " + cause + "\n# claim: " + claim + "\nprotocol");
    }

    /** A finding as a fuzzing process leaves it, or almost. */
    private Path leave(String name, String claim, UnaryOperator<String> edit) throws IOException {
        Path file = session.mail().resolve(name + ".poke");
        return Files.writeString(file, edit.apply(entry(TORN, claim, "a cause of " + name)));
    }

    private Path found(String name) {
        return session.found().resolve(name);
    }

    private String left(String name) throws IOException {
        assertTrue(Files.exists(found("left/" + name + ".poke")), session.text());
        return Files.readString(found("left/" + name + ".why.txt"));
    }

    /** The mailbox is empty, and the session says what was left, once. */
    private void assertLeft(String name, String reason) throws IOException {
        String why = left(name);
        String said = "LEFT     " + name + " " + reason.replaceFirst("java[.][a-z.]*[.]", "");
        assertTrue(why.startsWith(name + " " + reason), why);
        assertTrue(session.text().contains(said), session.text());
        assertEquals(session.text().indexOf(said), session.text().lastIndexOf(said), "said once: " + session.text());
        assertEquals(List.of(), FoundStore.list(session.mail(), ".poke"));
    }

    @Test
    void whatIsClaimedNotToHappenIsNewOnce() throws IOException, InterruptedException {
        leave("torn+naive", "regular", text -> text);
        Session.Ended ended = session.run();
        assertEquals(SessionExit.NEW, ended.code());
        assertEquals("1 new finding in a protocol that claims to hold, or inputs that failed a target", ended.why());
        String line = "NEW  a cause of torn+naive → " + found("torn+naive.poke") + "\n";
        assertTrue(session.text().startsWith(line), session.text());
        String entry = Files.readString(found("torn+naive.poke"));
        assertTrue(
                entry.startsWith(
                        "poke-corpus 1\n# cause: a cause of torn+naive\n# claim: regular\n# Found by fuzzing: torn"),
                entry);
        assertTrue(entry.contains("\n# Minimised: 3 steps"), entry);
        assertTrue(Files.readString(found("torn+naive.txt")).contains("cpu0"));
        assertEquals(List.of(), FoundStore.list(session.mail(), ".poke"));

        session = new Scripted(folder).with(OptionKey.TARGET, "InterleavingFuzz");
        leave("torn+naive", "regular", text -> text);
        assertEquals(SessionExit.NOTHING_NEW, session.run().code());
        assertTrue(
                session.text()
                        .contains("0 new findings where it is claimed to hold, 0 new beyond what is claimed, 1 known"),
                session.text());
        assertFalse(session.text().contains("NEW"), session.text());
        assertEquals(List.of(), FoundStore.list(session.mail(), ".poke"));
    }

    @Test
    void beyondAClaimIsCountedAndSavedAndNotSaid() throws IOException, InterruptedException {
        leave("torn+naive", "none", text -> text);
        assertEquals(SessionExit.NOTHING_NEW, session.run().code());
        assertFalse(session.text().contains("a cause of"), session.text());
        assertTrue(session.text().contains("1 new beyond what is claimed"), session.text());
        assertTrue(Files.readString(found("beyond/torn+naive.poke")).contains("# Minimised: "));
        assertFalse(Files.exists(found("torn+naive.poke")));
    }

    @Test
    void aCauseThatTheCorpusKnowsIsKnown() throws IOException, InterruptedException {
        leave("torn+naive", "regular", text -> text);
        Path fail = Files.createDirectories(folder.resolve("corpus/fail"));
        Files.writeString(fail.resolve("other-name.poke"), entry(TORN, "none", "a cause of torn+naive"));
        Files.writeString(fail.resolve("unread.poke"), "poke-corpus 2\n");
        assertEquals(SessionExit.NOTHING_NEW, session.run().code());
        assertTrue(session.text().contains(", 1 known"), session.text());
        assertFalse(Files.exists(found("torn+naive.poke")));
    }

    @Test
    void theCanaryIsNoFinding() throws IOException, InterruptedException {
        leave(
                "torn+canary",
                "none",
                text -> text.replace("naive", "canary")
                        .replaceAll("fingerprint.*\n", "")
                        .replaceAll("(?s)schedule:.*", "schedule:\n"));
        session.run();
        assertFalse(Files.exists(found("beyond/torn+canary.poke")), session.text());
    }

    @ParameterizedTest
    @ValueSource(
            classes = {IllegalStateException.class, StackOverflowError.class, OutOfMemoryError.class, IOException.class
            })
    void minimisingThatThrowsLeavesTheFinding(Class<? extends Throwable> type) throws Exception {
        Throwable thrown = type.getConstructor(String.class).newInstance("site0: more than 65536 fetch views");
        session.shrinker = (candidate, seconds) -> {
            if (thrown instanceof Error error) {
                throw error;
            }
            throw (Exception) thrown;
        };
        leave("torn+naive", "regular", text -> text);
        leave("torn+other", "none", text -> text);
        assertEquals(SessionExit.NEW, session.run().code());
        assertLeft("torn+naive", "could not be minimised: " + type.getName() + ": site0: more than 65536 fetch views");
        assertLeft("torn+other", "could not be minimised: ");
        assertTrue(left("torn+naive").contains("\n    at "), "the stack");
        assertTrue(
                session.text().contains("NEW      a cause of torn+naive → " + found("left/torn+naive.poke")),
                session.text());
        assertFalse(Files.exists(found("torn+naive.poke")), "it is in one place");

        // Again: it is known, and not tried in vain.
        session = new Scripted(folder).with(OptionKey.TARGET, "InterleavingFuzz");
        session.shrinker = (candidate, seconds) -> {
            throw new AssertionError("tried again");
        };
        leave("torn+naive", "regular", text -> text);
        assertEquals(SessionExit.NOTHING_NEW, session.run().code());
        assertTrue(session.text().contains(", 1 known"), session.text());
        assertFalse(session.text().contains("LEFT"), session.text());
    }

    /** The first never ends; those after it have their turn, and the session ends at its time. */
    @Test
    void minimisingThatNeverEndsLeavesTheFinding() throws IOException, InterruptedException {
        int[] tasks = {0};
        session.with(OptionKey.TIME, "30m");
        session.next();
        session.shrinker = new QuickShrinker();
        session.threads = task -> {
            // Three replays, then the first that is minimised.
            if (++tasks[0] != 4) {
                task.run();
            }
        };
        leave("a", "none", text -> text);
        leave("b", "regular", text -> text);
        leave("c", "none", text -> text);
        session.run();
        assertLeft("b", "could not be minimised: java.util.concurrent.TimeoutException: has not ended after 60 s");
        assertTrue(Files.exists(found("beyond/a.txt")), session.text());
        assertTrue(Files.exists(found("beyond/c.txt")), session.text());
    }

    @Test
    void whatCannotBeReadOrReplayedIsLeft() throws IOException, InterruptedException {
        leave("truncated", "none", text -> text.substring(0, text.length() - 40));
        leave("old-version", "none", text -> text.replaceFirst("fingerprint: .*", "fingerprint: ir1-1234567812345678"));
        leave("unknown-protocol", "none", text -> text.replace("protocol: naive", "protocol: naivety"));
        leave(
                "no-fit",
                "none",
                text -> text.replace("protocol: naive", "protocol: static_key@enable-twice")
                        .replace("cpus=2", "cpus=1"));
        leave("holds", "none", text -> text.replaceFirst("(?s)expect: .*", "expect: holds safe\n"));
        leave("next-format", "none", text -> text.replace("poke-corpus 1", "poke-corpus 2"));
        Files.write(session.mail().resolve("no-text.poke"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        Files.createDirectories(session.mail().resolve("folder.poke/inside"));
        Files.createSymbolicLink(session.mail().resolve("gone.poke"), folder.resolve("nowhere"));
        leave("good", "none", text -> text);
        assertEquals(SessionExit.NOTHING_NEW, session.run().code(), session.text());
        String why = left("truncated")
                + left("old-version")
                + left("unknown-protocol")
                + left("no-fit")
                + left("holds")
                + left("next-format")
                + left("no-text");
        assertTrue(why.contains("the protocol has changed since"), why);
        assertTrue(why.contains("did you mean naive?"), why);
        assertTrue(why.contains("is not UTF-8 text"), why);
        assertTrue(why.contains("static_key has two users"), why);
        assertTrue(Files.isDirectory(found("left/folder.poke/inside")));
        assertTrue(Files.isSymbolicLink(found("left/gone.poke")));
        assertEquals(List.of(), FoundStore.list(session.mail(), ".poke"));
        assertTrue(Files.exists(found("beyond/good.txt")), "the session goes on: " + session.text());
        assertTrue(session.text().contains("LEFT     folder could not be replayed: "), session.text());
        assertTrue(
                session.text()
                        .contains("LEFT     and 5 more: no-fit, no-text, old-version, truncated, unknown-protocol\n"),
                session.text());

        // A session over these leftovers has nothing to do with them.
        session = new Scripted(folder).with(OptionKey.TARGET, "InterleavingFuzz");
        session.run();
        assertFalse(session.text().contains("LEFT"), session.text());
    }

    /** What this version has written must replay in it. */
    @Test
    void aFindingThatDoesNotReplayIsAFault() throws IOException, InterruptedException {
        session = new Scripted(folder).with(OptionKey.TARGET, "InterleavingFuzz");
        session.next()
                .canary()
                .at(
                        1,
                        (folders, figures) -> leave(
                                "torn+naive", "regular", text -> text.replace("[e9 1f 44 00 00]", "[0f 1f 44 00 00]")))
                .ends(59, 0);
        Session.Ended ended = session.run();
        assertEquals(SessionExit.FAULT, ended.code());
        assertTrue(
                ended.why()
                        .startsWith(
                                "1 fault of pokecheck itself: a finding of this session does not replay: torn+naive: "),
                ended.why());
        assertTrue(left("torn+naive").contains("could not be replayed"));
    }

    /** An entry that shows nothing any more does not hide a finding of the same name. */
    @Test
    void aStaleEntryHidesNothing() throws IOException, InterruptedException {
        Files.createDirectories(session.found());
        Files.writeString(found("torn+naive.poke"), "half an entr");
        leave("torn+naive", "regular", text -> text);
        assertEquals(SessionExit.NEW, session.run().code());
        assertEquals("half an entr", Files.readString(found("left/torn+naive.poke")));
        assertTrue(Files.readString(found("torn+naive.poke")).contains("# Minimised: "));
    }

    /** In the middle of a session the folder cannot be written to any more. */
    @Test
    void whatCannotBeWrittenStaysWhereItIs() throws IOException, InterruptedException {
        session = new Scripted(folder).with(OptionKey.TARGET, "InterleavingFuzz");
        Path[] mail = new Path[1];
        session.next()
                .canary()
                .at(1, (folders, figures) -> {
                    Files.delete(session.found());
                    Files.writeString(session.found(), "no folder");
                    mail[0] = leave("torn+naive", "regular", text -> text);
                })
                .ends(60, 0);
        Session.Ended ended = session.run();
        assertEquals(SessionExit.NEW, ended.code());
        assertTrue(Files.exists(mail[0]), session.text());
        assertTrue(session.text().contains("NEW  a cause of torn+naive → " + mail[0] + "\n"), session.text());
        assertTrue(
                session.text().contains("UNSAVED  " + mail[0] + " stays where it is: java.nio.file."), session.text());

        Files.delete(session.found());
        session = new Scripted(folder).with(OptionKey.TARGET, "InterleavingFuzz");
        session.run();
        assertTrue(Files.exists(found("torn+naive.txt")), "the next session takes it up: " + session.text());
    }

    /** What has not been minimised within the share waits, is kept as it was found, and is not news when the next session takes it up. */
    @Test
    void minimisingKeepsToItsShare() throws IOException, InterruptedException {
        session.shrinker = (candidate, seconds) -> {
            session.clock().pause(20);
            return QuickShrinker.shrink(candidate, () -> false);
        };
        leave("a", "none", text -> text);
        leave("b", "regular", text -> text);
        session.run();
        assertTrue(Files.readString(found("b.poke")).contains("# Minimised"), "what is claimed comes first");
        assertTrue(Files.readString(found("beyond/a.poke")).contains("\n# " + FoundStore.AS_FOUND + "\n"));
        assertTrue(Files.exists(session.mail().resolve("a.poke")));
        assertTrue(
                session.text()
                        .contains(
                                "minimised 1 in 20 s (of 12 s: 20 % of the session, at least 10 s); 1 wait for the next session\n"),
                session.text());

        session = new Scripted(folder).with(OptionKey.TARGET, "InterleavingFuzz");
        session.run();
        assertTrue(session.text().contains("0 new beyond what is claimed, 1 known"), session.text());
        assertTrue(Files.readString(found("beyond/a.poke")).contains("# Minimised"));
        assertEquals(List.of(), FoundStore.list(session.mail(), ".poke"));
    }

    /** A minimiser that is out of time keeps what it has, and says so. */
    @Test
    void aFindingIsAsSmallAsTheBoundAllows() throws Exception {
        Path file = leave("stale", "none", text -> {
            try {
                return entry(STALE, "none", "stale");
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        Candidate candidate = Candidate.of(file, Examined.of(file));
        String cut = QuickShrinker.shrink(candidate, () -> true).entry().print();
        assertTrue(cut.contains(", as far as a session takes the time; pokecheck minimize may go further.\n"), cut);
        assertFalse(QuickShrinker.shrink(candidate, () -> false).entry().print().contains("as far as"));
    }

    @Test
    void namesAndMessagesOfOthersAreCut() throws IOException, InterruptedException {
        session.shrinker = (candidate, seconds) -> {
            throw new IllegalStateException("\u001b[31m" + "x".repeat(1000) + "\nsecond line");
        };
        leave("torn+naive", "none", text -> text);
        session.run();
        assertFalse(session.text().contains("\u001b"), session.text());
        assertFalse(session.text().contains("x".repeat(300)), session.text());
        assertFalse(session.text().contains("second line"), session.text());
    }

    /** A session that was killed while it wrote leaves no more than a part, which the next takes away. */
    @Test
    void partsAreTakenAway() throws IOException, InterruptedException {
        Files.createDirectories(found("beyond"));
        Files.write(found("beyond/x.poke.part"), "poke-cor".getBytes(StandardCharsets.UTF_8));
        session.run();
        assertFalse(Files.exists(found("beyond/x.poke.part")));
    }
}
