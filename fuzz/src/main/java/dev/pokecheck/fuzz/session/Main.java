// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz.session;

import dev.pokecheck.fuzz.engines.EnginesTable;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The program: {@code java -jar fuzz/target/pokecheck-fuzz.jar --time 10m}. Its last line says with which code it ends and why ({@link SessionExit}), as Maven, through which it can be
 * run as well, hides the code.
 */
public final class Main {
    /** How long an interrupted session has for its summary. */
    private static final long FAREWELL_MILLIS = 20_000;

    private final PrintStream out;
    private final PrintStream err;
    private final Interruption interruption = new Interruption();
    /** Read by the hook only when the thread that writes it has ended. */
    private int code = SessionExit.FAULT.number();

    private Main(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /** Runs the program. */
    public static void main(String[] args) {
        Main main = new Main(
                new PrintStream(System.out, true, StandardCharsets.UTF_8),
                new PrintStream(System.err, true, StandardCharsets.UTF_8));
        main.code = main.run(args, key -> System.getProperty(key, ""));
        if (main.interruption.end()) {
            System.exit(main.code);
        }
    }

    /** At SIGINT or SIGTERM: lets the session come to its end early, and ends the process with the code of the session. At its own end: nothing. */
    private void onShutdown(Thread thread) {
        if (!interruption.interrupt()) {
            return;
        }
        try {
            thread.join(FAREWELL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(thread.isAlive() ? SessionExit.INTERRUPTED.number() : code);
    }

    private int run(String[] args, Function<String, String> property) {
        try {
            CommandLine line = Command.line();
            CommandLine.ParseResult parsed = line.parseArgs(args);
            if (line.isUsageHelpRequested()) {
                line.usage(out);
                return SessionExit.NOTHING_NEW.number();
            }
            if (line.isVersionHelpRequested()) {
                line.printVersionHelp(out);
                return SessionExit.NOTHING_NEW.number();
            }
            return run(new Asked(Command.values(parsed), property));
        } catch (ParameterException e) {
            err.println("pokecheck-fuzz: " + Printable.quoted(String.valueOf(e.getMessage())));
            if (!UnmatchedArgumentException.printSuggestions(e, err)) {
                err.println("Try 'java -jar pokecheck-fuzz.jar --help'.");
            }
            return end(err, SessionExit.USAGE, SessionExit.USAGE.meaning());
        } catch (RefusedException e) {
            err.println("pokecheck-fuzz: " + e.getMessage());
            return end(err, SessionExit.USAGE, SessionExit.USAGE.meaning());
        } catch (IOException | InterruptedException | RuntimeException | Error e) {
            err.println("pokecheck-fuzz: internal error: " + Printable.thrown(e));
            e.printStackTrace(err);
            return end(err, SessionExit.FAULT, "internal error; what was found lies where it was found");
        }
    }

    private int run(Asked asked) throws IOException, InterruptedException {
        Path here = presentFolder();
        // Of a class path the first entry: a jar with all in it, or the classes of this module.
        String classPath = System.getProperty("java.class.path", "");
        Path program = here.resolve(classPath.split(File.pathSeparator, -1)[0]);
        if (!asked.value(OptionKey.ENGINES).isEmpty()) {
            return EnginesTable.run(Command.forEngines(asked, here, program), out);
        }
        Options options = Options.of(asked, here, program, () -> new SecureRandom().nextInt(1, 1_000_000_000));
        refuseMissingCorpus(asked, options);
        FileLock lock = options.folders().prepare();
        Thread thread = Thread.currentThread();
        // It stays in place to the end: once a shutdown has begun it could not be taken away.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> onShutdown(thread), "interrupt"));
        try {
            Session session = new Session(
                    options,
                    new Session.Parts(
                            SessionClock.system(),
                            FuzzProcess.launcher(options),
                            new QuickShrinker(),
                            GuardedTask.threads(),
                            interruption,
                            isTerminal()),
                    out);
            Session.Ended ended = session.run();
            int ends = end(out, ended.code(), ended.why());
            if (out.checkError()) {
                return end(
                        err,
                        SessionExit.FAULT,
                        "the standard output could not be written; the session itself ended with " + ends + ": "
                                + ended.why());
            }
            return ends;
        } finally {
            lock.release();
        }
    }

    private static void refuseMissingCorpus(Asked asked, Options options) {
        if (!asked.value(OptionKey.CORPUS).isEmpty()
                && !Files.isDirectory(options.folders().corpus())) {
            throw new RefusedException(asked.name(OptionKey.CORPUS) + ": "
                    + Printable.path(options.folders().corpus()) + " is no folder; give that of the corpus");
        }
    }

    private static Path presentFolder() {
        if (System.getProperty("user.dir", "").indexOf('\ufffd') >= 0) {
            throw new RefusedException("the name of the present folder cannot be read in this locale;"
                    + " start with LC_ALL=C.UTF-8, or in another folder");
        }
        return Path.of("").toAbsolutePath();
    }

    /** Whether a person looks on. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isTerminal() {
        // From JDK 22 on there is a console where there is no terminal, unless it is the old one that is asked for.
        System.setProperty("jdk.console", "java.base");
        return System.console() != null;
    }

    private static int end(PrintStream to, SessionExit code, String why) {
        to.println(code.line(why));
        return code.number();
    }
}
