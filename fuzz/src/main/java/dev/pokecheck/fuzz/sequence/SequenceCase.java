// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz.sequence;

import dev.pokecheck.catalog.Catalog;
import dev.pokecheck.data.DataModel;
import dev.pokecheck.fuzz.claim.Claims;
import dev.pokecheck.fuzz.sequence.SequenceEngine.Call;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.machine.Scenario;
import dev.pokecheck.machine.SiteSpec;
import dev.pokecheck.property.Level;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.Setting;
import dev.pokecheck.protocol.Setting.InterruptWork;
import dev.pokecheck.protocol.Setting.ThreadWork;
import dev.pokecheck.text.FetchModel;
import dev.pokecheck.text.Site;
import dev.pokecheck.text.StoreSplit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** What the first bytes of an input choose: sites and where they lie, an engine, the patch calls and their order, a machine. */
final class SequenceCase {
    /** The number of bytes that choose. */
    static final int HEADER = 14;

    private static final List<Chain> CHAINS = Chain.table();
    private static final int MOST_SITES = 3;
    private static final long TEXT = 0x81000000L;
    private static final long LINE = 64;
    private static final long PAGE = 0x1000;

    // The order and the length of these tables are part of what an input means: they are not lists of all there is.
    private static final FetchModel[] FETCH = {
        FetchModel.STALE_CHUNK, FetchModel.STALE_HEAD, FetchModel.STALE_TAIL, FetchModel.STALE_INSN, FetchModel.COHERENT
    };
    private static final StoreSplit[] SPLITS = {StoreSplit.WORD, StoreSplit.LINE, StoreSplit.BYTE};
    private static final SiteSpec SPEC = SiteSpec.parse("nop5->jmp32");
    private static final int[] CHUNKS = {1, 8, 64, 16};

    /** The engines; the last is the canary. */
    private static final List<String> ENGINES = List.of(
            "sequence", "text_poke_bp_batch", "stop_machine", "text_poke_late@repaired", "naive", "sequence-canary");

    /**
     * All that the bytes mean: inputs that mean the same run on the same machine.
     *
     * @param engine the name of the engine
     * @param chains the names of the chains of the sites
     * @param addresses the addresses of the sites
     * @param calls the patch calls of the sequence engine; none for another, which has calls of its own
     * @param scenario the hardware
     */
    record Meaning(String engine, List<String> chains, List<Long> addresses, List<Call> calls, Scenario scenario) {}

    private final byte[] input;

    SequenceCase(byte[] input) {
        this.input = input;
    }

    private int at(int index) {
        return index < input.length ? Byte.toUnsignedInt(input[index]) : 0;
    }

    /** The name of the engine. */
    String engine() {
        return ENGINES.get(at(0) % ENGINES.size());
    }

    /** Whether the engine is broken on purpose. */
    boolean isCanary() {
        return engine().endsWith("-canary");
    }

    /** The chains of the sites. */
    List<Chain> chains() {
        int sites = 1 + at(1) % MOST_SITES;
        List<Chain> chains = new ArrayList<>();
        for (int s = 0; s < sites; s++) {
            chains.add(CHAINS.get(at(6 + s) % CHAINS.size()));
        }
        if (isSequence()) {
            return chains;
        }
        // The shipped protocols bring all sites from version to version together.
        int most =
                chains.stream().mapToInt(chain -> chain.versions().size()).max().orElseThrow();
        return chains.stream().map(chain -> chain.padded(most)).toList();
    }

    /** The sites, ascending by address: a page apart, side by side in a line, or side by side across the end of a line or a page. */
    private List<Site> sites() {
        List<Chain> chains = chains();
        int inFront = 1 + at(3) % Math.max(1, chains.get(0).length() - 1);
        long next = switch (at(2) % 4) {
            case 2 -> TEXT + LINE - inFront;
            case 3 -> TEXT + PAGE - inFront;
            default -> TEXT;
        };
        List<Site> sites = new ArrayList<>();
        for (int s = 0; s < chains.size(); s++) {
            Chain chain = chains.get(s);
            List<byte[]> versions = new ArrayList<>();
            for (int v = 0; v < chain.versions().size(); v++) {
                versions.add(chain.bytes(v));
            }
            sites.add(new Site(s, "site" + s, next, versions));
            next += at(2) % 4 == 0 ? PAGE : chain.length();
        }
        return sites;
    }

