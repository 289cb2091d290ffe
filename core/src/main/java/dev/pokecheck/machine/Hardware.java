// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.text.TableRoom;

/** The parts of a machine that carry out steps, put together. */
final class Hardware {
    final MachineTables tables;
    final StepLog log;
    final FetchViews fetchViews;
    final Stores stores;
    final Changes changes;
    final Contexts contexts;
    final SiteExecution execution;
    final PackedHost host;

    Hardware(Scenario scenario, Protocol protocol, TableRoom room) {
        tables = new MachineTables(scenario, protocol, room);
        log = new StepLog(scenario.fatal());
        fetchViews = new FetchViews(tables);
        stores = new Stores(tables, log, fetchViews);
        changes = new Changes(tables.layout);
        contexts = new Contexts(tables, log, fetchViews, changes);
        execution = new SiteExecution(this);
        host = new PackedHost(this);
    }
}
