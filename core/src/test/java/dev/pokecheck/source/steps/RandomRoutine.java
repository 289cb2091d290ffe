// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.steps;

import dev.pokecheck.insn.Sync;
import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Expr.BinaryOp;
import dev.pokecheck.protocol.Expr.UnaryOp;
import dev.pokecheck.protocol.HandlerKind;
import dev.pokecheck.protocol.Local;
import dev.pokecheck.protocol.Quiescence;
import dev.pokecheck.protocol.Recorder;
import dev.pokecheck.protocol.RmwOp;
import dev.pokecheck.protocol.Shared;
import dev.pokecheck.text.Site;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/** The statements of a routine of a {@link RandomProtocol}: each kind, with whatever can be in it. */
final class RandomRoutine {
    private final RandomProtocol protocol;
    private final Random random;
    private final Recorder r;
    private final boolean interrupts;
    private final List<Local> locals = new ArrayList<>();
    private final Local bit;
    private final Local anyOf;
    private final Local chosen;
    private final Deque<String> blocks = new ArrayDeque<>();
    private int depth;
    private boolean called;

    RandomRoutine(RandomProtocol protocol, Recorder r, boolean interrupts) {
        this.protocol = protocol;
        random = protocol.random;
        this.r = r;
        this.interrupts = interrupts;
        bit = r.local(protocol.name(), 0, 1);
        anyOf = r.local(protocol.name(), -1, 9);
        chosen = r.local(protocol.name(), 0, 9);
        locals.add(bit);
        locals.add(chosen);
        locals.add(anyOf);
        for (int n = random.nextInt(3); n > 0; n--) {
            locals.add(r.local(protocol.name(), -random.nextInt(3), random.nextInt(5)));
        }
    }

    /** Some statements, about so many times four. */
    void list(int size) {
        for (int n = random.nextInt(4 * size + 1); n > 0; n--) {
            switch (random.nextInt(5)) {
                case 0 -> data();
                case 1 -> control();
                case 2 -> cpus();
                case 3 -> text();
                default -> asked();
            }
        }
    }

    private String label() {
        String[] alike = {
            "load.x", "store.desc.refs", "fence", "cpuid", "sync", "begin1.site0", "nmi.\u00e4\"\\", "poke.site0.1"
        };
        return (random.nextInt(3) == 0 ? alike[random.nextInt(alike.length)] + "." : "l") + protocol.labels++;
    }

    // ---- expressions

    private Expr expr(int size) {
        int kinds = interrupts ? 9 : 8;
        return switch (random.nextInt(size > 0 ? kinds : 5)) {
            case 0 -> Expr.of(protocol.number());
            case 1 -> Expr.named(protocol.name() + protocol.random.nextInt(2), protocol.number());
            case 2 -> protocol.one(locals).value();
            case 3 -> random.nextBoolean() ? Expr.thisCpu() : Expr.inNmi();
            case 4 -> protocol.b.addressOf(protocol.one(protocol.b.sites()));
            case 5 -> new Expr.Unary(protocol.one(List.of(UnaryOp.values())), expr(size - 1));
            case 6, 7 -> new Expr.Binary(protocol.one(List.of(BinaryOp.values())), expr(size - 1), expr(size - 1));
            default -> Expr.savedAddress();
        };
    }

    private Expr expr() {
        return expr(random.nextInt(4));
    }

    private Shared.Cell cell() {
        Shared variable = protocol.one(protocol.variables);
        return random.nextInt(3) == 0 ? variable.at(expr(1)) : variable.cell();
    }

    /** One that reads one shared variable. */
    private Expr shared() {
        Expr read = cell().value();
        return switch (random.nextInt(4)) {
            case 0 -> read;
            case 1 -> read.not();
            case 2 -> new Expr.Binary(protocol.one(List.of(BinaryOp.values())), read, expr(1));
            default -> new Expr.Binary(protocol.one(List.of(BinaryOp.values())), expr(1), read);
        };
    }

