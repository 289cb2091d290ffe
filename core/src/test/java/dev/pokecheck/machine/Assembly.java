// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import dev.pokecheck.insn.Sync;
import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Local;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.ProtocolBuilder;
import dev.pokecheck.protocol.Quiescence;
import dev.pokecheck.protocol.Recorder;
import dev.pokecheck.protocol.RmwOp;
import dev.pokecheck.protocol.Shared;
import dev.pokecheck.text.Site;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Programs as litmus tests are written, statements between semicolons: {@code x=1} stores, {@code r0=y} loads, {@code xchg x 2},
 * {@code r0=xchg x 2}, {@code r0=cas x 0 1}, {@code r0=any 3}, {@code r0=timeout x 1} for a wait that may give up, {@code r0=text} for the version that site 0 has as data, {@code r0=textcas 0 1}, {@code wait x 1}, {@code both x 1 y 1}, {@code spin x 0 1},
 * {@code fence}, {@code mfence} and the other names of {@link Sync},
 * {@code sync iret} for all CPUs, {@code sync-unfenced iret} for the same without a fence before the IPI is sent, {@code ipi mfence} for all CPUs without a return by IRET, {@code rcu}, {@code rcu-tasks}, {@code int3}, {@code poke} and {@code poke 0 cc} for all or some bytes of site 0, {@code poke-site 1}, each of them after {@code in-place} for the mapping that is executed,
 * {@code exec}, {@code exec 1} and {@code exec-at 2} for an entry of site 0, {@code cli},
 * {@code sti}, {@code sti+} for one whose next statement is in its shadow, {@code eoi}, {@code nmi 1}. Loads go to variables r0, r1, … when the rest of the thread is done.
 */
final class Assembly implements Protocol.Definition {
    private final String[] threads;
    private final Map<String, Shared> variables = new TreeMap<>();

    Assembly(String... threads) {
        this.threads = threads;
    }

    @Override
    public void record(ProtocolBuilder b) {
        Set<String> names = new TreeSet<>();
        for (String thread : threads) {
            names.addAll(Arrays.asList(thread.split("[ =;]", -1)));
        }
        names.removeIf(name -> !name.matches("[a-z]|r\\d"));
        names.forEach(name -> variables.put(name, b.shared(name, 0, -1, 3)));
        for (int cpu = 0; cpu < threads.length; cpu++) {
            String thread = threads[cpu];
            b.thread(cpu, r -> thread(b, r, thread));
        }
    }

    private static List<String> statements(String thread) {
        return Arrays.stream(thread.split(";", -1))
                .map(String::strip)
                .filter(s -> !s.isEmpty())
                .toList();
    }

    private void thread(ProtocolBuilder b, Recorder r, String thread) {
        List<Runnable> keep = new ArrayList<>();
        int number = 0;
        for (String statement : statements(thread)) {
            String label = "s" + number++;
            if (statement.matches("r\\d=.*")) {
                Local local = r.local(statement.substring(0, 2), -1, 3);
                Shared to = variable(statement.substring(0, 2));
                toLocal(b, r, label, local, statement.substring(3).split(" ", -1));
                keep.add(() -> r.store("keep." + local.name(), to, local.value()));
            } else if (statement.contains("=")) {
                String[] sides = statement.split("=", -1);
                r.store(label, variable(sides[0]), Expr.of(Integer.parseInt(sides[1])));
            } else {
                step(b, r, label, statement.split(" ", -1));
            }
        }
        keep.forEach(Runnable::run);
    }

    private Shared variable(String name) {
        Shared variable = variables.get(name);
        if (variable == null) {
            throw new IllegalArgumentException("no variable " + name);
        }
        return variable;
    }

    private static byte[][] versions(Site site) {
        return IntStream.range(0, site.versions()).mapToObj(site::bytes).toArray(byte[][]::new);
    }

    private void toLocal(ProtocolBuilder b, Recorder r, String label, Local local, String[] words) {
        switch (words[0]) {
            case "xchg" -> r.rmw(label, variable(words[1]).cell(), RmwOp.EXCHANGE, number(words[2]), local);
            case "any" -> r.choose(label, Integer.parseInt(words[1]), local);
            case "timeout" -> r.awaitOrTimeout(label, variable(words[1]).value().eq(number(words[2])), local);
            case "text" ->
                r.loadText(label, local, b.sites().get(0), 0, versions(b.sites().get(0)));
            case "textcas" -> {
                Site site = b.sites().get(0);
                byte[] desired = site.bytes(Integer.parseInt(words[2]));
                r.compareExchangeText(label, site, 0, site.bytes(Integer.parseInt(words[1])), desired, local);
            }
            case "cas" ->
                r.compareExchange(label, variable(words[1]).cell(), number(words[2]), number(words[3]), local);
            default -> r.load(label, local, variable(words[0]));
        }
    }

    private void step(ProtocolBuilder b, Recorder r, String label, String[] words) {
        Site site = b.sites().get(0);
        switch (words[0]) {
            case "xchg" -> r.rmw(label, variable(words[1]).cell(), RmwOp.EXCHANGE, number(words[2]));
            case "in-place" -> r.inPlace(() -> step(b, r, label, Arrays.copyOfRange(words, 1, words.length)));
            case "spin" -> r.awaitExchange(label, variable(words[1]).cell(), number(words[2]), number(words[3]));
            case "wait" -> r.await(label, variable(words[1]).value().eq(number(words[2])));
            case "both" ->
                r.awaitBoth(
                        label,
                        variable(words[1]).value().eq(number(words[2])),
                        variable(words[3]).value().eq(number(words[4])));
            case "fence" -> r.fence(label);
            case "sync" -> r.syncEachCpu(label, sync(words[1]));
            case "sync-unfenced" -> r.syncEachCpuUnfenced(label, sync(words[1]));
            case "ipi" -> r.ipiThenSysret(label, sync(words[1]));
            case "rcu" -> r.gracePeriod(label, Quiescence.HANDLERS_DONE);
            case "rcu-tasks" -> r.gracePeriod(label, Quiescence.SITES_LEFT);
            case "int3" -> r.foreignInt3(label);
            case "exec" -> r.execute(label, words.length == 1 ? site : b.sites().get(Integer.parseInt(words[1])));
            case "exec-at" -> r.execute(label, site, Integer.parseInt(words[1]));
            case "poke-site" -> {
                Site other = b.sites().get(Integer.parseInt(words[1]));
                r.textPoke(label, other, 0, other.bytes(1));
            }
            case "cli" -> r.irqDisable(label);
            case "sti" -> r.irqEnable(label);
            case "sti+" -> r.sti(label);
            case "eoi" -> r.eoi(label);
            case "nmi" -> r.sendNmi(label, number(words[1]));
            case "poke" -> {
                if (words.length == 1) {
                    r.textPoke(label, site, 0, site.bytes(1));
                } else {
                    byte[] data = HexFormat.of().parseHex(words[2]);
                    r.textPoke(label, site, Integer.parseInt(words[1]), data);
                }
            }
            default -> r.serialize(label, sync(words[0]));
        }
    }

    private static Sync sync(String text) {
        return Arrays.stream(Sync.values())
                .filter(s -> s.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no instruction " + text));
    }

    private static Expr number(String text) {
        return Expr.of(Integer.parseInt(text));
    }
}
