// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz;

import dev.pokecheck.corpus.Entry;
import dev.pokecheck.corpus.Expectation;
import dev.pokecheck.corpus.Replay;
import dev.pokecheck.corpus.ReplayResult;
import dev.pokecheck.machine.ActionKind;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.property.Property;
import dev.pokecheck.property.ShownBy;
import dev.pokecheck.text.Fetched;
import dev.pokecheck.text.Site;
import dev.pokecheck.view.StateView;
import dev.pokecheck.view.StateView.Patch;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * Why a run violates something, as far as that can be told from one run: what a session takes for one finding. It does not depend on the scenario, the
 * length of a site, its number, or who was interrupted. Two faults may have one cause in this sense, and one fault several.
 *
 * @param protocol the protocol's full name
 * @param property what is violated
 * @param fault the statement at fault; of a fetch, of which versions what it saw is mixed; of a deadlock, the statements that wait
 * @param phase how far the patching was: whether the patch call had begun and returned, and what the site's first byte and its other bytes were
 */
public record Cause(String protocol, Property property, String fault, String phase) {
    /** The end of a label that is made for each site and version. */
    private static final Pattern OF_SITE = Pattern.compile("\\d*\\.site\\d+");

    private static final Pattern SITE = Pattern.compile("\\bsite\\d+");

    private static final byte INT3 = (byte) 0xcc;

    /**
     * The cause of a schedule that violates a property in its last step, or in the state after it.
     *
     * @param machine a machine without reduction
     * @param schedule actions from the initial state on, each enabled when its turn comes
     */
    public static Cause of(Machine machine, int[] schedule, Property property) {
        String protocol = machine.protocol().name();
        long[] state = new long[machine.words()];
        machine.initial(state);
        for (int i = 0; i < schedule.length - 1; i++) {
            machine.apply(state, schedule[i]);
        }
        if (schedule.length == 0 || !property.shownBy().isOneStep()) {
            if (schedule.length > 0) {
                machine.apply(state, schedule[schedule.length - 1]);
            }
            StateView view = new StateView(machine, state);
            return new Cause(protocol, property, waits(machine, state, view), phase(view, machine.underWay(state)));
        }
        int last = schedule[schedule.length - 1];
        StateView before = new StateView(machine, state);
        int concerned = machine.concerned(state, last);
        String phase = phase(before, concerned < 0 ? machine.underWay(state) : concerned);
        Optional<Fetched> fetched = before.fetched(last);
        if (fetched.isPresent()) {
            return new Cause(protocol, property, seen(before, last, fetched.orElseThrow()), phase);
        }
        int cpu = ActionKind.cpu(last);
        machine.apply(state, last);
        String label = before.cpus().get(cpu).top().label();
        String fault = property.shownBy() == ShownBy.STATEMENT
                ? new StateView(machine, state).failed(cpu)
                : label.isEmpty() ? before.cpus().get(cpu).top().text() : label;
        return new Cause(protocol, property, plain(fault), phase);
    }

    /**
     * The cause of an entry that must fail: it is run, strictly.
     *
     * @return empty if it does not do what it says, expects no violation, or is of a protocol that is not shipped, which nobody fuzzes here
     */
    public static Optional<Cause> of(Entry entry) {
        if (entry.own().isPresent()
                || !(entry.expectation() instanceof Expectation.Violated violated)
                || violated.property().shownBy() == ShownBy.LOOP) {
            return Optional.empty();
        }
        Machine machine = new Machine(
                entry.scenario(),
                Menu.find(entry.protocol()).record(entry.scenario().setting()));
        Replay replay = new Replay(entry, machine, state -> true);
        return replay.run().outcome() == ReplayResult.Outcome.REPRODUCED
                ? Optional.of(of(machine.unreduced(), replay.actions(), violated.property()))
                : Optional.empty();
    }

    /** The statements at which CPUs wait, each once; if none waits, those at which they stand. */
    private static String waits(Machine machine, long[] state, StateView view) {
        TreeSet<String> blocked = new TreeSet<>();
        TreeSet<String> others = new TreeSet<>();
        for (StateView.Cpu cpu : view.cpus()) {
            String label =
                    cpu.top().label().isEmpty() ? cpu.top().text() : cpu.top().label();
            if (view.waiting(cpu.number()).isBlocked()) {
                blocked.add(plain(label));
            } else if (!machine.isDone(state, cpu.number())) {
                others.add(plain(label));
            }
        }
        return String.join(", ", blocked.isEmpty() ? others : blocked);
    }

    private static String plain(String text) {
        return SITE.matcher(OF_SITE.matcher(text).replaceAll("")).replaceAll("site");
    }

    // ---- what a fetch saw

    private static String seen(StateView view, int action, Fetched fetched) {
        Patch patch = view.patches().get(view.fetchedFrom(action).index());
        String head = of(patch, fetched.offset(), fetched.bytes(), 0, 1);
        String where = fetched.offset() == 0 ? "fetch" : "fetch inside";
        return fetched.length() == 1
                ? where + " sees " + head
                : where + " sees head " + head + ", bytes after it "
                        + of(patch, fetched.offset(), fetched.bytes(), 1, fetched.length());
    }

    /**
     * Of which versions these bytes are: all of the one that comes, some of the one before it, or any other. How many are old is a matter of the site's length
     * and of the chunks that a fetch sees.
     */
    private static String of(Patch patch, int offset, byte[] bytes, int from, int to) {
        Site site = patch.site();
        int coming = patch.begun();
        String whole = "new";
        for (int i = from; i < to; i++) {
            if (!has(site, coming, offset + i, bytes[i])) {
                whole = "old";
                if (coming == 0 || !has(site, coming - 1, offset + i, bytes[i])) {
                    return to - from == 1 && bytes[i] == INT3 ? "int3" : "other";
                }
            }
        }
        return whole;
    }

    private static boolean has(Site site, int version, int offset, byte value) {
        return offset < site.length() && site.at(version, offset) == value;
    }

    private static String phase(StateView view, int number) {
        Patch patch = view.patches().get(number);
        Site site = patch.site();
        byte[] memory = HexFormat.of().parseHex(patch.memory().replace(" ", ""));
        String calls =
                patch.begun() == 0 ? "before the patch" : patch.begun() == patch.returned() ? "after it" : "during it";
        String head = "head " + of(patch, 0, memory, 0, 1);
        return site.length() == 1
                ? calls + ", " + head
                : calls + ", " + head + ", bytes after it " + of(patch, 0, memory, 1, site.length());
    }

    // ---- texts

    /** The cause in one line. */
    public String text() {
        return property.text() + " in " + protocol + ": " + fault + "; " + phase;
    }

    /** A name for files, without a suffix: the property, the protocol, and a number of the whole, as in {@code torn+naive+1f00c2d4}. */
    public String slug() {
        CRC32 crc = new CRC32();
        crc.update(text().getBytes(StandardCharsets.UTF_8));
        return String.format(Locale.ROOT, "%s+%s+%08x", property.text(), protocol.replace('@', '-'), crc.getValue());
    }
}