    /** One that may ask what only a monitor knows. */
    private Expr asking() {
        return switch (random.nextInt(4)) {
            case 0 -> Expr.noCpuIn(protocol.one(List.of(HandlerKind.values())));
            case 1 -> Expr.everyCpuSerializedSince(protocol.one(protocol.b.sites()));
            case 2 ->
                protocol.ghosts.isEmpty()
                        ? expr()
                        : protocol.one(protocol.ghosts).value().eq(expr(1));
            default -> expr();
        };
    }

    // ---- statements

    private void data() {
        RmwOp op = protocol.one(List.of(RmwOp.values()));
        switch (random.nextInt(14)) {
            case 0 -> r.load(label(), protocol.one(locals), cell());
            case 1 -> r.store(label(), cell(), expr());
            case 2 -> r.storeRelease(label(), cell(), expr());
            case 3 -> r.rmw(label(), cell(), op, expr());
            case 4 -> r.rmw(label(), cell(), op, expr(), protocol.one(locals));
            case 5 -> r.compareExchange(label(), cell(), expr(), expr(), bit);
            case 6 -> r.fence(label());
            case 7 -> r.await(label(), shared());
            case 8 -> r.awaitBoth(label(), shared(), shared());
            case 9 -> r.awaitOrTimeout(label(), shared(), bit);
            case 10 -> r.awaitExchange(label(), cell(), expr(), expr());
            case 11 -> life();
            case 12 -> r.compareSwap(label(), cell(), expr(), expr(), protocol.one(locals));
            default -> r.assign(protocol.one(locals), expr());
        }
    }

    private void life() {
        if (protocol.objects.isEmpty()) {
            return;
        }
        if (random.nextBoolean()) {
            r.begin(label(), protocol.one(protocol.objects));
        } else {
            r.end(label(), protocol.one(protocol.objects));
        }
    }

    private void control() {
        if (depth > 2) {
            return;
        }
        depth++;
        switch (random.nextInt(8)) {
            case 0 -> r.ifElse(expr(), () -> list(1), () -> list(random.nextInt(2)));
            case 1 -> r.ifElse(label(), shared(), () -> list(1), () -> list(random.nextInt(2)));
            case 2 -> r.whileTrue(expr(), () -> list(1));
            case 3 -> call();
            case 4, 5 -> block();
            case 6 -> r.leave();
            default -> {
                if (!blocks.isEmpty()) {
                    r.leave(protocol.one(List.copyOf(blocks)));
                }
            }
        }
        depth--;
    }

    private void call() {
        List<String> around = List.copyOf(blocks);
        blocks.clear();
        r.call(label(), random.nextBoolean() ? "f(site0)" : protocol.name(), () -> list(1));
        blocks.addAll(around);
    }

    private void block() {
        String name = protocol.name();
        if (!name.isEmpty() && !blocks.contains(name)) {
            blocks.push(name);
            r.block(name, () -> list(1));
            blocks.pop();
        }
    }

    private void asked() {
        switch (random.nextInt(8)) {
            case 0 -> r.note("/* \"it's\" \\n */ \t\u0001 % " + protocol.name());
            case 1 -> r.choose(label(), 2 + random.nextInt(3), chosen);
            case 2 -> r.bugOn(expr(), protocol.name());
            case 3 -> r.bugOn(label(), shared(), "\u00fc \"");
            case 4 -> r.ensure(label(), asking());
            case 5 -> {
                if (!protocol.ghosts.isEmpty()) {
                    r.ghostStore(label(), protocol.one(protocol.ghosts), asking());
                }
            }
            case 6 -> r.pathBegin();
            default -> r.rest();
        }
    }

