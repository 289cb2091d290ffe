// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.steps;

import dev.pokecheck.protocol.Copy;
import dev.pokecheck.protocol.Effect;
import dev.pokecheck.protocol.Local;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.Routine;
import dev.pokecheck.source.steps.PrintedData.Asked;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Prints a protocol as C that reads back: {@link StepProtocol} makes of it, for the same setting, the same protocol. It cannot print one whose statements were moved to other
 * calls by a mutation, so that their labels are those of another place.
 */
public final class ProtocolPrinter {
    private final Protocol protocol;
    private final Collection<String> reserved;
    private final PrintedData data;
    private final PrintedLines functions = new PrintedLines();

    private ProtocolPrinter(Protocol protocol, Collection<String> reserved, Asked before) {
        this.protocol = protocol;
        Set<String> all = new TreeSet<>(reserved);
        all.addAll(StepProtocol.entries(protocol.threads().size()));
        this.reserved = all;
        data = new PrintedData(protocol, all, before);
    }

    /**
     * The declarations and functions of a protocol; the directives that include headers are to stand before them.
     *
     * @param reserved names that have a meaning there: keywords, and what the headers define
     * @throws IllegalArgumentException if no recorder has made it
     */
    public static String print(Protocol protocol, Collection<String> reserved) {
        ProtocolPrinter first = new ProtocolPrinter(protocol, reserved, Asked.NOTHING);
        first.routines();
        // Only now it is known what statements ask of the declarations, which stand before them.
        ProtocolPrinter second = new ProtocolPrinter(protocol, reserved, first.data.asked());
        second.routines();
        String declarations = second.data.text();
        return (declarations.isEmpty() ? "" : "\n" + declarations) + second.functions.text();
    }

    private void routines() {
        model();
        function(protocol.threads().get(0), "void " + StepProtocol.thread(0), false, false);
        for (int cpu = 1; cpu < protocol.threads().size(); cpu++) {
            entry(protocol.threads().get(cpu), StepProtocol.thread(cpu), false);
        }
        protocol.breakpoint().ifPresent(bp -> function(bp, "int " + StepProtocol.BREAKPOINT, true, true));
        entry(protocol.nmi(), StepProtocol.NMI, true);
        entry(protocol.irq(), StepProtocol.IRQ, true);
        entry(protocol.mc(), StepProtocol.MACHINE_CHECK, true);
    }

    private void entry(Routine routine, String name, boolean interrupts) {
        if (!routine.body().isEmpty() || !routine.locals().isEmpty()) {
            function(routine, "void " + name, interrupts, false);
        }
    }

    // ---- what is asked of it

    private void model() {
        List<String> facts = new ArrayList<>();
        protocol.users().forEach(cpu -> facts.add("poke_user_thread(" + cpu + ");"));
        protocol.copies().forEach(copy -> facts.add(copy(copy)));
        protocol.notModelled().forEach(what -> facts.add("poke_not_modelled(" + PrintedLines.quoted(what) + ");"));
        if (protocol.holdsOff()) {
            facts.add("poke_holds_everybody_off();");
        }
        protocol.unlockSite().ifPresent(site -> {
            Effect effect = protocol.unlock().orElseThrow();
            facts.add("poke_unlocks(" + site.index() + ", &"
                    + expressions(List.of()).cell(effect.cell()) + ", " + effect.value() + ");");
        });
        if (!facts.isEmpty()) {
            functions.add("");
            functions.add("void " + StepProtocol.MODEL + "(void)");
            functions.braced("", () -> facts.forEach(functions::add));
        }
    }

    private static String copy(Copy copy) {
        StringBuilder text = new StringBuilder(
                "poke_is_copy(" + copy.copy().index() + ", " + copy.site().index() + ", " + copy.version());
        copy.offsets()
                .forEach((from, to) ->
                        text.append(", ").append(from).append(", ").append(to));
        return text + ");";
    }

    // ---- functions

    /** A routine that a statement of another names, before that. */
    private String elsewhere(Routine routine, boolean interrupts) {
        String name = data.global(routine.name());
        function(routine, "static void " + name, interrupts, false);
        return name;
    }

    private void function(Routine routine, String head, boolean interrupts, boolean isBreakpoint) {
        Identifiers names = data.inFunction();
        names.of("regs");
        List<String> locals =
                routine.locals().stream().map(local -> names.of(local.name())).toList();
        PrintedLines body = new PrintedLines();
        PrintedStatements statements =
                new PrintedStatements(body, expressions(locals), reserved, isBreakpoint, this::elsewhere);
        body.add("");
        body.add(head + (interrupts ? "(struct pt_regs *regs)" : "(void)"));
        body.braced("", () -> {
            for (int i = 0; i < locals.size(); i++) {
                Local local = routine.locals().get(i);
                body.add("int " + locals.get(i) + PrintedData.range(local.min(), local.max()) + ";");
            }
            if (!locals.isEmpty()) {
                body.add("");
            }
            statements.list(routine.body());
            if (isBreakpoint) {
                body.add("return 1;");
            }
        });
        functions.addAll(body);
    }

    private PrintedExpressions expressions(List<String> locals) {
        return new PrintedExpressions(protocol.setting(), data, locals);
    }
}
