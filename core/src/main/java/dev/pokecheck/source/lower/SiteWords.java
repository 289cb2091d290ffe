// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import dev.pokecheck.insn.Insn;
import dev.pokecheck.protocol.BranchTargets;
import dev.pokecheck.protocol.Local;
import dev.pokecheck.source.lower.CValue.Num;
import dev.pokecheck.source.syntax.CExpr;
import dev.pokecheck.source.token.Token;
import dev.pokecheck.source.type.IntegerType;
import dev.pokecheck.text.Site;
import java.util.List;

/** Words for what is patched: the sites of the scenario, stores to them, their executions, what is asked of a patch. */
final class SiteWords {
    private final Reading reading;
    private final Words words;

    SiteWords(Reading reading, Words words) {
        this.reading = reading;
        this.words = words;
    }

    void define() {
        new BreakpointWords(reading, words, this).define();
        words.is("sites", 0, (at, a) -> Num.of(reading.setting.sites().size()));
        words.is("versions", 0, (at, a) -> Num.of(reading.setting.versions()));
        words.is("address", 1, (at, a) -> address(site(a.get(0)), 0));
        words.is("text_start", 0, (at, a) -> new CValue.Numbered(Num.of(0), IntegerType.CHAR));
        words.is("length", 1, (at, a) -> Num.of(site(a.get(0)).length()));
        words.is("target", 2, (at, a) -> target(at, site(a.get(0)), a.get(1)));
        words.is("bytes", 2, (at, a) -> {
            Site site = site(a.get(0));
            return new CValue.ToObject(reading.versions.of(site, version(site, a.get(1))));
        });
        words.does("begin", 2, (at, a) -> mark("patch", a));
        words.does("end", 2, (at, a) -> mark("patched", a));
        words.does("abort", 2, (at, a) -> mark("abort", a));
        words.does("execute", 1, this::execute);
        words.does("holds_everybody_off", 0, (at, a) -> {
            reading.builder().claimsToHoldEverybodyOff();
            return Words.nothing();
        });
        words.does("poke", 3, (at, a) -> poke(at, a, new TextAccess.Way(false, TextAccess.Reach.IN_PIECES)));
        words.does("poke_at_once", 3, (at, a) -> poke(at, a, new TextAccess.Way(false, TextAccess.Reach.AT_ONCE)));
        words.does("poke_in_place", 3, (at, a) -> poke(at, a, new TextAccess.Way(true, TextAccess.Reach.IN_PIECES)));
        words.does("fill", 3, this::fill);
        words.does("exchange_text", 4, this::exchange);
    }

    private Num address(Site site, int offset) {
        long place = reading.addresses.of(site, offset);
        return new Num(reading.addressOf(site), Interval.of(place));
    }

    Site site(CExpr argument) {
        Num number = reading.expressions.number(argument);
        List<Site> sites = reading.setting.sites();
        if (new Interval(0, sites.size() - 1L).isApart(number.range())) {
            throw argument.at()
                    .wrong(
                            "there is no site " + number.range().min(),
                            "the scenario has " + sites.size() + ", and they count from 0");
        }
        if (!number.isKnown() || number.known() < 0 || number.known() >= sites.size()) {
            throw argument.at()
                    .wrong(
                            "which site this is is not known when the file is read",
                            "poke_each_site(s) counts over all");
        }
        return sites.get((int) number.known());
    }

    int version(Site site, CExpr argument) {
        Num number = reading.expressions.number(argument);
        if (!number.isKnown()) {
            throw argument.at()
                    .wrong(
                            "which version this is is not known when the file is read",
                            "poke_each_version(v) counts over all but 0; or branch, as in v ? POKE_BYTES(s, 1) : POKE_BYTES(s, 0)");
        }
        if (number.known() < 0 || number.known() >= site.versions()) {
            throw argument.at()
                    .wrong(
                            site.name() + " has no version " + number.range().min(),
                            "it has 0 to " + (site.versions() - 1));
        }
        return (int) number.known();
    }

    /** Where the first instruction of a version leads. */
    private Num target(Token at, Site site, CExpr version) {
        Insn insn = site.emulated(version(site, version));
        if (!BranchTargets.leaves(insn)) {
            throw at.wrong("the first instruction of this version leads nowhere", "only calls and jumps have a target");
        }
        return Num.of(reading.versions.target(site, insn));
    }

    private CValue mark(String moment, List<CExpr> arguments) {
        Site site = site(arguments.get(0));
        int version = version(site, arguments.get(1));
        String label = reading.routine().siteLabel(moment + version, site);
        switch (moment) {
            case "patch" -> reading.recorder().patchBegin(label, site, version);
            case "patched" -> reading.recorder().patchEnd(label, site, version);
            default -> reading.recorder().patchAbort(label, site, version);
        }
        return Words.nothing();
    }

    private CValue execute(Token at, List<CExpr> arguments) {
        Site site = site(arguments.get(0));
        Interval range = new Interval(0, site.versions() - 1L);
        Local version = reading.routine().temporary("version", range);
        reading.recorder().execute(reading.routine().siteLabel("execute", site), site, version);
        return new Num(version.value(), range);
    }

    // ---- stores

    private CValue poke(Token at, List<CExpr> arguments, TextAccess.Way way) {
        CValue address = text(arguments.get(0));
        CValue source = reading.expressions.value(arguments.get(1));
        Num length = reading.expressions.number(arguments.get(2));
        reading.copies.copy(at, address, source, length, way);
        return Words.nothing();
    }

    /** An address, or a pointer to code. */
    private CValue text(CExpr argument) {
        CValue value = reading.expressions.value(argument);
        if (value instanceof Num number && number.isFalse()) {
            throw argument.at().wrong("0 is the address of no site", "POKE_ADDR(s) is the address of site s");
        }
        return value instanceof Num number ? new CValue.Numbered(number, IntegerType.UNSIGNED_CHAR) : value;
    }

    /** Fills code with one byte. */
    private CValue fill(Token at, List<CExpr> arguments) {
        Num value = reading.expressions.number(arguments.get(1));
        Num length = reading.expressions.number(arguments.get(2));
        reading.copies.set(
                at, text(arguments.get(0)), value, length, new TextAccess.Way(false, TextAccess.Reach.IN_PIECES));
        return Words.nothing();
    }

    private CValue exchange(Token at, List<CExpr> arguments) {
        Num address = reading.access.pointerNumber(at, text(arguments.get(0)));
        Num length = reading.expressions.number(arguments.get(3));
        int widest = reading.setting.widestStore();
        if (!length.isKnown() || length.known() < 1 || length.known() > widest) {
            throw at.wrong("a locked operation on a number of bytes that is not known, or not 1 to " + widest, "");
        }
        byte[] expected = reading.copies.known(at, reading.expressions.value(arguments.get(1)), (int) length.known());
        byte[] desired = reading.copies.known(at, reading.expressions.value(arguments.get(2)), (int) length.known());
        return reading.text.exchange(at, address, expected, desired);
    }
}