    private void cpus() {
        Sync sync = protocol.one(List.of(Sync.values()));
        switch (random.nextInt(20)) {
            case 0 -> r.serialize(label(), sync);
            case 1 -> r.syncEachCpu(label(), sync);
            case 2 -> r.syncEachCpuUnfenced(label(), sync);
            case 3 -> r.ipiThenSysret(label(), sync);
            case 4 -> r.gracePeriod(label(), protocol.one(List.of(Quiescence.values())));
            case 5 -> r.sendNmi(label(), expr());
            case 6 -> r.irqDisable(label());
            case 7 -> r.irqEnable(label());
            case 8 -> r.sti(label());
            case 9 -> r.eoi(label());
            case 10 -> r.preemptDisable(label());
            case 11 -> r.preemptEnable(label());
            case 12, 13 -> others();
            case 14 -> r.suspend(label(), expr());
            case 15 -> r.readContext(label(), protocol.one(locals), expr());
            case 16 -> r.setContext(label(), expr(), expr());
            case 17 -> r.resume(label(), expr());
            case 18 -> r.cpuOffline(label());
            default -> r.cpuOnline(label(), expr());
        }
    }

    private void others() {
        if (depth > 1 || called) {
            return;
        }
        depth++;
        called = true;
        List<String> around = List.copyOf(blocks);
        blocks.clear();
        switch (random.nextInt(4)) {
            case 0 -> r.onEachCpu(label(), protocol.name(), this::handler, random.nextBoolean());
            case 1 -> r.callOtherCpus(label(), protocol.name(), this::handler, random.nextBoolean());
            case 2 -> r.callSomeCpus(label(), expr(), protocol.name(), this::handler, random.nextBoolean());
            default ->
                r.stopMachine(
                        label(),
                        () -> list(1),
                        protocol.b.routine(
                                protocol.name(), other -> new RandomRoutine(protocol, other, false).inside(this)));
        }
        blocks.addAll(around);
        called = false;
        depth--;
    }

    private void handler(Recorder recorder) {
        if (recorder == r) {
            list(1);
        } else {
            new RandomRoutine(protocol, recorder, true).inside(this);
        }
    }

    private void inside(RandomRoutine outer) {
        depth = outer.depth;
        list(1);
    }

    // ---- text

    private void text() {
        Site site = protocol.one(protocol.b.sites());
        int version = random.nextInt(site.versions());
        switch (random.nextInt(13)) {
            case 0 -> r.textPoke(label(), site, 0, site.bytes(version));
            case 1 -> r.textPoke(label(), site, 1, (byte) random.nextInt(), (byte) '"');
            case 2 -> r.inPlace(() -> r.textStore(label(), site, 1, (byte) random.nextInt()));
            case 3 -> r.textStore(label(), site, 0, (byte) 0xcc);
            case 4 -> r.loadText(label(), anyOf, site, 1, new byte[] {1, (byte) 0xff}, new byte[] {2, 3});
            case 5 -> exchange(site);
            case 6 -> r.execute(label(), site);
            case 7 -> r.execute(label(), site, protocol.one(locals));
            case 8 -> r.execute(label(), site, site.entries()[site.entries().length - 1]);
            case 9 -> mark(site, version);
            case 10 -> r.foreignInt3(label());
            case 11 -> r.unhandled(label());
            default -> {
                if (interrupts && random.nextInt(3) == 0) {
                    r.pushReturn(expr(), random.nextBoolean());
                } else if (interrupts && random.nextBoolean()) {
                    r.setSavedAddress(expr());
                } else if (interrupts) {
                    r.emulate(label(), site, version, random.nextBoolean());
                }
            }
        }
    }

    private void exchange(Site site) {
        Runnable exchange =
                () -> r.compareExchangeText(label(), site, 1, new byte[] {1, 2}, new byte[] {(byte) 0x80, 0}, bit);
        if (random.nextBoolean()) {
            exchange.run();
        } else {
            r.inPlace(exchange);
        }
    }

    private void mark(Site site, int version) {
        switch (random.nextInt(3)) {
            case 0 -> r.patchBegin(label(), site, version);
            case 1 -> r.patchEnd(label(), site, version);
            default -> r.patchAbort(label(), site, version);
        }
    }
}
