// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.source.CSource;
import dev.pokecheck.source.CWriter;
import dev.pokecheck.source.token.SourceText;
import java.util.List;
import java.util.Optional;

/** A protocol as C, and what is read of that. */
public final class RoundTrip {
    private RoundTrip() {}

    /** Its file. */
    static String write(Protocol protocol) {
        return CWriter.write(protocol, "cpus=" + protocol.setting().cpus(), List.of());
    }

    static CSource source(String text) {
        return new CSource(new SourceText("shown.c", text), (name, quoted, from) -> Optional.empty(), List.of());
    }

    /** What is read of it is the same. */
    public static void check(Protocol protocol) {
        String text = write(protocol);
        Protocol read = Protocol.record("read", protocol.setting(), source(text));
        assertEquals(IrText.of(protocol), IrText.of(read), () -> protocol.name() + "\n" + text);
        assertEquals(text, write(read), protocol::name);
    }
}
