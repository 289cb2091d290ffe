// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.text.TableRoom;

/** The parts of a machine that carry out steps, put together. */
final class Hardware {
    final MachineTables tables;
    final StepLog log;
    final Unserialized unserialized;
    final OwnStores ownStores;
    final FetchViews fetchViews;
    final Stores stores;
    final Changes changes;
    final Contexts contexts;
    final SiteExecution execution;
    final PackedHost host;

    Hardware(Scenario scenario, Protocol protocol, TableRoom room) {
        tables = new MachineTables(scenario, protocol, room);
        log = new StepLog(scenario.fatal());
        unserialized = new Unserialized(tables);
        ownStores = new OwnStores(tables, unserialized);
        fetchViews = new FetchViews(tables, ownStores, unserialized);
        stores = new Stores(tables, log, fetchViews, ownStores);
        changes = new Changes(tables.layout);
        contexts = new Contexts(tables, log, fetchViews, changes);
        execution = new SiteExecution(this);
        host = new PackedHost(this);
    }
}
