// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.protocol;

import dev.pokecheck.protocol.TextStmt.PatchMark.Moment;
import dev.pokecheck.text.Site;
import dev.pokecheck.text.TextRead;
import dev.pokecheck.text.TextStore;
import java.util.List;
import java.util.Optional;

/** The part of a {@link Recorder} that records the statements of {@link TextStmt}. */
public abstract sealed class TextRecorder extends ContextRecorder permits Recorder {
    private final int widestStore;
    private boolean inPlace;

    TextRecorder(String name, int widestStore) {
        super(name);
        this.widestStore = widestStore;
    }

    abstract void checkEntry(String label, Site site, int entry);

    abstract void checkVersion(String label, Site site, int version);

    /**
     * The stores to text that are recorded here go through the mapping that is executed, as those of {@code text_poke_early()} and of a JIT that
     * writes where it runs do. All others go through an alias, another linear address of the same code, as those of {@code text_poke()} do. That
     * makes a difference to the storing CPU alone.
     */
    public void inPlace(Runnable stores) {
        boolean outer = inPlace;
        inPlace = true;
        stores.run();
        inPlace = outer;
    }

    /** A memcpy to text, as the kernel's {@code text_poke} is: it reaches memory in pieces, in any order. */
    public void textPoke(String label, Site site, int offset, byte... data) {
        add(new TextStmt.TextPoke(label(label), mapped(new TextStore(site, offset, data))));
    }

    /**
     * Loads bytes of a site as data: {@code to} becomes the number of the value that they have, -1 if it is none of these.
     *
     * @param values what the bytes may be, all of one length
     */
    public void loadText(String label, Local to, Site site, int offset, byte[]... values) {
        String full = label(label);
        if (to.min() > -1 || to.max() < values.length - 1) {
            throw new IllegalArgumentException(name + ": " + full + " loads one of " + values.length
                    + " values or -1 into " + to.name() + ", which holds " + to.min() + ".." + to.max()
                    + "; declare it as -1.." + (values.length - 1));
        }
        add(new TextStmt.LoadText(full, to, new TextRead(site, offset, List.of(values))));
    }

    /** A locked compare-and-exchange of text inside one aligned word; {@code success} becomes 1 if it wrote. */
    public void compareExchangeText(
            String label, Site site, int offset, byte[] expected, byte[] desired, Local success) {
        String full = label(label);
        TextStore store = single(full, site, offset, desired);
        add(new TextStmt.ExchangeText(full, new TextRead(site, offset, List.of(expected)), store, success));
    }

    /** One store to text, which reaches memory whole: what it writes has to lie in one aligned word of 8 bytes (16 if the scenario says so). */
    public void textStore(String label, Site site, int offset, byte... data) {
        String full = label(label);
        add(new TextStmt.TextPoke(full, single(full, site, offset, data)));
    }

    private TextStore single(String full, Site site, int offset, byte... data) {
        try {
            return mapped(TextStore.single(widestStore, site, offset, data));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + ": " + full + ": " + e.getMessage(), e);
        }
    }

    private TextStore mapped(TextStore store) {
        return inPlace ? store.inPlace() : store;
    }

    /** Executes the code of a site. */
    public void execute(String label, Site site) {
        add(new TextStmt.Execute(label(label), site, 0, Optional.empty()));
    }

    /** Executes the code of a site from one of its entries on. */
    public void execute(String label, Site site, int entry) {
        checkEntry(label, site, entry);
        add(new TextStmt.Execute(label(label), site, entry, Optional.empty()));
    }

    /** Executes the code of a site; {@code version} tells which version that was. */
    public void execute(String label, Site site, Local version) {
        add(new TextStmt.Execute(label(label), site, 0, Optional.of(version)));
    }

    /** Executes an INT3 that belongs to somebody else. */
    public void foreignInt3(String label) {
        add(new TextStmt.ForeignInt3(label(label)));
    }

    /** The patch call that brings a version to a site begins. */
    public void patchBegin(String label, Site site, int version) {
        checkVersion(label, site, version);
        add(new TextStmt.PatchMark(label(label), site, version, Moment.BEGINS));
    }

    /** The patch call that brought a version to a site has returned. */
    public void patchEnd(String label, Site site, int version) {
        checkVersion(label, site, version);
        add(new TextStmt.PatchMark(label(label), site, version, Moment.RETURNS));
    }

    /** The patch call that was to bring a version to a site has been given up: what was in force before still is. */
    public void patchAbort(String label, Site site, int version) {
        checkVersion(label, site, version);
        add(new TextStmt.PatchMark(label(label), site, version, Moment.ABORTS));
    }

    /** The handler claims no breakpoint: the kernel dies of it, or its owner handles it if it is somebody else's. The handler ends here. */
    public void unhandled(String label) {
        add(new TextStmt.Unhandled(label(label)));
    }

    /** Sets the saved address of the context below: {@code regs->ip = place}. */
    public void setSavedAddress(Expr place) {
        checkAccesses("regs->ip", 0, place);
        add(new TextStmt.SetSavedAddress(place));
    }

    /**
     * Pushes a return address onto the stack of the context below: {@code int3_emulate_push(regs, place)}.
     *
     * @param gap whether the entry code left room for it
     */
    public void pushReturn(Expr place, boolean gap) {
        checkAccesses("int3_emulate_push", 0, place);
        add(new TextStmt.PushReturn(place, gap));
    }

    /**
     * Emulates the first instruction of a version of a site on the context below, as {@code int3_emulate_call} and its siblings do.
     *
     * @param version of the site, 0 being the old one
     * @param gap whether the entry code left room between the stack of the trapped context and the saved frame; without it, emulating a CALL
     *     overwrites the frame (B5 of the museum)
     */
    public void emulate(String label, Site site, int version, boolean gap) {
        checkVersion(label, site, version);
        add(new TextStmt.Emulate(label(label), site, version, gap));
    }
}
