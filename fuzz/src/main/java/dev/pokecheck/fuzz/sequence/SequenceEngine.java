// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz.sequence;

import dev.pokecheck.insn.Sync;
import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Local;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.ProtocolBuilder;
import dev.pokecheck.protocol.Recorder;
import dev.pokecheck.protocol.Shared;
import dev.pokecheck.text.Site;
import java.util.Arrays;
import java.util.List;

/**
 * The breakpoint method for calls of any sites in any order, with a handler that looks at all sites in turn: what {@code text_poke_bp_batch} does
 * without its table that has to be sorted.
 */
final class SequenceEngine {
    private static final byte INT3 = (byte) 0xcc;

    /**
     * One patch call.
     *
     * @param sites the sites, in the order in which they are written
     */
    record Call(List<Integer> sites) {
        Call {
            sites = List.copyOf(sites);
        }
    }

    private final ProtocolBuilder b;
    private final Shared pending;
    private final int[] version;

    private SequenceEngine(ProtocolBuilder b) {
        this.b = b;
        pending = b.array("pending", b.sites().size(), 0, 0, b.setting().versions() - 1);
        version = new int[b.sites().size()];
    }

    /**
     * The protocol that makes some calls; each brings its sites to their next version.
     *
     * @param canary whether the last synchronisation and the one behind the breakpoints are left out
     */
    static Protocol.Definition of(List<Call> calls, boolean canary) {
        return b -> {
            SequenceEngine engine = new SequenceEngine(b);
            b.patcher(r -> {
                for (int i = 0; i < calls.size(); i++) {
                    engine.call(r, i, calls.get(i).sites(), canary);
                }
            });
            b.breakpoint(engine::handler);
        };
    }

    private void call(Recorder r, int number, List<Integer> sites, boolean canary) {
        for (int s : sites) {
            version[s]++;
            r.patchBegin("patch" + version[s] + ".site" + s, site(s), version[s]);
            r.store("pending" + version[s] + ".site" + s, pending.at(s), Expr.of(version[s]));
        }
        for (int s : sites) {
            r.textPoke("int3." + version[s] + ".site" + s, site(s), 0, INT3);
        }
        if (!canary) {
            r.syncEachCpu("sync1." + number, Sync.IRET);
        }
        boolean tails = false;
        for (int s : sites) {
            if (site(s).length() > 1) {
                byte[] bytes = site(s).bytes(version[s]);
                r.textPoke("tail." + version[s] + ".site" + s, site(s), 1, Arrays.copyOfRange(bytes, 1, bytes.length));
                tails = true;
            }
        }
        if (tails) {
            r.syncEachCpu("sync2." + number, Sync.IRET);
        }
        for (int s : sites) {
            r.textPoke("head." + version[s] + ".site" + s, site(s), 0, site(s).at(version[s], 0));
        }
        if (!canary) {
            r.syncEachCpu("sync3." + number, Sync.IRET);
        }
        for (int s : sites) {
            r.patchEnd("patched" + version[s] + ".site" + s, site(s), version[s]);
        }
    }

    private Site site(int s) {
        return b.sites().get(s);
    }

    private void handler(Recorder r) {
        Local ip = r.local("ip", 0, b.maxAddress());
        Local now = r.local("version", 0, b.setting().versions() - 1);
        Local ours = r.local("ours", 0, 1);
        r.assign(ip, Expr.savedAddress().minus(1));
        r.assign(ours, Expr.of(0));
        for (Site site : b.sites()) {
            r.ifThen(ip.value().eq(b.addressOf(site)), () -> {
                r.load("pending." + site.name(), now, pending.at(site.index()));
                for (int v = 1; v < site.versions(); v++) {
                    int to = v;
                    if (canEmulate(site, v)) {
                        r.ifThen(now.value().eq(v), () -> {
                            r.emulate("emulate" + to + "." + site.name(), site, to, true);
                            r.assign(ours, Expr.of(1));
                        });
                    }
                }
            });
        }
        r.ifThen(ours.value().eq(0), () -> r.unhandled("not_ours"));
    }

    /** Whether the handler can do what a version does: one CALL, JMP or NOP as long as the site. */
    static boolean canEmulate(Site site, int version) {
        var insn = site.instruction(version, 0);
        return insn.length() == site.length()
                && switch (insn.kind()) {
                    case CALL_REL32, JMP_REL32, JMP_REL8, NOP -> true;
                    default -> false;
                };
    }
}
