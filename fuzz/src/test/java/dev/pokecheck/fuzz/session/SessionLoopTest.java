// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a session shares its time, what it does when processes end, and what it says: with processes and a clock of the test. */
class SessionLoopTest {
    @TempDir
    private Path folder;

    private Scripted session;

    @BeforeEach
    void session() {
        session = new Scripted(folder);
    }

    private void one() {
        session.with(OptionKey.TARGET, "InsnFuzz");
    }

    @Test
    void theTimeIsSharedAndNothingNewIsFound() throws IOException, InterruptedException {
        Session.Ended ended = session.run();
        assertEquals(SessionExit.NOTHING_NEW, ended.code());
        assertEquals("nothing new was found", ended.why());
        // Of a second that a process is thought to take to start, nothing is left over here.
        assertEquals(
                List.of(
                        "InterleavingFuzz 1 24s",
                        "PatchSequenceFuzz 1 9s",
                        "InsnFuzz 1 9s",
                        "CorpusFuzz 1 9s",
                        "SourceFuzz 1 9s"),
                session.launched);
        assertTrue(session.text().contains("\nPatchSequenceFuzz: 0 executions, 0 a second; "), session.text());
        assertTrue(session.text().contains("session of 1m: ran 0:01:00, seed 7\n"), session.text());
        assertTrue(
                session.text()
                        .endsWith("go on with: java -jar fuzz/target/pokecheck-fuzz.jar --time 1m --corpus "
                                + folder.resolve("corpus") + " --scratch " + folder.resolve("scratch") + " --found "
                                + folder.resolve("found") + "\n"),
                session.text());
    }

    /** How long a process takes to start is taken from the time of the next. */
    @Test
    void theStartIsPartOfTheTime() throws IOException, InterruptedException {
        session.next().canary().ends(27, 0);
        session.run();
        assertEquals(List.of("InterleavingFuzz 1 24s", "PatchSequenceFuzz 1 5s"), session.launched.subList(0, 2));
    }

    @ParameterizedTest
    @CsvSource({
        "137,was ended by signal 9",
        "134,was ended by signal 6",
        "1,ended with exit code 1",
        "75,ended with exit code 75"
    })
    void aProcessThatDiesIsStartedAgain(int code, String how) throws IOException, InterruptedException {
        one();
        session.next()
                .canary()
                .at(1, (folders, figures) -> figures.note("runs=100 nanos=1000000000"))
                .ends(20, code);
        session.next()
                .at(1, (folders, figures) -> figures.note("runs=50 nanos=1000000000"))
                .ends(38, 0);
        Session.Ended ended = session.run();
        assertEquals(SessionExit.NOTHING_NEW, ended.code(), session.text());
        assertEquals(List.of("InsnFuzz 1 59s", "InsnFuzz 2 38s"), session.launched);
        assertTrue(session.text().contains("InsnFuzz: the fuzzing process " + how + ", see "), session.text());
        assertTrue(session.text().contains("; started again for the time that is left\n"), session.text());
        assertTrue(session.text().contains("InsnFuzz: 150 executions, 75 a second; "), session.text());
    }

    /** Nothing but its time ends a process that is well. */
    @Test
    void aProcessThatEndsBeforeItsTimeIsStartedAgain() throws IOException, InterruptedException {
        one();
        session.next().canary().ends(10, 0);
        assertEquals(SessionExit.NOTHING_NEW, session.run().code());
        assertEquals(List.of("InsnFuzz 1 59s", "InsnFuzz 2 48s"), session.launched);
        assertTrue(session.text().contains("ended with exit code 0, see "), session.text());
    }

    @Test
    void aProcessThatDiesTooOftenIsAFault() throws IOException, InterruptedException {
        one();
        for (int i = 0; i <= TargetRun.RESTARTS; i++) {
            session.next().ends(1, 137);
        }
        Session.Ended ended = session.run();
        assertEquals(SessionExit.FAULT, ended.code());
        assertEquals(6, session.launched.size());
        assertTrue(
                ended.why()
                        .startsWith(
                                "1 fault of pokecheck itself: InsnFuzz: the fuzzing process was ended by signal 9, see "),
                ended.why());
        assertTrue(ended.why().endsWith("; it was started 6 times, and not again; seed 7"), ended.why());
    }

    private void failing(Scripted.Life life, String exception) {
        life.canary().at(2, (folders, figures) -> {
            Files.writeString(folders.log(1), "INFO: x\n== Java Exception: " + exception + "\n\tat a.b.c\n");
            Files.writeString(folders.artifacts().resolve("crash-01ab"), "input");
            Files.writeString(folders.artifacts().resolve("Crash_01ab.java"), "class");
            Files.writeString(folders.artifacts().resolve("slow-unit-01ab"), "slow");
        });
    }

