// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli;

import dev.pokecheck.checkpoint.CheckpointException;
import dev.pokecheck.cli.command.AuditCommand;
import dev.pokecheck.cli.command.CheckCommand;
import dev.pokecheck.cli.command.LevelsCommand;
import dev.pokecheck.cli.command.ListCommand;
import dev.pokecheck.cli.command.MinimalCommand;
import dev.pokecheck.cli.command.MinimizeCommand;
import dev.pokecheck.cli.command.MuseumCommand;
import dev.pokecheck.cli.command.MutateCommand;
import dev.pokecheck.cli.command.ReplayCommand;
import dev.pokecheck.cli.command.ShowCommand;
import dev.pokecheck.cli.command.TestCommand;
import dev.pokecheck.cli.option.UnknownNameException;
import dev.pokecheck.cli.run.ExitCode;
import dev.pokecheck.cli.run.UsageException;
import dev.pokecheck.cli.screen.Complaint;
import dev.pokecheck.cli.screen.Console;
import dev.pokecheck.cli.screen.PlainWriter;
import dev.pokecheck.cli.screen.Screen;
import dev.pokecheck.cli.screen.StandardOutput;
import dev.pokecheck.corpus.CorpusException;
import dev.pokecheck.machine.Nearest;
import dev.pokecheck.source.token.SourceException;
import dev.pokecheck.text.TableFullException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/** The program. */
@Command(
        name = "pokecheck",
        description = {
            "Checks protocols that patch running x86 code, by searching a model of the CPUs to the end.",
            "A protocol is a C file of yours, or a shipped one, as 'list' names it. What a C file may use of the kernel, 'show --header' prints;"
                    + " 'show --header pokecheck/user.h' is for user space."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:holds",
            "1:violated",
            "2:usage",
            "3:internal error",
            "4:inconclusive: a bound was reached, or a sample, or a vacuous run",
            "5:a replay diverged",
            "141:whoever read the standard output has closed it before the end, as head does"
        })
public final class Main implements Console.Owner {
    /** What a shell says of a process that SIGPIPE ends, which Java ignores: no verdict was read, so that none is claimed. */
    private static final int READER_GONE = 128 + 13;

    private static final String STACK_TRACE = "--stacktrace";

    @Option(names = STACK_TRACE, scope = ScopeType.INHERIT, description = "Print the stack trace of an internal error.")
    private boolean stackTrace;

    /** The commands, in the order of the help. */
    private static final List<Class<?>> COMMANDS = List.of(
            ListCommand.class,
            ShowCommand.class,
            CheckCommand.class,
            TestCommand.class,
            ReplayCommand.class,
            MinimizeCommand.class,
            MuseumCommand.class,
            MutateCommand.class,
            LevelsCommand.class,
            MinimalCommand.class,
            AuditCommand.class);

    /** Whether the program has its answer, and ends by itself. */
    private static volatile boolean hasAnswer;

    private final Console console;

    private Main(Console console) {
        this.console = console;
    }

    @Override
    public Console console() {
        return console;
    }

    /** Runs the program. */
    public static void main(String[] args) {
        int code = ExitCode.INTERNAL_ERROR.number();
        try {
            code = answer(args);
        } catch (OutOfMemoryError e) {
            // Where there was no memory to say so in the usual way. The exit code of a JVM that dies of it is that of a
            // violation.
            System.err.println("pokecheck: internal error: there is no memory left; give Java more, with -Xmx");
        }
        hasAnswer = true;
        System.exit(code);
    }

