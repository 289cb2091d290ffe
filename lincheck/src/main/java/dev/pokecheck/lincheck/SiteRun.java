// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.lincheck;

import dev.pokecheck.cpu.Profile;
import dev.pokecheck.insn.Decoder;
import dev.pokecheck.insn.Insn;
import dev.pokecheck.insn.Kind;
import dev.pokecheck.insn.Sync;
import dev.pokecheck.property.Property;
import dev.pokecheck.protocol.BranchTargets;
import dev.pokecheck.protocol.Places;
import dev.pokecheck.text.Site;
import dev.pokecheck.text.TextRead;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a CPU executes sites: fetch, instruction, breakpoint, what a handler makes of it, and which version it was in the end. */
final class SiteRun {
    private static final byte INT3 = (byte) 0xcc;
    private static final byte[] NOTHING = {};

    private final Program program;
    private final Places places;
    private final List<CodeMemory> text;
    /** For each site, the bytes that were seen for the next fetch; empty if none were. */
    private final byte[][] prefetched;

    SiteRun(Program program, List<CodeMemory> text) {
        this.program = program;
        this.text = text;
        places = program.protocol().setting().places();
        prefetched = new byte[program.sites().size()][];
        Arrays.fill(prefetched, NOTHING);
    }

    // ---- what the CPU sees

    /** The bytes of a site are seen now, for the next fetch from it. */
    void prefetch(int site) {
        prefetched[site] = text.get(site).read();
    }

    /** An instruction is executed that may make the CPU forget what it has seen. */
    void serialize(Sync sync) {
        if (Profile.ARCHITECTURAL.serializes(sync)) {
            Arrays.fill(prefetched, NOTHING);
        }
    }

    private byte[] fetch(Site site) {
        byte[] earlier = prefetched[site.index()];
        if (earlier.length > 0) {
            prefetched[site.index()] = NOTHING;
            return earlier;
        }
        return text.get(site.index()).read();
    }

    // ---- text as data

    int readText(int number) {
        TextRead read = program.graph().textReads().get(number);
        return read.match(text.get(read.site().index()).read());
    }

    boolean exchangeText(int number, int store) {
        TextRead read = program.graph().textReads().get(number);
        return text.get(read.site().index())
                .exchange(read, program.graph().textStores().get(store));
    }

    // ---- instructions

    /** Executes one instruction; returns whether it was a breakpoint. */
    boolean hitsBreakpoint(Execution execution) {
        int offset = execution.offset;
        byte[] code = fetch(execution.site);
        if (code[offset] == INT3) {
            execution.trapped = offset;
            execution.offset++;
            return true;
        }
        Insn insn = Decoder.decode(code, offset, code.length, execution.site.address() + offset);
        boolean known = insn.isValid() && execution.narrow(offset, bytes(code, offset, insn));
        if (!known) {
            boolean inside = execution.trapped != Execution.NOT_TRAPPED && offset == execution.trapped + 1;
            throw new Mishap(inside ? Property.MID_INSTRUCTION : Property.TORN, "bytes of no version");
        }
        if (execution.versions == 0) {
            throw new Mishap(Property.TORN, "instructions of two versions");
        }
        if (insn.kind() == Kind.UD2) {
            throw new Mishap(Property.BUG, "UD2");
        }
        perform(execution, insn, code, offset);
        return false;
    }

    private static byte[] bytes(byte[] code, int offset, Insn insn) {
        return Arrays.copyOfRange(code, offset, offset + insn.length());
    }

    /** Does what an instruction does; a function that is called does nothing that matters here, and returns. */
    private static void perform(Execution execution, Insn insn, byte[] code, int offset) {
        Effects.add(execution.effects, Effects.of(insn, code, offset));
        if (Effects.leaves(execution.site, insn)) {
            execution.left = true;
        } else {
            execution.offset = Effects.next(execution.site, insn, offset);
        }
    }

