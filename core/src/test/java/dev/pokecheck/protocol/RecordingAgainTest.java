// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A definition that finds out while it records what it has to record may start over. */
class RecordingAgainTest {
    private static final Setting SETTING = RecorderTest.setting(2, 1);

    /** Whatever a builder can be told. */
    private static void recordAll(ProtocolBuilder b, String suffix) {
        Shared x = b.shared("x" + suffix, 0, 0, 3);
        ProtocolBuilder.Obj object = b.object("o" + suffix);
        b.patcher(r -> {
            r.begin("begin", object);
            r.store("store", x, Expr.of(1));
            r.end("end", object);
        });
        b.thread(1, r -> r.fence("fence" + suffix));
        b.breakpoint(r -> r.unhandled("not_ours"));
        b.nmi(r -> r.load("load", r.local("l", 0, 3), x));
        b.irq(r -> r.fence("fence"));
        b.machineCheck(r -> r.fence("fence"));
        b.user(1);
        b.claimsToHoldEverybodyOff();
        b.notModelled("time" + suffix);
        b.unlockBy(b.sites().get(0), new Effect(x.cell(), 0));
    }

    private static Protocol recorded(Protocol.Definition definition) {
        return Protocol.record("p", SETTING, definition);
    }

    @Test
    void whatWasRecordedBeforeIsForgotten() {
        Protocol once = recorded(b -> recordAll(b, ""));
        Protocol again = recorded(b -> {
            b.startOver();
            recordAll(b, "_first");
            b.startOver();
            recordAll(b, "");
        });

        assertEquals(once, again);
        assertEquals(recorded(b -> {}), recorded(b -> {
            b.startOver();
            recordAll(b, "");
            b.startOver();
        }));
    }

    @Test
    void whatWasSaidBeforeItBeganIsKept() {
        Protocol protocol = recorded(b -> {
            b.notModelled("before");
            assertTrue(b.mayStartOver());
            b.startOver();
            b.notModelled("first");
            b.startOver();
            b.notModelled("second");
        });

        assertEquals(List.of("before", "second"), List.copyOf(protocol.notModelled()));
    }

    @Test
    void nothingIsForgottenThatSomebodyElseHasRecordedOrHeardOf() {
        recorded(b -> {
            b.shared("x", 0, 0, 1);
            assertFalse(b.mayStartOver());
        });
        recorded(b -> {
            b.patcher(r -> r.fence("fence"));
            assertFalse(b.mayStartOver());
        });
        Protocol.record("p", SETTING, b -> assertFalse(b.mayStartOver()), (statement, way) -> {});
    }

    @Test
    void aTrialLeavesNothingBehind() {
        assertEquals(recorded(b -> {}), recorded(b -> recordAll(b.trial(), "")));
    }

    /** Only when all is recorded is it known that a patch call ends that never begins. */
    @Test
    void aDefinitionSaysHowTheWholeIsRefused() {
        List<String> problems = new ArrayList<>();
        UnsupportedOperationException mine = new UnsupportedOperationException("mine");

        UnsupportedOperationException thrown = assertThrows(
                UnsupportedOperationException.class,
                () -> recorded(b -> {
                    b.refuseBy(problem -> {
                        problems.add(String.valueOf(problem.getMessage()));
                        return mine;
                    });
                    b.patcher(r -> r.patchEnd("end", b.sites().get(0), 1));
                }));

        assertEquals(mine, thrown);
        assertEquals(1, problems.size());
        assertTrue(problems.get(0).contains("ends a patch call that no mark begins"), problems.get(0));
    }
}
