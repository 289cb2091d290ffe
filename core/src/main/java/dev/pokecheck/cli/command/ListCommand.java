// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.command;

import dev.pokecheck.catalog.Catalog;
import dev.pokecheck.catalog.CatalogChange;
import dev.pokecheck.catalog.CatalogEntry;
import dev.pokecheck.cli.run.ExitCode;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists the shipped protocols. */
@Command(name = "list", description = "Lists the shipped protocols.", mixinStandardHelpOptions = true)
public final class ListCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        int width = Catalog.named().stream()
                .mapToInt(entry -> entry.fullName().length())
                .max()
                .orElse(0);
        for (CatalogEntry entry : Catalog.named()) {
            out.println(String.format(Locale.ROOT, "%-" + width + "s  %s", entry.fullName(), entry.summary()));
        }
        sites(out, width);
        Catalog.named().stream()
                .map(CatalogEntry::name)
                .distinct()
                .filter(name -> !Catalog.changes(name).isEmpty())
                .forEach(name -> changes(out, name, width));
        files(out);
        out.println();
        out.println(
                "A protocol of your own is a C file: check FILE.c. The words of the kernel for it are what 'show --header' prints,"
                        + " those of user space 'show --header pokecheck/user.h'.");
        return ExitCode.HOLDS.number();
    }

    /** What each protocol is for, where that is not what most are for. */
    private static void sites(PrintWriter out, int width) {
        out.println();
        out.println("Sites, taken unless --sites gives others: " + CatalogEntry.COMMON_SITES + ", but for");
        Catalog.named().stream()
                .filter(CatalogEntry::hasOwnSites)
                .forEach(entry -> out.println(
                        String.format(Locale.ROOT, "%-" + width + "s  %s", entry.fullName(), entry.usualSites())));
    }

    private static void files(PrintWriter out) {
        out.println();
        out.println("Files of C, in " + CatalogEntry.FOLDER + " of the jar, and what each expects of itself:");
        Catalog.files().forEach((file, expectations) -> {
            out.println(file);
            expectations.forEach(expectation -> out.println("    " + expectation));
        });
    }

    private static void changes(PrintWriter out, String name, int width) {
        String plus = Character.toString(Catalog.CHANGED_BY);
        out.println();
        out.println("Changes, any of them for any variant of " + name + ", as " + name + "@VARIANT" + plus + "CHANGE"
                + plus + "CHANGE:");
        for (CatalogChange change : Catalog.changes(name)) {
            out.println(String.format(Locale.ROOT, "%-" + width + "s  %s", plus + change.name(), change.summary()));
        }
    }
}