    /** The first version that does what was done; a call that is missing, or anything else that none does, is a fault. */
    int versionThatDid(Execution execution) {
        boolean calls = false;
        for (int v = 0; v < execution.site.versions(); v++) {
            if ((execution.versions >>> v & 1) != 0) {
                List<String> effects = program.effects(execution.site, v);
                if (effects.equals(execution.effects)) {
                    return program.versionClass(execution.site.index(), v);
                }
                calls |= effects.size() > execution.effects.size();
            }
        }
        throw new Mishap(calls ? Property.LOST_CALL : Property.WRONG_TARGET, "no version does what was done");
    }

    // ---- what a breakpoint handler does to the execution that has trapped

    int savedAddress(@Nullable Execution trapped) {
        return trapped == null ? 0 : places.of(trapped.site, trapped.offset);
    }

    void setSavedAddress(@Nullable Execution trapped, int place) {
        if (trapped != null && (place == 0 || place >= places.firstFunction())) {
            branch(trapped, place);
            return;
        }
        if (trapped == null || places.siteAt(place) != trapped.site.index()) {
            throw new Mishap(Property.BUG, "a saved address outside the site that trapped");
        }
        trapped.offset = places.offset(place);
    }

    void pushReturn(@Nullable Execution trapped, int place, boolean gap) {
        if (trapped == null || trapped.pushed != 0) {
            throw new Mishap(Property.BUG, "a return address is pushed outside a breakpoint handler, or twice");
        }
        if (!gap) {
            throw new Mishap(Property.CORRUPT_FRAME, "the pushed return address overwrote the saved frame");
        }
        trapped.pushed = place;
    }

    /** What is emulated is a branch out of the site, or, 0, RET: it must be one that a version has there. */
    private void branch(Execution trapped, int place) {
        Site site = trapped.site;
        for (int v = 0; v < site.versions(); v++) {
            Insn insn = site.isBoundary(v, trapped.trapped) ? site.instruction(v, trapped.trapped) : Insn.INVALID;
            if (leadsTo(site, insn, place)
                    && trapped.pushed == (isCall(insn) ? places.of(site, trapped.trapped + insn.length()) : 0)) {
                byte[] code = site.bytes(v);
                trapped.pushed = 0;
                trapped.narrow(trapped.trapped, bytes(code, trapped.trapped, insn));
                perform(trapped, insn, code, trapped.trapped);
                return;
            }
        }
        throw new Mishap(Property.WRONG_TARGET, "emulated what no version has there");
    }

    private boolean leadsTo(Site site, Insn insn, int place) {
        return place == 0
                ? insn.kind() == Kind.RET
                : BranchTargets.leaves(insn) && program.targets().placeOf(site, insn) == place;
    }

    private static boolean isCall(Insn insn) {
        return insn.kind() == Kind.CALL_REL32 || insn.kind() == Kind.CALL_INDIRECT;
    }

    void emulate(@Nullable Execution trapped, Site site, int version, boolean gap) {
        if (trapped == null || trapped.site != site) {
            throw new Mishap(Property.BUG, "emulation outside a breakpoint handler, or for another site");
        }
        Insn insn = site.instruction(version, 0);
        if (isCall(insn) && !gap) {
            throw new Mishap(Property.CORRUPT_FRAME, "the pushed return address overwrote the saved frame");
        }
        byte[] code = site.bytes(version);
        trapped.narrow(trapped.trapped, bytes(code, 0, insn));
        perform(trapped, insn, code, 0);
    }

    /** The handler has returned: what it made of the execution goes on. */
    Execution resume(@Nullable Execution trapped) {
        if (trapped == null) {
            throw new IllegalStateException("a breakpoint without an execution");
        }
        if (trapped.versions == 0) {
            throw new Mishap(Property.WRONG_TARGET, "emulated what no version has there");
        }
        if (trapped.offset == trapped.trapped) {
            trapped.trapped = Execution.NOT_TRAPPED;
        }
        return trapped;
    }
}
