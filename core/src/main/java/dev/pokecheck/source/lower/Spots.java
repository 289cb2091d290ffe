// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Places;
import dev.pokecheck.source.lower.CValue.Num;
import dev.pokecheck.source.token.CBinaryOperator;
import dev.pokecheck.source.token.Token;
import dev.pokecheck.text.Site;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Bytes of code by an address that may only be known when the protocol runs: one branch for each that it may be. */
final class Spots {
    private final Reading reading;
    private final Places places;

    /**
     * Bytes of a site.
     *
     * @param offset where in the site they begin
     * @param place their address
     */
    record Spot(Site site, int offset, int place) {
        /** How labels name it. */
        String text() {
            return site.name() + (offset == 0 ? "" : "." + offset);
        }
    }

    Spots(Reading reading) {
        this.reading = reading;
        places = reading.addresses;
    }

    /** Does something to so many bytes at an address; an address of no site is a {@code bug}. */
    void each(Token at, Num address, int length, Consumer<Spot> does) {
        List<Long> few = address.range().few();
        if (few.isEmpty()) {
            throw at.wrong(
                    "which code this address means is not known, nor can few be told that it may mean",
                    "keep addresses as POKE_ADDR(s) gives them, and add lengths to them only");
        }
        List<Spot> spots = all(address, length);
        if (spots.isEmpty() && address.isKnown()) {
            throw at.wrong(
                    length == 1 ? "this is the address of no site" : "these " + length + " bytes lie in no site",
                    "POKE_ADDR(s) is the address of site s, and POKE_LEN(s) its length");
        }
        chain(at, address, spots, spots.size() == few.size(), does);
    }

    /** All bytes that are meant if an address is one of few. */
    List<Spot> all(Num address, int length) {
        return address.range().few().stream()
                .flatMap(place -> at(place, length).stream())
                .toList();
    }

    private void chain(Token at, Num address, List<Spot> spots, boolean isOne, Consumer<Spot> does) {
        if (spots.isEmpty()) {
            reading.recorder().bugOn(Expr.of(1), "this is the address of no site");
            reading.knowledge().die();
            return;
        }
        Spot first = spots.get(0);
        if (spots.size() == 1 && isOne) {
            does.accept(first);
            return;
        }
        Num is = Arithmetic.binary(at, CBinaryOperator.EQUAL, address, Num.of(first.place()));
        reading.choices.when(
                at,
                is,
                () -> does.accept(first),
                () -> chain(at, address, spots.subList(1, spots.size()), isOne, does));
    }

    /** The site that so many bytes from a place on lie in. */
    private Optional<Spot> at(long place, int length) {
        return reading.setting.sites().stream()
                .filter(site -> place >= places.of(site, 0)
                        && place < places.of(site, 0) + (long) site.length()
                        && place + length <= places.of(site, 0) + (long) site.length())
                .findFirst()
                .map(site -> new Spot(site, (int) (place - places.of(site, 0)), (int) place));
    }
}
