// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.samples;

import dev.pokecheck.insn.Sync;
import dev.pokecheck.junit.PokeTest;
import dev.pokecheck.property.Property;
import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.ProtocolBuilder;
import java.util.Arrays;

/**
 * One idea: a breakpoint handler finds out whose breakpoint it is, and does what the new instruction would have done. The patcher may forget the breakpoint
 * only once no CPU can still hit it.
 */
class Sample5HandlerTest {
    @PokeTest
    void everyCpuHasSeenTheNewHead(ProtocolBuilder b) {
        poke(b, true);
    }

    @PokeTest(violates = Property.UNHANDLED_INT3)
    void theHandlerForgetsTooEarly(ProtocolBuilder b) {
        poke(b, false);
    }

    private static void poke(ProtocolBuilder b, boolean lastSync) {
        var site = b.sites().get(0);
        var active = b.shared("active", 0, 0, 1);
        b.patcher(r -> {
            r.patchBegin("begin", site, 1);
            r.store("remember", active, Expr.of(1));
            r.textPoke("int3", site, 0, (byte) 0xcc);
            r.syncEachCpu("sync1", Sync.IRET);
            r.textPoke("tail", site, 1, Arrays.copyOfRange(site.bytes(1), 1, site.length()));
            r.syncEachCpu("sync2", Sync.IRET);
            r.textPoke("head", site, 0, site.at(1, 0));
            if (lastSync) {
                r.syncEachCpu("sync3", Sync.IRET);
            }
            r.store("forget", active, Expr.of(0));
            r.patchEnd("end", site, 1);
        });
        b.breakpoint(r -> {
            var mine = r.local("mine", 0, 1);
            r.load("look", mine, active);
            r.ifThen(mine.value().eq(1), () -> {
                // INT3 has saved the address of the byte after it.
                r.ifThen(Expr.savedAddress().minus(1).eq(b.addressOf(site)), () -> {
                    r.emulate("emulate", site, 1, true);
                    r.leave();
                });
            });
            r.unhandled("not_mine");
        });
    }
}
