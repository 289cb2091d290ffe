// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.lincheck;

import dev.pokecheck.insn.Sync;
import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Local;
import dev.pokecheck.protocol.ProtocolBuilder;
import dev.pokecheck.protocol.Recorder;
import dev.pokecheck.protocol.RmwOp;
import dev.pokecheck.protocol.Shared;
import dev.pokecheck.text.FetchModel;
import dev.pokecheck.text.Site;
import java.util.List;
import java.util.Random;

/** A small protocol, made by chance from a seed, of all that threads do. Most are nonsense; some wait for ever, or fail. */
final class RandomProgram {
    private static final List<String> SITES =
            List.of("nop5->call", "nop5->jmp32", "call->nop5", "call->call", "nop5->call->nop5");
    private static final int MOST = 7;

    private final Random random;
    private final ProtocolBuilder b;
    private final Site site;
    private final Shared x;
    private final Shared array;
    private final Shared lock;
    private final Shared field;
    private final ProtocolBuilder.Obj object;
    private int labels;
    private boolean nmiSent;

    private RandomProgram(Random random, ProtocolBuilder b) {
        this.random = random;
        this.b = b;
        site = b.sites().get(0);
        x = b.shared("x", 0, 0, MOST);
        array = b.array("a", 2, 0, 0, MOST);
        lock = b.shared("lock", 0, 0, 1);
        object = b.object("object");
        field = object.field("field", 0, 0, MOST);
    }

    static Case of(int seed) {
        Random random = new Random(seed);
        int cpus = 2 + random.nextInt(2);
        String sites = SITES.get(random.nextInt(SITES.size()));
        return Case.of(
                "random" + seed,
                cpus,
                FetchModel.COHERENT,
                sites,
                random.nextLong(),
                b -> new RandomProgram(random, b).record());
    }

    private void record() {
        b.patcher(this::patcher);
        for (int cpu = 1; cpu < b.setting().cpus(); cpu++) {
            b.thread(cpu, r -> {
                for (int n = random.nextInt(4); n > 0; n--) {
                    r.execute(label(), site);
                }
            });
        }
        if (random.nextInt(4) != 0) {
            b.breakpoint(r -> handler(new Body(r)));
        }
        b.nmi(r -> {
            Body body = new Body(r);
            body.some(2);
            if (random.nextInt(3) == 0) {
                r.execute(label(), site);
            }
        });
    }

    private String label() {
        return "l" + labels++;
    }

    private boolean sometimes() {
        return random.nextInt(3) == 0;
    }

    private void patcher(Recorder r) {
        Body body = new Body(r);
        if (!sometimes()) {
            r.begin(label(), object);
        }
        for (int v = 1; v < site.versions(); v++) {
            r.patchBegin(label(), site, v);
            for (int n = 1 + random.nextInt(5); n > 0; n--) {
                body.deed(v);
            }
            if (sometimes()) {
                r.end(label(), object);
            }
            r.patchEnd(label(), site, v);
        }
    }

    private void handler(Body body) {
        body.some(1);
        if (sometimes()) {
            body.r.setSavedAddress(Expr.savedAddress().plus(-1));
        } else if (sometimes()) {
            body.r.setSavedAddress(Expr.savedAddress().plus(site.length() - 1));
        } else if (sometimes()) {
            body.r.unhandled(label());
        } else {
            body.r.emulate(label(), site, random.nextInt(site.versions()), !sometimes());
        }
    }

    /** A routine, and its local variables. */
    private final class Body {
        private final Recorder r;
        private final Local value;
        private final Local round;
        private final Local ok;

        Body(Recorder r) {
            this.r = r;
            value = r.local("value", 0, MOST);
            round = r.local("round", 0, 3);
            ok = r.local("ok", 0, 1);
        }

        void some(int most) {
            for (int n = random.nextInt(most + 1); n > 0; n--) {
                data(1);
            }
        }

        private Expr small() {
            return switch (random.nextInt(5)) {
                case 0 -> value.value();
                case 1 -> Expr.thisCpu();
                case 2 -> Expr.inNmi();
                default -> Expr.of(random.nextInt(4));
            };
        }

        private Shared.Cell cell() {
            return switch (random.nextInt(4)) {
                case 0 -> array.at(sometimes() ? value.value() : Expr.of(random.nextInt(2)));
                case 1 -> sometimes() ? field.cell() : array.at(1);
                default -> x.cell();
            };
        }

        /** What only CPU 0 does. */
        private void deed(int version) {
            switch (random.nextInt(9)) {
                case 0 -> poke(version);
                case 1 -> r.syncEachCpu(label(), Sync.IRET);
                case 2 -> nmi();
                case 3 -> stop();
                case 4 -> r.serialize(label(), Sync.CPUID);
                case 5 -> r.textPoke(label(), site, 0, (byte) 0xcc);
                default -> data(2);
            }
        }

        /** One NMI at most: what a return in a handler does to another that pends is none of what threads model. */
        private void nmi() {
            if (!nmiSent) {
                nmiSent = true;
                r.sendNmi(label(), sometimes() ? Expr.of(0) : Expr.of(1));
            }
        }

        private void poke(int version) {
            byte[] bytes = site.bytes(random.nextInt(version + 1));
            switch (random.nextInt(3)) {
                case 0 -> r.textPoke(label(), site, 0, bytes);
                case 1 -> r.textPoke(label(), site, 0, bytes[0]);
                default -> r.textPoke(label(), site, 1, bytes[1], bytes[2]);
            }
        }

        private void stop() {
            r.stopMachine(label(), () -> some(2), b.routine("stop" + labels, other -> new Body(other).some(2)));
        }

        private void data(int depth) {
            switch (random.nextInt(depth > 0 ? 15 : 9)) {
                case 0, 1 -> r.load(label(), value, cell());
                case 2, 3 -> r.store(label(), cell(), small());
                case 4 -> update();
                case 5 -> r.compareExchange(label(), cell(), small(), small(), ok);
                case 6 -> r.assign(value, small());
                case 7 -> r.fence(label());
                case 8 ->
                    r.await(
                            label(),
                            sometimes() ? cell().value().eq(1) : x.value().ne(3));
                case 9 -> locked(depth);
                case 10 -> r.ifElse(ok.value().eq(1), () -> data(depth - 1), () -> data(depth - 1));
                case 11 -> r.ifElse(label(), x.value().eq(1), () -> data(depth - 1), () -> data(depth - 1));
                case 12 -> loop(depth);
                case 13 -> call(depth);
                default -> assertion();
            }
        }

        private void update() {
            RmwOp op = RmwOp.values()[random.nextInt(RmwOp.values().length)];
            if (sometimes()) {
                r.rmw(label(), cell(), op, small(), value);
            } else {
                r.rmw(label(), cell(), op, Expr.of(1));
            }
        }

        private void locked(int depth) {
            r.awaitExchange(label(), lock.cell(), Expr.of(0), Expr.of(1));
            data(depth - 1);
            r.storeRelease(label(), lock, Expr.of(0));
        }

        private void loop(int depth) {
            r.assign(round, Expr.of(0));
            r.whileTrue(round.value().lt(Expr.of(2)), () -> {
                r.assign(round, round.value().plus(1));
                data(depth - 1);
            });
        }

        private void call(int depth) {
            r.call(label(), "function" + labels, () -> {
                r.ifThen(ok.value().eq(0), r::leave);
                data(depth - 1);
            });
        }

        private void assertion() {
            if (sometimes()) {
                r.bugOn(label(), x.value().eq(2), "two");
            } else {
                r.bugOn(value.value().eq(3), "three");
            }
        }
    }
}