    /** An input that fails a target is new, once, and the target goes on. */
    @Test
    void anInputThatFailsIsNew() throws IOException, InterruptedException {
        one();
        failing(session.next(), "java.lang.AssertionError: a call of 6 bytes");
        session.next().ends(54, 0);
        // The script above ends by itself.
        session.lives().getFirst().ends(5, 77);
        Session.Ended ended = session.run();
        assertEquals(SessionExit.NEW, ended.code());
        assertEquals(2, session.launched.size());
        String line = "NEW  InsnFuzz+crash-01ab: java.lang.AssertionError: a call of 6 bytes → "
                + session.found().resolve("InsnFuzz+crash-01ab");
        assertTrue(session.text().startsWith(line + "\n"), session.text());
        assertEquals("input", Files.readString(session.found().resolve("InsnFuzz+crash-01ab")));
        assertEquals(
                "java.lang.AssertionError: a call of 6 bytes\n",
                Files.readString(session.found().resolve("InsnFuzz+crash-01ab.txt")));
        assertFalse(Files.exists(session.found().resolve("InsnFuzz+slow-unit-01ab")));

        session = new Scripted(folder);
        one();
        failing(session.next(), "java.lang.AssertionError: a call of 6 bytes");
        session.lives().getFirst().ends(58, 77);
        assertEquals(SessionExit.NOTHING_NEW, session.run().code());
        assertTrue(session.text().contains(", 1 known\n"), session.text());
    }

    /** The folder of findings is gone: the input stays, and the session goes on. */
    @Test
    void anInputThatCannotBeWrittenStays() throws IOException, InterruptedException {
        one();
        failing(
                session.next().at(1, (folders, figures) -> Files.delete(session.found())),
                "java.lang.AssertionError: x");
        session.lives().getFirst().ends(58, 77);
        assertEquals(SessionExit.NEW, session.run().code());
        Path input = folder.resolve("scratch/InsnFuzz/artifacts/crash-01ab");
        assertTrue(Files.exists(input));
        assertTrue(session.text().contains("UNSAVED  " + input + " stays where it is: java.nio.file."), session.text());
    }

    /** A violation does not fail InterleavingFuzz; what does is our own fault. */
    @Test
    void anInputThatFailsTheMachineIsAFault() throws IOException, InterruptedException {
        session.with(OptionKey.TARGET, "InterleavingFuzz");
        failing(session.next(), "java.lang.IllegalStateException: site0: too many");
        session.lives().getFirst().ends(58, 77);
        Session.Ended ended = session.run();
        assertEquals(SessionExit.FAULT, ended.code());
        assertEquals(
                "1 fault of pokecheck itself: InterleavingFuzz: an input made it fail: java.lang.IllegalStateException: site0: too many (seed 7) → "
                        + session.found().resolve("InterleavingFuzz+crash-01ab"),
                ended.why());
    }

    /** An input that was left by a session that was killed is news if something was thrown, and nothing if not. */
    @Test
    void inputsOfASessionThatWasKilled() throws IOException, InterruptedException {
        one();
        Path work = Files.createDirectories(folder.resolve("scratch/InsnFuzz/artifacts"));
        Files.writeString(work.resolve("crash-01ab"), "input");
        Files.writeString(
                folder.resolve("scratch/InsnFuzz/log.txt"), "== Java Exception: java.lang.AssertionError: x\n");
        assertEquals(SessionExit.NEW, session.run().code());
        session = new Scripted(folder);
        one();
        Files.writeString(work.resolve("crash-02ab"), "input");
        Files.writeString(folder.resolve("scratch/InsnFuzz/log.txt"), "fuzz target exited\n");
        assertEquals(SessionExit.NOTHING_NEW, session.run().code());
        assertFalse(Files.exists(session.found().resolve("InsnFuzz+crash-02ab")));
        assertFalse(Files.exists(work.resolve("crash-02ab")));
    }

    /** A process that does not end at its time is asked to, and then killed; how it ends then does not matter. */
    @Test
    void aProcessThatGoesOnIsEnded() throws IOException, InterruptedException {
        one();
        session.next()
                .canary()
                .at(
                        50,
                        (folders, figures) ->
                                Files.writeString(folders.artifacts().resolve("crash-01ab"), "x"));
        assertEquals(SessionExit.NOTHING_NEW, session.run().code());
        assertTrue(session.text().contains("ran 0:01:03,"), session.text());
        assertFalse(Files.exists(session.found().resolve("InsnFuzz+crash-01ab")));
        session = new Scripted(folder);
        one();
        session.next().canary().deaf();
        assertEquals(SessionExit.NOTHING_NEW, session.run().code());
        assertTrue(session.text().contains("ran 0:01:08,"), session.text());
    }

