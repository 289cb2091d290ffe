// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.corpus;

import dev.pokecheck.catalog.Catalog;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.Setting;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The protocols of entries, for tests that run each entry more than once: a C file takes longer to read than an entry to replay. */
public final class EntryProtocols {
    private static final Map<List<Object>, Protocol> RECORDED = new ConcurrentHashMap<>();

    private EntryProtocols() {}

    /** The protocol of an entry in a folder, for the setting of its scenario. */
    public static Protocol of(Path folder, Entry entry) {
        return of(folder, entry, entry.scenario().setting());
    }

    /** The protocol of an entry in a folder, for another setting. */
    public static Protocol of(Path folder, Entry entry, Setting setting) {
        return RECORDED.computeIfAbsent(
                List.of(folder, entry.protocol(), entry.own(), setting), key -> record(folder, entry, setting));
    }

    private static Protocol record(Path folder, Entry entry, Setting setting) {
        return entry.own().orElse(null) instanceof OwnSource source
                ? Protocol.record(
                        entry.protocol(),
                        setting,
                        CFile.of(folder.resolve(entry.protocol()), source).definition())
                : Catalog.find(entry.protocol()).orElseThrow().record(setting);
    }
}
