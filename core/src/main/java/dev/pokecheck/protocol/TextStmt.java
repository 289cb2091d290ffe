// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.protocol;

import dev.pokecheck.insn.Printer;
import dev.pokecheck.text.Site;
import dev.pokecheck.text.TextRead;
import dev.pokecheck.text.TextStore;
import java.util.Optional;

/** Statements on code: its bytes, its execution, its breakpoints. */
public interface TextStmt extends Stmt {
    /** A store to text: a memcpy, or a single store. */
    record TextPoke(String label, TextStore store) implements TextStmt, Leaf {
        @Override
        public String text() {
            Site site = store.site();
            String to = store.offset() == 0 ? site.name() : site.name() + " + " + store.offset();
            return (store.isSingle() ? "text_store(" : "text_poke(") + to + ", \"" + Printer.hex(store.data()) + "\");"
                    + (store.isInPlace() ? " /* in place */" : "");
        }

        @Override
        public Uses uses() {
            return Uses.NOTHING.noticed();
        }

        @Override
        public <R> R accept(Stmt.Visitor<R> visitor) {
            return visitor.textPoke(this);
        }
    }

    /**
     * Loads bytes of a site as data, as any other load does.
     *
     * @param to gets the number of the value that they have, -1 if it is none
     */
    record LoadText(String label, Local to, TextRead read) implements TextStmt, Leaf {
        @Override
        public String text() {
            StringBuilder values = new StringBuilder();
            for (int i = 0; i < read.values(); i++) {
                values.append(i).append(": ").append(Printer.hex(read.value(i))).append(", ");
            }
            return to.name() + " = text_load(" + read.site().name() + " + " + read.offset() + ", " + read.length()
                    + "); /* " + values + "else -1 */";
        }

        @Override
        public Uses uses() {
            return Uses.NOTHING.assigning(to).noticed();
        }

        @Override
        public <R> R accept(Stmt.Visitor<R> visitor) {
            return visitor.loadText(this);
        }
    }

    /**
     * Compares bytes of a site with a value and, if they have it, stores another; locked.
     *
     * @param expected what is compared
     * @param desired what is stored
     * @param success becomes 1 if it was
     */
    record ExchangeText(String label, TextRead expected, TextStore desired, Local success) implements TextStmt, Leaf {
        /** Checks that as many bytes are compared as are stored. */
        public ExchangeText {
            if (expected.length() != desired.data().length) {
                throw new IllegalArgumentException(label + " compares " + expected.length() + " bytes of "
                        + desired.site().name() + " and stores " + desired.data().length + "; give as many");
            }
        }

        @Override
        public String text() {
            return success.name() + " = text_cmpxchg(" + desired.site().name() + " + " + desired.offset() + ", \""
                    + Printer.hex(expected.value(0)) + "\", \"" + Printer.hex(desired.data()) + "\");";
        }

        @Override
        public Uses uses() {
            return Uses.NOTHING.assigning(success).noticed();
        }

        @Override
        public <R> R accept(Stmt.Visitor<R> visitor) {
            return visitor.exchangeText(this);
        }
    }

    /**
     * Executes the code of a site, whatever it is at that moment. Effects of a version on shared data are modelled by branching on
     * {@code version} afterwards.
     *
     * @param entry the offset at which the site is entered, one of its entries
     * @param version gets the number of the version that was executed; of versions with the same code, the first
     */
    record Execute(String label, Site site, int entry, Optional<Local> version) implements TextStmt, Mark {
        @Override
        public String text() {
            String entered = entry == 0 ? site.name() : "(" + site.name() + " + " + entry + ")";
            return version.map(version -> version.name() + " = ").orElse("") + entered + "();";
        }

        @Override
        public Uses uses() {
            return Uses.NOTHING.assigning(version).noticed();
        }

        @Override
        public <R> R accept(Stmt.Visitor<R> visitor) {
            return visitor.execute(this);
        }
    }

    /** The patch call for a version of a site begins, has returned, or is given up. */
    record PatchMark(String label, Site site, int version, Moment moment) implements TextStmt, Mark {
        /** What happens to a patch call. */
        public enum Moment {
            /** It begins. */
            BEGINS("begins"),
            /** It has returned: the version is there. */
            RETURNS("returns"),
            /** It is given up: what was there before is there again. */
            ABORTS("is given up");

            private final String text;

            Moment(String text) {
                this.text = text;
            }
        }

        @Override
        public String text() {
            return "/* the patch call for " + site.name() + " " + moment.text + ": version " + version + " */";
        }

