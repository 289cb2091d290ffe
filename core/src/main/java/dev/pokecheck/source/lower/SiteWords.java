// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import dev.pokecheck.protocol.Local;
import dev.pokecheck.source.lower.CValue.Num;
import dev.pokecheck.source.syntax.CExpr;
import dev.pokecheck.source.token.Token;
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
        words.is("sites", 0, (at, a) -> Num.of(reading.builder.sites().size()));
        words.is("versions", 0, (at, a) -> Num.of(reading.builder.setting().versions()));
        words.is("address", 1, (at, a) -> address(site(a.get(0)), 0));
        words.is("length", 1, (at, a) -> Num.of(site(a.get(0)).length()));
        words.is("bytes", 2, (at, a) -> {
            Site site = site(a.get(0));
            return new CValue.ToBytes(site, version(site, a.get(1)), 0);
        });
        words.does("begin", 2, (at, a) -> mark("patch", a));
        words.does("end", 2, (at, a) -> mark("patched", a));
        words.does("abort", 2, (at, a) -> mark("abort", a));
        words.does("execute", 1, this::execute);
        words.does("poke", 3, (at, a) -> poke(at, a, false));
        words.does("poke_at_once", 3, (at, a) -> poke(at, a, true));
        words.does("poke_in_place", 3, (at, a) -> {
            reading.recorder().inPlace(() -> poke(at, a, false));
            return Words.nothing();
        });
        words.does("emulate", 3, this::emulate);
    }

    private Num address(Site site, int offset) {
        long place = reading.builder.setting().places().of(site, offset);
        return new Num(reading.builder.addressOf(site), Interval.of(place));
    }

    private Site site(CExpr argument) {
        Num number = reading.expressions.number(argument);
        List<Site> sites = reading.builder.sites();
        if (!number.isKnown() || number.known() < 0 || number.known() >= sites.size()) {
            throw argument.at()
                    .wrong(
                            "which site this is is not known when the file is read",
                            "poke_each_site(s) counts over all");
        }
        return sites.get((int) number.known());
    }

    private int version(Site site, CExpr argument) {
        Num number = reading.expressions.number(argument);
        if (!number.isKnown() || number.known() < 0 || number.known() >= site.versions()) {
            throw argument.at()
                    .wrong(
                            site.name() + " has no version " + number.range().min(),
                            "it has 0 to " + (site.versions() - 1));
        }
        return (int) number.known();
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

    private CValue poke(Token at, List<CExpr> arguments, boolean atOnce) {
        Num address = reading.expressions.number(arguments.get(0));
        CValue source = reading.expressions.value(arguments.get(1));
        Num length = reading.expressions.number(arguments.get(2));
        if (!address.isKnown() || !length.isKnown()) {
            throw at.wrong(
                    "where this writes to, or how much, is not known when the file is read",
                    "poke_each_site(s) writes a loop over the sites out, and POKE_ADDR(s) is known in it");
        }
        if (length.known() == 0) {
            return Words.nothing();
        }
        Site site = siteAt(at, address.known());
        int offset = (int) (address.known() - reading.builder.setting().places().of(site, 0));
        byte[] data = bytes(at, source, (int) length.known());
        if (offset + data.length > site.length()) {
            throw at.wrong(
                    "this writes " + data.length + " bytes from +" + offset + " on, and " + site.name() + " has "
                            + site.length(),
                    "");
        }
        String label = reading.routine().siteLabel("poke", site);
        if (atOnce) {
            reading.recorder().textStore(label, site, offset, data);
        } else {
            reading.recorder().textPoke(label, site, offset, data);
        }
        return Words.nothing();
    }

    private Site siteAt(Token at, long place) {
        return reading.builder.sites().stream()
                .filter(site -> place >= reading.builder.setting().places().of(site, 0)
                        && place < reading.builder.setting().places().of(site, 0) + site.length())
                .findFirst()
                .orElseThrow(() -> at.wrong("this is the address of no site", "POKE_ADDR(s) is that of site s"));
    }

    /** Bytes that the file knows: of a version, or of a constant. */
    private byte[] bytes(Token at, CValue source, int length) {
        byte[] data = new byte[length];
        for (int i = 0; i < length; i++) {
            if (source instanceof CValue.ToBytes bytes) {
                if (bytes.offset() + i >= bytes.site().length()) {
                    throw at.wrong(
                            "this reads beyond the bytes of " + bytes.site().name(), "");
                }
                data[i] = bytes.site().at(bytes.version(), bytes.offset() + i);
            } else {
                CPlace place = PlaceReader.moved(at, reading.places.target(at, source), Num.of(i));
                Num value = reading.access.number(at, reading.access.load(at, place));
                if (!value.isKnown()) {
                    throw at.wrong(
                            "what this writes is not known when the file is read",
                            "POKE_BYTES(s, version) are the bytes of a version");
                }
                data[i] = (byte) value.known();
            }
        }
        return data;
    }

    private CValue emulate(Token at, List<CExpr> arguments) {
        if (reading.expressions.value(arguments.get(0)) != CValue.Registers.REGISTERS) {
            throw at.wrong("only the registers of the context below can be emulated on", "hand regs over");
        }
        Site site = site(arguments.get(1));
        int version = version(site, arguments.get(2));
        reading.recorder().emulate(reading.routine().siteLabel("emulate", site), site, version, true);
        return Words.nothing();
    }
}
