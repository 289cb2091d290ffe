// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.protocol.dump;

import dev.pokecheck.data.Var;
import dev.pokecheck.protocol.Copy;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.text.Site;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The canonical form of a protocol: equal for two protocols if and only if they do the same statements under the same labels. */
public final class Dump {
    /** The version of the form. */
    public static final String VERSION = "ir1";

    /** What stands for something optional that is not there. */
    private static final String NOTHING = "-";

    private Dump() {}

    /** The protocol with the labels of its steps. */
    public static String of(Protocol protocol) {
        return print(protocol, new StatementDump(true));
    }

    /** The protocol without labels: equal for two that differ in the names of their steps only. It is no form to keep. */
    public static String unlabelled(Protocol protocol) {
        return print(protocol, new StatementDump(false));
    }

    private static String print(Protocol protocol, StatementDump out) {
        out.line(VERSION, string(protocol.name()));
        for (Var var : protocol.variables()) {
            out.line(
                    "variable",
                    variable(var),
                    string(var.name()),
                    number(var.length()),
                    number(var.min()),
                    number(var.max()),
                    var.initial().stream().map(Dump::number).collect(Collectors.joining(",")),
                    var.object() < 0 ? NOTHING : object(var.object()));
        }
        for (int i = 0; i < protocol.objects().size(); i++) {
            out.line("object", object(i), string(protocol.objects().get(i)));
        }
        protocol.users().forEach(cpu -> out.line("user", number(cpu)));
        protocol.copies().forEach(copy -> out.line("copy", copy(copy)));
        if (protocol.holdsOff()) {
            out.line("holds-off");
        }
        unlock(protocol, out);
        protocol.threads().forEach(thread -> out.routine("thread", thread));
        protocol.breakpoint().ifPresent(handler -> out.routine("breakpoint", handler));
        out.routine("nmi", protocol.nmi());
        out.routine("irq", protocol.irq());
        out.routine("mc", protocol.mc());
        return out.text();
    }

    private static void unlock(Protocol protocol, StatementDump out) {
        if (protocol.unlockSite().isPresent() || protocol.unlock().isPresent()) {
            out.line(
                    "unlock",
                    optional(protocol.unlockSite().map(Dump::site)),
                    optional(protocol.unlock()
                            .map(effect -> ExpressionDump.of(effect.cell()) + " " + number(effect.value()))));
        }
    }

    private static String copy(Copy copy) {
        String offsets = copy.offsets().entrySet().stream()
                .map(pair -> pair.getKey() + ":" + pair.getValue())
                .collect(Collectors.joining(" "));
        return String.join(
                " ",
                site(copy.site()),
                number(copy.version()),
                site(copy.copy()),
                offsets.isEmpty() ? NOTHING : offsets);
    }

    static String optional(Optional<String> text) {
        return text.orElse(NOTHING);
    }

    static String string(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }

    static String number(int value) {
        return Integer.toString(value);
    }

    static String flag(boolean value) {
        return value ? "1" : "0";
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    static String variable(Var var) {
        return "v" + var.id();
    }

    static String object(int number) {
        return "o" + number;
    }

    static String site(Site site) {
        return "s" + site.index();
    }
}