    @Test
    void withoutItsCanaryASessionFails() throws IOException, InterruptedException {
        one();
        session.next().at(3, (folders, figures) -> figures.note("runs=40")).ends(59, 0);
        session.next().at(3, (folders, figures) -> figures.note("runs=2")).ends(60, 0);
        Session.Ended ended = session.run();
        assertEquals(SessionExit.FAULT, ended.code());
        assertEquals(List.of("InsnFuzz 1 59s", "InsnFuzz 2 61s"), session.launched);
        assertEquals(
                "1 fault of pokecheck itself: InsnFuzz: the canary, which is broken on purpose, was not found in 42 executions (seed 7)",
                ended.why());
        assertTrue(session.text().contains("; canary not found\n"), session.text());
    }

    /** A process that has hardly run when its time is over is started again, and ends when it has found what is broken on purpose. */
    @Test
    void aTargetHasAMinuteMoreToFindItsCanary() throws IOException, InterruptedException {
        one();
        session.next().ends(59, 0);
        session.next().canary();
        assertEquals(SessionExit.NOTHING_NEW, session.run().code());
        assertEquals(List.of("InsnFuzz 1 59s", "InsnFuzz 2 61s"), session.launched);
        assertTrue(session.text().contains("ran 0:01:03,"), session.text());
    }

    @Test
    void anInterruptEndsTheSession() throws IOException, InterruptedException {
        session.next().canary().at(5, (folders, figures) -> session.interruption.interrupt());
        Session.Ended ended = session.run();
        assertEquals(SessionExit.INTERRUPTED, ended.code());
        assertEquals(130, ended.code().number());
        assertEquals(1, session.launched.size());
        assertTrue(session.text().contains("session of 1m: ran 0:00:05, interrupted, seed 7\n"), session.text());
    }

    /** Ctrl-C ends the processes of a terminal at once; one that ends first was not ill. */
    @Test
    void aProcessThatAnInterruptHasEndedIsNotStartedAgain() throws IOException, InterruptedException {
        session.next()
                .at(5, (folders, figures) -> session.interruption.interrupt())
                .ends(5, 130);
        assertEquals(SessionExit.INTERRUPTED, session.run().code());
        assertEquals(1, session.launched.size());
        assertFalse(session.text().contains("signal"), session.text());
    }

    @Test
    void whatComesFirstIsTheWorst() {
        Tally tally = new Tally();
        assertEquals(SessionExit.NOTHING_NEW, tally.code(false));
        assertEquals(SessionExit.INTERRUPTED, tally.code(true));
        tally.freshInput("x", "y", folder);
        assertEquals(SessionExit.NEW, tally.code(true));
        tally.fault("z");
        assertEquals(SessionExit.FAULT, tally.code(true));
        assertEquals(
                List.of(0, 130, 1, 2, 3),
                List.of(SessionExit.values()).stream().map(SessionExit::number).toList());
    }

    /** Where there is no terminal a session of a minute stays under forty lines, whatever it finds. */
    @Test
    void aSessionOfAMinuteIsShort() throws IOException, InterruptedException {
        session.next()
                .canary()
                .at(1, (folders, figures) -> {
                    figures.note(
                            "runs=1000 nanos=2000000000 cpu=1500000000 states=77 walk=1500000000 target=1800000000");
                    for (int i = 0; i < 60; i++) {
                        figures.noteProtocol("p" + i + "@x schedules=" + (100 + i) + " states=7 nanos="
                                + (i + 1) + "00000000 lastnew=" + (900 + 10 * i) + " expected=5 refused=" + i
                                + " beyond=2 new=1");
                    }
                    for (int i = 0; i < 30; i++) {
                        Files.writeString(folders.mail().resolve("bad" + i + ".poke"), "no entry");
                    }
                })
                .ends(29, 0);
        session.run();
        String text = session.text();
        assertTrue(text.lines().count() < 40, text);
        assertEquals(
                2,
                text.lines()
                        .filter(line -> line.matches("0:0[01]:[0-9]{2}  .*"))
                        .count(),
                text);
        assertTrue(
                text.contains(
                        "  7770 complete schedules, 3885 a second, 5180 a second of processor time, all fed back; 77 abstract states, the last new one after 0:00:01\n"),
                text);
        assertTrue(
                text.contains("p0@x           0.1        100        7  0:00:00    0      0     0        5       0\n"),
                text);
        assertTrue(text.contains("p59@x "), text);
        assertFalse(text.contains("p30@x "), text);
        assertTrue(text.contains("all 60 protocols: " + folder.resolve("scratch/session.txt") + "\n"), text);
        assertEquals(
                61, Files.readAllLines(folder.resolve("scratch/session.txt")).size());
    }
}