    /**
     * The patch calls of the sequence engine, which bring all sites to their last version: each takes some of the sites that are not there yet, in
     * some order.
     */
    private List<Call> calls() {
        List<Chain> chains = chains();
        int[] left =
                chains.stream().mapToInt(chain -> chain.versions().size() - 1).toArray();
        List<Call> calls = new ArrayList<>();
        for (int i = 0; ; i++) {
            int choice = at(9 + i % 5);
            List<Integer> open = new ArrayList<>();
            for (int s = 0; s < left.length; s++) {
                if (left[s] > 0) {
                    open.add(s);
                }
            }
            if (open.isEmpty()) {
                return calls;
            }
            Collections.rotate(open, choice % 3);
            if ((choice & 64) != 0) {
                Collections.reverse(open);
            }
            List<Integer> taken = open.subList(0, 1 + (choice >>> 3) % open.size());
            calls.add(new Call(taken));
            for (int s : taken) {
                left[s]--;
            }
        }
    }

    /** What the bytes mean. */
    Meaning meaning() {
        return new Meaning(
                engine(),
                chains().stream().map(Chain::name).toList(),
                sites().stream().map(Site::address).toList(),
                isSequence() ? calls() : List.of(),
                scenario());
    }

    /** A small number that tells engines and numbers of sites apart, for feedback: the same abstract state of another kind is another state. */
    long kind() {
        return (long) at(0) % ENGINES.size() * MOST_SITES + at(1) % MOST_SITES;
    }

    private boolean isSequence() {
        return engine().startsWith("sequence");
    }

    /** The hardware, with a machine that merges nothing, so that each step has its name. */
    private Scenario scenario() {
        int mode = at(4);
        int work = at(5);
        // The specifications only count here: the setting has the sites, which lie closer together than those can say.
        List<SiteSpec> specs = Collections.nCopies(chains().size(), SPEC);
        return Scenario.of(specs)
                .with(b -> b.cpus(2 + (work & 1))
                        .fetch(FETCH[mode % FETCH.length], CHUNKS[(mode >>> 3) % CHUNKS.length])
                        .data((mode >>> 5 & 1) == 0 ? DataModel.SC : DataModel.TSO)
                        .split(SPLITS[(mode >>> 6) % SPLITS.length])
                        .nmis((work & 6) == 6 ? 1 : 0)
                        .nmiWork(InterruptWork.SITE)
                        .irqs((work & 24) == 24 ? 1 : 0)
                        .watch(Level.REGULAR.watch())
                        .mergeLocal(false)
                        .reduce(false));
    }

    /**
     * The machine.
     *
     * @throws IllegalArgumentException if the engine cannot be recorded for the sites
     */
    Machine machine() {
        Scenario scenario = scenario();
        Setting setting = new Setting(
                scenario.cpus(),
                sites(),
                ThreadWork.LOOP,
                scenario.nmiWork(),
                scenario.irqs() > 0,
                scenario.mcs() > 0,
                scenario.split().widestStore());
        String engine = engine();
        Protocol protocol = isSequence()
                ? Protocol.record(engine, setting, SequenceEngine.of(calls(), isCanary()))
                : Catalog.find(engine).orElseThrow().record(setting);
        return new Machine(scenario, protocol);
    }

    /** Whether nothing must go wrong: the engine holds for such sites and on such a machine. */
    boolean promises(Machine machine) {
        List<Chain> chains = chains();
        boolean emulated = machine.protocol().setting().sites().stream().allMatch(SequenceCase::allEmulated);
        return switch (engine()) {
            case "sequence" -> emulated;
            case "text_poke_bp_batch" ->
                emulated
                        && machine.protocol().setting().sites().stream()
                                .allMatch(site ->
                                        IntStream.range(1, site.versions()).allMatch(v -> Claims.emulated(site, v)));
            case "stop_machine" ->
                machine.scenario().nmis() == 0 && chains.stream().allMatch(Chain::isSingle);
            case "text_poke_late@repaired" -> chains.stream().allMatch(Chain::isSingle);
            default -> false;
        };
    }

    private static boolean allEmulated(Site site) {
        for (int v = 1; v < site.versions(); v++) {
            if (!SequenceEngine.canEmulate(site, v)) {
                return false;
            }
        }
        return site.instruction(0, 0).length() == site.length();
    }
}
