// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz.session;

import dev.pokecheck.corpus.Choice;
import dev.pokecheck.corpus.ScenarioText;
import dev.pokecheck.fuzz.Feedback;
import dev.pokecheck.fuzz.Menu;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.machine.Scenario;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * What a session does.
 *
 * @param seconds how long it fuzzes, shared among its targets; at least 1
 * @param targets what it fuzzes
 * @param protocol the only protocol that it fuzzes besides the canary; empty for all
 * @param scenario its only scenario, as it stands in entries of the corpus; empty for all
 * @param feedback {@code on} or {@code off}
 * @param canary whether something is broken on purpose; without it every session fails, and a test says so
 * @param seed the seed of the fuzzer, from 1 to 999999999
 * @param folders its folders
 */
record Options(
        long seconds,
        List<FuzzTarget> targets,
        String protocol,
        String scenario,
        String feedback,
        boolean canary,
        int seed,
        SessionFolders folders) {

    /**
     * Reads them.
     *
     * @param here the folder in which the program was started
     * @param program where the program lies
     * @param draw draws a seed if none is given
     * @throws RefusedException with what is wrong and what would be right
     */
    static Options of(Asked asked, Path here, Path program, IntSupplier draw) {
        List<FuzzTarget> targets =
                checked(asked, OptionKey.TARGET, () -> FuzzTarget.named(asked.value(OptionKey.TARGET)));
        String protocol = asked.value(OptionKey.PROTOCOL);
        if (!protocol.isEmpty()) {
            checked(asked, OptionKey.PROTOCOL, () -> Menu.find(protocol));
            targets = targets.stream().filter(FuzzTarget::hasProtocols).toList();
            if (targets.isEmpty()) {
                throw new RefusedException(asked.name(OptionKey.PROTOCOL) + ": only " + FuzzTarget.INTERLEAVING.text()
                        + " can be told which protocol to fuzz; leave one of the two out");
            }
        }
        return new Options(
                Times.seconds(asked.name(OptionKey.TIME), asked.value(OptionKey.TIME)),
                targets,
                protocol,
                scenario(protocol, asked),
                feedback(asked),
                canary(asked),
                seed(asked, draw),
                SessionFolders.of(asked, here, program));
    }

    /** Says where what is wrong was asked for. */
    private static <T> T checked(Asked asked, OptionKey key, Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException e) {
            throw new RefusedException(asked.name(key) + ": " + Printable.message(e), e);
        }
    }

    private static String scenario(String protocol, Asked asked) {
        String text = asked.value(OptionKey.SCENARIO);
        String name = asked.name(OptionKey.SCENARIO);
        if (text.isEmpty()) {
            return text;
        }
        if (protocol.isEmpty()) {
            throw new RefusedException(
                    name + ": a scenario is for one protocol; name it with " + OptionKey.PROTOCOL.option());
        }
        Scenario scenario;
        try {
            scenario = ScenarioText.parse(text);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(
                    name + ": " + Printable.message(e) + "; write it as in the corpus: \"cpus=2 site0=nop2->jmp8\"", e);
        }
        try {
            Machine machine = new Machine(scenario, Menu.find(protocol).record(scenario.setting()));
            machine.initial(new long[machine.words()]);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(name + ": not for " + protocol + ": " + Printable.message(e), e);
        }
        return text;
    }

    private static int seed(Asked asked, IntSupplier draw) {
        String text = asked.value(OptionKey.SEED);
        if (!text.matches("[0-9]{0,9}")) {
            throw new RefusedException(asked.name(OptionKey.SEED) + ": \"" + Printable.quoted(text)
                    + "\" is no number of up to nine digits");
        }
        int seed = text.isEmpty() ? 0 : Integer.parseInt(text);
        return seed == 0 ? draw.getAsInt() : seed;
    }

    private static String feedback(Asked asked) {
        String value = asked.value(OptionKey.FEEDBACK);
        return value.isEmpty()
                ? Feedback.Mode.ON.text()
                : checked(
                        asked, OptionKey.FEEDBACK, () -> Feedback.Mode.of(value).text());
    }

    private static boolean canary(Asked asked) {
        String value = asked.value(OptionKey.CANARY);
        return value.isEmpty()
                || checked(
                                asked,
                                OptionKey.CANARY,
                                () -> Choice.of("switch", value, new String[] {"on", "off"}, text -> text))
                        .equals("on");
    }

    /** Whether the canary, which is torn, can fail in the scenario that was asked for: with one CPU it cannot. */
    boolean canaryCanFail() {
        return scenario.isEmpty() || ScenarioText.parse(scenario).cpus() > 1;
    }

    /** The words of the command line that ask for the same again, with a seed of its own. */
    List<String> again() {
        List<String> words = new ArrayList<>(List.of(OptionKey.TIME.option(), Times.text(seconds)));
        if (targets.size() == 1 && protocol.isEmpty()) {
            words.addAll(List.of(OptionKey.TARGET.option(), targets.get(0).text()));
        }
        add(words, OptionKey.PROTOCOL, protocol);
        add(words, OptionKey.SCENARIO, scenario);
        add(words, OptionKey.FEEDBACK, feedback.equals(Feedback.Mode.ON.text()) ? "" : feedback);
        if (!canary) {
            words.add(OptionKey.CANARY.option());
        }
        words.addAll(folders.again());
        return words;
    }

    private static void add(List<String> words, OptionKey key, String value) {
        if (!value.isEmpty()) {
            words.addAll(List.of(key.option(), value));
        }
    }
}
