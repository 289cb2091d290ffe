// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.catalog;

import dev.pokecheck.insn.Insn;
import dev.pokecheck.insn.Kind;
import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Local;
import dev.pokecheck.protocol.ProtocolBuilder;
import dev.pokecheck.protocol.Recorder;
import dev.pokecheck.protocol.Shared;
import dev.pokecheck.text.Site;
import java.util.function.Consumer;

/**
 * The vector of sites to patch that the breakpoint handlers of Linux search: for each entry the address, and the instruction to emulate.
 *
 * <p>For one entry the kernel compares without a search, which reads the same.
 */
final class PokeVector {
    private final ProtocolBuilder b;
    private final Shared addresses;
    private final Shared versions;
    private final int length;
    private final boolean since616;

    /**
     * @param name its name in the source
     * @param length its entries
     * @param since616 whether it is the array of 6.16: entries are queued in the order of the calls, and RET and conditional jumps are emulated, too
     */
    PokeVector(ProtocolBuilder b, String name, int length, boolean since616) {
        this.b = b;
        this.length = length;
        this.since616 = since616;
        addresses = b.array(name + ".addr", length, 0, 0, b.maxAddress());
        versions = b.array(name + ".insn", length, 0, 0, b.setting().versions() - 1);
    }

    /** Puts a site into an entry, or dies of a BUG() if its new code is nothing that the handler could emulate. */
    void set(Recorder r, Expr entry, Site site, int v) {
        if (!canEmulate(site, v)) {
            r.bugOn(
                    Expr.of(1),
                    "BUG(): only CALL, JMP, NOP" + (since616 ? ", RET, Jcc" : ", RET")
                            + " or INT3 of the whole site's length");
        }
        r.store("addr", addresses.at(entry), b.addressOf(site));
        r.store("insn", versions.at(entry), Expr.of(v));
    }

    /** The address in an entry. */
    Shared.Cell address(Expr entry) {
        return addresses.at(entry);
    }

    /** One instruction that the handler can emulate, as long as the site, a NOP of 2 or 5 bytes; behind a jump that is always taken there may be INT3s. */
    private boolean canEmulate(Site site, int version) {
        Insn insn = site.instruction(version, 0);
        return switch (insn.kind()) {
            case CALL_REL32, INT3 -> insn.length() == site.length();
            case NOP -> insn.length() == site.length() && (site.length() == 2 || site.length() == 5);
            case JMP_REL32, JMP_REL8 -> isPadded(site, version, insn.length());
            case RET -> since616 && isPadded(site, version, insn.length());
            case JCC_REL32, JCC_REL8 -> since616 && insn.length() == site.length();
            default -> false;
        };
    }

    private boolean isPadded(Site site, int version, int from) {
        for (int offset = from; offset < site.length(); offset++) {
            if (!since616 || site.at(version, offset) != SharedSteps.INT3) {
                return false;
            }
        }
        return true;
    }

    /**
     * The part of a handler that searches and emulates.
     *
     * @param num a local for the number of entries; the search changes it
     * @param count records what loads that number
     * @param put records what the handler owes at each of its ends; it is given the rest of the label, which may be empty
     */
    void handle(Recorder r, Local num, Runnable count, Consumer<String> put) {
        Local ip = r.local("ip", 0, b.maxAddress());
        Local base = r.local("base", 0, length);
        Local pivot = r.local("pivot", 0, length - 1);
        Local address = r.local("addr", 0, b.maxAddress());
        Local found = r.local("tp", -1, length - 1);
        Local version = r.local("insn", 0, b.setting().versions() - 1);
        r.assign(ip, Expr.savedAddress().minus(1));
        count.run();
        search(r, num, ip, base, pivot, address, found);
        r.ifThen(found.value().eq(-1), () -> {
            put.accept(".not_ours");
            r.unhandled("not_ours");
        });
        r.load("opcode", version, versions.at(found.value()));
        for (Site site : b.sites()) {
            for (int v = 1; v < site.versions(); v++) {
                Expr entry = since616
                        ? ip.value().eq(b.addressOf(site))
                        : found.value().eq(site.index());
                Expr isIt = entry.and(version.value().eq(v));
                emulate(r, site, v, isIt, put);
            }
        }
        put.accept("");
    }

    /** Leaves the number of the entry that was found in {@code found}, or -1; the sites of the entries ascend. */
    private void search(Recorder r, Local num, Local ip, Local base, Local pivot, Local address, Local found) {
        r.assign(base, Expr.of(0));
        r.assign(found, Expr.of(-1));
        r.note("__inline_bsearch() by address");
        r.whileTrue(num.value().gt(Expr.of(0)), () -> {
            r.assign(pivot, base.value().plus(num.value().shiftRight(1)));
            r.load("bsearch", address, addresses.at(pivot.value()));
            r.ifElse(
                    address.value().eq(ip.value()),
                    () -> {
                        r.assign(found, pivot.value());
                        r.assign(num, Expr.of(0));
                    },
                    () -> {
                        r.ifThen(address.value().lt(ip.value()), () -> {
                            r.assign(base, pivot.value().plus(1));
                            r.assign(num, num.value().minus(1));
                        });
                        r.assign(num, num.value().shiftRight(1));
                    });
        });
    }

    private void emulate(Recorder r, Site site, int v, Expr isIt, Consumer<String> put) {
        String label = SharedSteps.at("emulate", site, v);
        if (!canEmulate(site, v)) {
            return;
        }
        if (site.instruction(v, 0).kind() == Kind.INT3) {
            r.note("someone poked an explicit INT3, they will want to handle it, do not consume");
            r.ifThen(isIt, () -> {
                put.accept("." + label);
                r.unhandled(label);
            });
        } else {
            r.ifThen(isIt, () -> r.emulate(label, site, v, true));
        }
    }
}
