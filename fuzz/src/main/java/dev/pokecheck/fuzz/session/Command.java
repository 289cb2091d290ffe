// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz.session;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The command line of the program: an option for each {@link OptionKey}. */
final class Command {
    private Command() {}

    /** What reads it. */
    static CommandLine line() {
        CommandSpec command = CommandSpec.create()
                .name("java -jar pokecheck-fuzz.jar")
                .mixinStandardHelpOptions(true)
                .version("pokecheck-fuzz " + version());
        for (OptionKey key : OptionKey.values()) {
            OptionSpec.Builder option = OptionSpec.builder(key.option())
                    .description(key.help().replace("%", "%%"), "With Maven: -D" + key.property());
            command.addOption(
                    key.parameter().isEmpty()
                            ? option.type(boolean.class).arity("0").build()
                            : option.type(String.class)
                                    .arity("1")
                                    .paramLabel(key.parameter())
                                    .build());
        }
        command.usageMessage()
                .description("Fuzzes text-poking protocols, and pokecheck itself, for as long as asked.")
                .width(110)
                .exitCodeListHeading("%nExit codes; the last line of a session says which, and why:%n")
                .exitCodeList(SessionExit.help());
        return new CommandLine(command);
    }

    private static String version() {
        String version = Command.class.getPackage().getImplementationVersion();
        return version == null ? "(built from source)" : version;
    }

    /** The values of the options that were given. */
    static Map<OptionKey, String> values(ParseResult parsed) {
        Map<OptionKey, String> values = new EnumMap<>(OptionKey.class);
        for (OptionKey key : OptionKey.values()) {
            if (parsed.hasMatchedOption(key.option())) {
                values.put(key, key.parameter().isEmpty() ? "off" : parsed.matchedOptionValue(key.option(), ""));
            }
        }
        return values;
    }

    /** What the table of engines asks for, by its own keys. */
    static Function<String, String> forEngines(Asked asked, Path here, Path program) {
        SessionFolders folders = SessionFolders.of(asked, here, program);
        Path table = folders.corpus().resolveSibling("fuzz/docs/engines.md");
        Map<String, String> values = Map.of(
                "pokecheck.engines", asked.value(OptionKey.ENGINES),
                "pokecheck.protocol", asked.value(OptionKey.PROTOCOL),
                "pokecheck.fail", folders.known().toString(),
                "pokecheck.out",
                        asked.value(OptionKey.TABLE).isEmpty()
                                ? table.toString()
                                : here.resolve(asked.value(OptionKey.TABLE)).toString());
        return key -> values.getOrDefault(key, "");
    }
}
