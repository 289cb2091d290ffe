// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz.sequence;

import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a step, and what the {@link Reference} makes of it: a function of the name and nothing else, so that it can be remembered.
 */
final class HeardStep {
    /** What a step is to the reference. */
    enum Kind {
        /** A fetch from a site. */
        FETCH,
        /** A breakpoint handler does what a version does. */
        EMULATE,
        /** A patch call begins. */
        BEGUN,
        /** A patch call has returned. */
        RETURNED,
        /** A called function does something, or returns. */
        CALLEE,
        /** A breakpoint handler ends. */
        END_OF_HANDLER,
        /** Nothing that concerns it. */
        OTHER
    }

    private static final byte[] NONE = {};

    private static final Pattern FETCH =
            Pattern.compile("(cpu\\d+)(\\.\\w+)? fetch site(\\d+)(?:\\+(\\d+))? \\[([0-9a-f ]+)](?: jumps)?");
    private static final Pattern EMULATE = Pattern.compile("(cpu\\d+)(\\.bp) (?:\\S*\\.)?emulate(\\d*)\\.site(\\d+)");
    private static final Pattern CALL = Pattern.compile("(cpu0)(\\S*) (patch|patched)(\\d+)\\.site(\\d+)");
    private static final Pattern CALLEE = Pattern.compile("(cpu\\d+)(\\.\\w+)? (?:ret|callee) .*");
    private static final Pattern END_OF_HANDLER = Pattern.compile("(cpu\\d+)(\\.bp) iret");

    /** The name. */
    final String name;
    /** What it is to the reference. */
    final Kind kind;
    /** The CPU, as in the name; empty for {@link Kind#OTHER}. */
    final String cpu;
    /** The CPU with its context, as in the name; empty for {@link Kind#OTHER}. */
    final String context;
    /** Of a fetch or a patch call, the site; else 0. */
    final int site;
    /** Of a fetch the offset, of an emulation or a patch call the version; else 0. */
    final int number;
    /** Of a fetch the bytes, not to be changed; else none. */
    final byte[] bytes;
    /** Whether the fetched instruction is a conditional jump that is taken. */
    final boolean jumps;

    private HeardStep(String name, Kind kind, String cpu, String context, int site, int number, byte[] bytes) {
        this.name = name;
        this.kind = kind;
        this.cpu = cpu;
        this.context = context;
        this.site = site;
        this.number = number;
        this.bytes = bytes;
        jumps = kind == Kind.FETCH && name.endsWith(" jumps");
    }

    /** Reads a name. */
    static HeardStep of(String name) {
        Matcher fetch = FETCH.matcher(name);
        if (fetch.matches()) {
            int offset = fetch.group(4) == null ? 0 : Integer.parseInt(fetch.group(4));
            byte[] bytes = HexFormat.ofDelimiter(" ").parseHex(fetch.group(5));
            return of(fetch, Kind.FETCH, Integer.parseInt(fetch.group(3)), offset, bytes);
        }
        Matcher emulate = EMULATE.matcher(name);
        if (emulate.matches()) {
            int version = emulate.group(3).isEmpty() ? 1 : Integer.parseInt(emulate.group(3));
            return of(emulate, Kind.EMULATE, 0, version, NONE);
        }
        Matcher call = CALL.matcher(name);
        if (call.matches()) {
            Kind kind = call.group(3).equals("patch") ? Kind.BEGUN : Kind.RETURNED;
            return of(call, kind, Integer.parseInt(call.group(5)), Integer.parseInt(call.group(4)), NONE);
        }
        Matcher callee = CALLEE.matcher(name);
        if (callee.matches()) {
            return of(callee, Kind.CALLEE, 0, 0, NONE);
        }
        Matcher end = END_OF_HANDLER.matcher(name);
        return end.matches()
                ? of(end, Kind.END_OF_HANDLER, 0, 0, NONE)
                : new HeardStep(name, Kind.OTHER, "", "", 0, 0, NONE);
    }

    private static HeardStep of(Matcher name, Kind kind, int site, int number, byte[] bytes) {
        String cpu = name.group(1);
        String context = name.group(2) == null ? cpu : cpu + name.group(2);
        return new HeardStep(name.group(), kind, cpu, context, site, number, bytes);
    }
}