    private static int answer(String... args) {
        StandardOutput standard = new StandardOutput();
        PrintWriter out = new PrintWriter(standard, false, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        Runtime.getRuntime().addShutdownHook(new Thread(Main::blameExit));
        int code = isHereNamable(err) ? run(Screen.detect(), out, err, args) : ExitCode.USAGE.number();
        if (out.checkError() && standard.isReaderGone()) {
            code = READER_GONE;
        } else if (out.checkError()) {
            err.println("pokecheck: the standard output cannot be written");
            code = ExitCode.USAGE.number();
        }
        err.flush();
        return code;
    }

    /** Whether the names of files that begin nowhere else can be found: from a folder that the locale cannot name, Java looks for them elsewhere. */
    private static boolean isHereNamable(PrintWriter err) {
        boolean namable = Files.isDirectory(Path.of("").toAbsolutePath());
        if (!namable) {
            err.println(
                    "pokecheck: the working folder is gone, or this locale cannot name it; set LC_ALL=C.UTF-8, or go to another");
        }
        return namable;
    }

    /**
     * No code of a user may end the program as if there were a verdict. Where it ends by a signal, no thread stands in {@link Runtime#exit}; whoever calls
     * {@link Runtime#halt} cannot be held up.
     */
    private static void blameExit() {
        if (hasAnswer) {
            return;
        }
        boolean called = Thread.getAllStackTraces().values().stream()
                .flatMap(Stream::of)
                .anyMatch(at -> at.getClassName().equals(Runtime.class.getName())
                        && at.getMethodName().equals("exit"));
        if (called) {
            System.err.println(
                    "pokecheck: --protocol-class: code of the protocol ends the program; take System.exit out");
            Runtime.getRuntime().halt(ExitCode.USAGE.number());
        }
    }

    /** Runs the program in this process, with outputs that are no terminals; returns its exit code. */
    static int run(PrintWriter out, PrintWriter err, String... args) {
        return run(Screen.NONE, out, err, args);
    }

    private static int run(Screen screen, PrintWriter rawOut, PrintWriter rawErr, String... args) {
        PrintWriter out = new PrintWriter(new PlainWriter(rawOut, screen.outColours()));
        PrintWriter err = new PrintWriter(new PlainWriter(rawErr, screen.errColours()), true);
        Main main = new Main(new Console(screen, rawErr));
        CommandLine commandLine = new CommandLine(main);
        // First, as what is set below is handed on to the commands that are there.
        commands(args).forEach(commandLine::addSubcommand);
        commandLine
                .setOut(out)
                .setErr(err)
                .registerConverter(Path.class, Path::of)
                .setParameterExceptionHandler(Main::complain)
                .setExecutionExceptionHandler((e, command, parsed) -> main.explain(e, command.getErr()))
                .setUsageHelpWidth(110);
        if (args.length == 0) {
            commandLine.usage(err);
            return ExitCode.USAGE.number();
        }
        try {
            return commandLine.execute(args);
        } catch (RuntimeException | Error e) {
            // Nothing may end as if it were a verdict: the exit code of a JVM that dies of an error is that of a
            // violation.
            main.console.clear();
            return main.internalError(e, err, Arrays.asList(args).contains(STACK_TRACE));
        }
    }

    /** The command that is named first, alone: to read the options of the others takes longer than many a check. Else all, to be listed or suggested. */
    private static List<Class<?>> commands(String[] args) {
        List<Class<?>> named = COMMANDS.stream()
                .filter(c ->
                        args.length > 0 && c.getAnnotation(Command.class).name().equals(args[0]))
                .toList();
        return named.isEmpty() ? COMMANDS : named;
    }

    private static void complain(PrintWriter err, String message) {
        err.println("pokecheck: " + Complaint.shown(message));
    }

    private static int complain(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        PrintWriter err = command.getErr();
        if (e.getCause() instanceof UnknownNameException unknown && e.getArgSpec() instanceof OptionSpec option) {
            // It has named the choices: there is no more to be had from the help.
            complain(err, option.longestName() + ": " + unknown.getMessage());
            return ExitCode.USAGE.number();
        }
        if (e.getCause() instanceof InvalidPathException name) {
            complain(err, unnamable(name));
            return ExitCode.USAGE.number();
        }
        complain(err, e.getMessage() + nearest(e));
        if (!UnmatchedArgumentException.printSuggestions(e, err)) {
            err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        }
        return ExitCode.USAGE.number();
    }

    /** The option that was meant, where an unknown one has a value: picocli suggests one for those that stand alone. */
    private static String nearest(ParameterException e) {
        if (!(e instanceof UnmatchedArgumentException unmatched)
                || unmatched.getUnmatched().size() < 2
                || !unmatched.isUnknownOption()) {
            return "";
        }
        List<String> names = e.getCommandLine().getCommandSpec().options().stream()
                .map(OptionSpec::longestName)
                .toList();
        return Nearest.hint(unmatched.getUnmatched().get(0), names);
    }

    private int explain(Exception e, PrintWriter err) {
        console.clear();
        if (e instanceof SourceException) {
            // Without a prefix: editors and CI servers read file:line:column at the beginning of a line.
            err.println(e.getMessage());
            return ExitCode.USAGE.number();
        }
        if (e instanceof UsageException || e instanceof CorpusException || e instanceof CheckpointException) {
            complain(err, String.valueOf(e.getMessage()));
            return ExitCode.USAGE.number();
        }
        if (e instanceof InvalidPathException name) {
            complain(err, unnamable(name));
            return ExitCode.USAGE.number();
        }
        if (e instanceof TableFullException full) {
            // Searches say so in their verdict; this is a replay, or what comes after one.
            err.println("pokecheck: inconclusive: " + full.getMessage()
                    + "; a shorter site, fewer versions or a simpler fetch model need less");
            return ExitCode.INCONCLUSIVE.number();
        }
        return internalError(e, err, stackTrace);
    }

    /** Java names files in the encoding of the locale, and cannot name others. */
    private static String unnamable(InvalidPathException e) {
        return "\"" + e.getInput() + "\" cannot be the name of a file in this locale (" + e.getReason()
                + "); give it another name, or set LC_ALL=C.UTF-8";
    }

    private int internalError(Throwable e, PrintWriter err, boolean trace) {
        err.println("pokecheck: internal error: " + e);
        if (e instanceof OutOfMemoryError) {
            err.println("Give Java more memory, with -Xmx before -jar, or check a smaller scenario.");
            return ExitCode.INTERNAL_ERROR.number();
        }
        err.println("This is a fault of pokecheck, not of your input. Please report it, with the command line"
                + (trace ? " and the following." : " and the output of the same command with " + STACK_TRACE + "."));
        if (trace) {
            e.printStackTrace(err);
        }
        return ExitCode.INTERNAL_ERROR.number();
    }
}
