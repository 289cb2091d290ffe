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
 * The vector of sites to patch that the breakpoint handlers of Linux search: for each entry the address, and the instruction to emulate. The search is
 * binary; unless there is more than one entry the handler looks at the first without one, also if there is none.
 */
final class PokeVector {
    /** Which instructions the handler emulates, and {@code text_poke_loc_init} lets in; each what came before, and more. */
    enum Emulated {
        /** Calls, jumps, and NOPs of 2 and 5 bytes (2019). */
        CALLS_AND_JUMPS,
        /** RET (5.10), and INT3s that pad what never falls through (5.17). */
        RETURNS,
        /** Conditional jumps (6.3). */
        CONDITIONAL_JUMPS
    }

    private final ProtocolBuilder b;
    private final Shared addresses;
    private final Shared versions;
    private final int length;
    private final Emulated emulated;
    private final boolean queued;

    /**
     * @param name its name in the source
     * @param length its entries
     * @param emulated what the handler emulates
     * @param queued whether entries are queued in the order of the calls (6.16); else each site has the entry of its number
     */
    PokeVector(ProtocolBuilder b, String name, int length, Emulated emulated, boolean queued) {
        this.b = b;
        this.length = length;
        this.emulated = emulated;
        this.queued = queued;
        addresses = b.array(name + ".addr", length, 0, 0, b.maxAddress());
        versions = b.array(name + ".insn", length, 0, 0, b.setting().versions() - 1);
    }

    /** Puts a site into an entry, or dies of a BUG() if its new code is nothing that the handler could emulate. */
    void set(Recorder r, Expr entry, Site site, int v) {
        if (!canEmulate(site, v)) {
            r.bugOn(Expr.of(1), "BUG(): only CALL, JMP, NOP" + more() + " or INT3 of the whole site's length");
        }
        r.store("addr", addresses.at(entry), b.addressOf(site));
        r.store("insn", versions.at(entry), Expr.of(v));
    }

    private String more() {
        return switch (emulated) {
            case CALLS_AND_JUMPS -> "";
            case RETURNS -> ", RET";
            case CONDITIONAL_JUMPS -> ", RET, Jcc";
        };
    }

    private boolean emulates(Emulated what) {
        return emulated.compareTo(what) >= 0;
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
            case RET -> emulates(Emulated.RETURNS) && isPadded(site, version, insn.length());
            case JCC_REL32, JCC_REL8 -> emulates(Emulated.CONDITIONAL_JUMPS) && insn.length() == site.length();
            default -> false;
        };
    }

    private boolean isPadded(Site site, int version, int from) {
        for (int offset = from; offset < site.length(); offset++) {
            if (!emulates(Emulated.RETURNS) || site.at(version, offset) != SharedSteps.INT3) {
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
        Local address = r.local("addr", 0, b.maxAddress());
        Local found = r.local("tp", -1, length - 1);
        Local version = r.local("insn", 0, b.setting().versions() - 1);
        r.assign(ip, Expr.savedAddress().minus(1));
        count.run();
        r.assign(found, Expr.of(-1));
        if (b.sites().size() == 1) {
            lookAtFirst(r, ip, address, found);
        } else {
            r.note("there is nothing to search in a single entry");
            r.ifElse(
                    num.value().gt(Expr.of(1)),
                    () -> search(r, num, ip, address, found),
                    () -> lookAtFirst(r, ip, address, found));
        }
        r.ifThen(found.value().eq(-1), () -> {
            put.accept(".not_ours");
            r.unhandled("not_ours");
        });
        r.load("opcode", version, versions.at(found.value()));
        for (Site site : b.sites()) {
            for (int v = 1; v < site.versions(); v++) {
                Expr entry = queued
                        ? ip.value().eq(b.addressOf(site))
                        : found.value().eq(site.index());
                Expr isIt = entry.and(version.value().eq(v));
                emulate(r, site, v, isIt, put);
            }
        }
        put.accept("");
    }

    private void lookAtFirst(Recorder r, Local ip, Local address, Local found) {
        r.load("first", address, addresses.at(0));
        r.ifThen(address.value().eq(ip.value()), () -> r.assign(found, Expr.of(0)));
    }

    /** Leaves the number of the entry that was found in {@code found}; the sites of the entries ascend. */
    private void search(Recorder r, Local num, Local ip, Local address, Local found) {
        Local base = r.local("base", 0, length);
        Local pivot = r.local("pivot", 0, length - 1);
        r.assign(base, Expr.of(0));
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
