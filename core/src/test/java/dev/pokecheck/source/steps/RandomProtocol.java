// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.steps;

import dev.pokecheck.machine.Scenario;
import dev.pokecheck.machine.SiteSpec;
import dev.pokecheck.protocol.Copy;
import dev.pokecheck.protocol.Ghost;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.ProtocolBuilder;
import dev.pokecheck.protocol.Recorder;
import dev.pokecheck.protocol.Setting;
import dev.pokecheck.protocol.Setting.InterruptWork;
import dev.pokecheck.protocol.Setting.ThreadWork;
import dev.pokecheck.protocol.Shared;
import dev.pokecheck.text.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A protocol made by chance from a seed, of all that a protocol can be made of, and with names that are hard to write in C. Most are nonsense: they are for reading and
 * printing, not for running.
 */
final class RandomProtocol {
    private static final List<String> SITES =
            List.of("nop5->jmp32", "call->nop5->call", "66906690->jmp8+2", "nop8->nop8");

    /** What is no identifier of C, is a keyword, a macro of the headers, or there twice. */
    static final List<String> NAMES = List.of(
            "x",
            "x",
            "desc.refs",
            "desc.vec",
            "desc.refs",
            "other.desc.vec",
            "other.ack",
            "return",
            "NULL",
            "a__b",
            "a_",
            "_",
            "9",
            "",
            "x__2",
            "READ_ONCE",
            "u32",
            "true",
            ".",
            "a.",
            ".a",
            "a..b",
            "map[2]",
            "ä\ud83d\ude00",
            "\"*/\\\n",
            "pokecheck_nmi",
            "regs",
            "object0",
            "x.",
            "&site0");

    final Random random;
    final ProtocolBuilder b;
    final List<Shared> variables = new ArrayList<>();
    final List<Ghost> ghosts = new ArrayList<>();
    final List<ProtocolBuilder.Obj> objects = new ArrayList<>();
    /** How many labels there are. */
    int labels;

    private RandomProtocol(Random random, ProtocolBuilder b) {
        this.random = random;
        this.b = b;
    }

    static Protocol of(long seed) {
        Random random = new Random(seed);
        return Protocol.record("random " + seed, setting(random), b -> new RandomProtocol(random, b).record());
    }

    private static Setting setting(Random random) {
        List<SiteSpec> sites = new ArrayList<>();
        for (int n = 1 + random.nextInt(2); n > 0; n--) {
            sites.add(SiteSpec.parse(SITES.get(random.nextInt(SITES.size()))));
        }
        InterruptWork work = random.nextBoolean() ? InterruptWork.values()[random.nextInt(3)] : InterruptWork.NONE;
        return Scenario.of(sites)
                .with(s -> s.cpus(1 + random.nextInt(3))
                        .thread(ThreadWork.values()[random.nextInt(3)])
                        .nmis(work == InterruptWork.NONE ? 0 : 1)
                        .nmiWork(work)
                        .irqs(random.nextInt(2))
                        .mcs(random.nextInt(2)))
                .setting();
    }

    // ---- what there is

    private void record() {
        for (int n = random.nextInt(7); n >= 0; n--) {
            declare();
        }
        b.patcher(r -> {
            begin(r);
            new RandomRoutine(this, r, false).list(3);
        });
        for (int cpu = 0; cpu < b.setting().cpus(); cpu++) {
            if (random.nextBoolean()) {
                b.thread(cpu, r -> new RandomRoutine(this, r, false).list(1));
            }
            if (random.nextInt(4) == 0) {
                b.user(cpu);
            }
        }
        if (random.nextInt(4) != 0) {
            b.breakpoint(r -> new RandomRoutine(this, r, true).list(2));
        }
        b.nmi(r -> new RandomRoutine(this, r, true).list(1));
        b.irq(r -> new RandomRoutine(this, r, true).list(random.nextInt(2)));
        if (random.nextInt(4) == 0) {
            b.claimsToHoldEverybodyOff();
        }
        if (random.nextInt(4) == 0) {
            b.notModelled("perf \"" + name());
        }
        if (random.nextInt(4) == 0 && b.sites().size() > 1) {
            b.copy(new Copy(b.sites().get(0), 0, b.sites().get(1), random.nextBoolean() ? Map.of() : Map.of(0, 0)));
        }
    }

    /** No call may end that none begins. */
    private void begin(Recorder r) {
        for (Site site : b.sites()) {
            for (int version = 0; version < site.versions(); version++) {
                r.patchBegin("first" + labels++, site, version);
            }
        }
    }

    private void declare() {
        int min = number() / 2;
        int max = (int) Math.min(Integer.MAX_VALUE, Math.max(min, 0L) + random.nextInt(20));
        int initial = min + random.nextInt((int) Math.min(20L, (long) max - min + 1));
        switch (random.nextInt(5)) {
            case 0 -> ghosts.add(b.ghost(name(), initial, min, max));
            case 1 -> variables.add(array(initial, min, max));
            case 2 -> {
                ProtocolBuilder.Obj object = random.nextBoolean() ? b.object(name()) : b.allocated(name());
                objects.add(object);
                for (int n = random.nextInt(3); n > 0; n--) {
                    variables.add(
                            random.nextBoolean()
                                    ? object.field(name(), initial, min, max)
                                    : object.array(name(), 1 + random.nextInt(3), initial, min, max));
                }
            }
            default -> variables.add(b.shared(name(), initial, min, max));
        }
        if (variables.isEmpty()) {
            variables.add(b.shared("x", 0, 0, 3));
        }
    }

    private Shared array(int initial, int min, int max) {
        return random.nextBoolean()
                ? b.array(name(), 1 + random.nextInt(3), initial, min, max)
                : b.array(name(), List.of(initial, random.nextBoolean() ? initial : max), min, max);
    }

    /** Mostly a small one. */
    int number() {
        return switch (random.nextInt(12)) {
            case 0 -> Integer.MIN_VALUE;
            case 1 -> Integer.MAX_VALUE;
            case 2 -> -1 - random.nextInt(9);
            default -> random.nextInt(5);
        };
    }

    String name() {
        return NAMES.get(random.nextInt(NAMES.size()));
    }

    <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