        @Override
        public Uses uses() {
            return Uses.NOTHING.noticed();
        }

        @Override
        public <R> R accept(Stmt.Visitor<R> visitor) {
            return visitor.patchMark(this);
        }
    }

    /**
     * Executes an INT3 that belongs to somebody else: a kprobe's, a debugger's. It stands right in front of the first site, at place 0. The
     * breakpoint handler of the protocol is asked first, as the kernel's is; what it does not claim is passed on to the owner.
     */
    record ForeignInt3(String label) implements TextStmt, Mark {
        @Override
        public String text() {
            return "int3(); /* somebody else's */";
        }

        @Override
        public Uses uses() {
            return Uses.NOTHING.noticed();
        }

        @Override
        public <R> R accept(Stmt.Visitor<R> visitor) {
            return visitor.foreignInt3(this);
        }
    }

    /** The breakpoint handler gives up: nobody claims the breakpoint, unless it is a {@link ForeignInt3}. The handler ends here. */
    record Unhandled(String label) implements TextStmt, Leaf {
        @Override
        public String text() {
            return "return 0; /* not ours: the kernel dies */";
        }

        @Override
        public Uses uses() {
            return Uses.NOTHING.ending();
        }

        @Override
        public <R> R accept(Stmt.Visitor<R> visitor) {
            return visitor.unhandled(this);
        }
    }

    /** Sets the saved address of the context below. */
    record SetSavedAddress(Expr place) implements TextStmt, Unlabelled, Leaf {
        @Override
        public String text() {
            return "regs->ip = " + CText.of(place) + ";";
        }

        @Override
        public Uses uses() {
            return Uses.of(place).settingSavedAddress();
        }

        @Override
        public <R> R accept(Stmt.Visitor<R> visitor) {
            return visitor.setSavedAddress(this);
        }
    }

    /**
     * Pushes a return address onto the stack of the context below, as {@code int3_emulate_push} does.
     *
     * @param gap whether the entry code left room between the stack of the trapped context and the saved frame, so that the push does not
     *     overwrite the frame
     */
    record PushReturn(Expr place, boolean gap) implements TextStmt, Unlabelled, Leaf {
        @Override
        public String text() {
            return "int3_emulate_push(regs, " + CText.of(place) + ");"
                    + (gap ? "" : " /* no gap below the trapped stack */");
        }

        @Override
        public Uses uses() {
            return Uses.of(place).settingSavedAddress();
        }

        @Override
        public <R> R accept(Stmt.Visitor<R> visitor) {
            return visitor.pushReturn(this);
        }
    }

    /**
     * Does to the context below what the first instruction of a version of a site would: a call pushes the return address and
     * goes to the function, a jump goes to its target (a conditional one, or behind itself), RET leaves the site, a NOP goes behind itself.
     * If the version is a probe, what is emulated is the instruction that the probe displaces.
     *
     * @param gap whether the entry code left room between the stack of the trapped context and the saved frame, so that a push does not
     *     overwrite the frame
     */
    record Emulate(String label, Site site, int version, boolean gap) implements TextStmt, Leaf {
        @Override
        public String text() {
            return "emulate(regs, " + site.name() + ", \""
                    + Printer.att(site.bytes(version), 0, site.length(), site.address())
                    + "\");" + (gap ? "" : " /* no gap below the trapped stack */");
        }

        @Override
        public Uses uses() {
            return Uses.of(Expr.savedAddress()).settingSavedAddress();
        }

        @Override
        public <R> R accept(Stmt.Visitor<R> visitor) {
            return visitor.emulate(this);
        }
    }

    /** One method for each of them. */
    interface Visitor<R> {
        /** For {@link TextPoke}. */
        R textPoke(TextPoke stmt);

        /** For {@link LoadText}. */
        R loadText(LoadText stmt);

        /** For {@link ExchangeText}. */
        R exchangeText(ExchangeText stmt);

        /** For {@link Execute}. */
        R execute(Execute stmt);

        /** For {@link PatchMark}. */
        R patchMark(PatchMark stmt);

        /** For {@link ForeignInt3}. */
        R foreignInt3(ForeignInt3 stmt);

        /** For {@link Unhandled}. */
        R unhandled(Unhandled stmt);

        /** For {@link SetSavedAddress}. */
        R setSavedAddress(SetSavedAddress stmt);

        /** For {@link PushReturn}. */
        R pushReturn(PushReturn stmt);

        /** For {@link Emulate}. */
        R emulate(Emulate stmt);
    }
}
