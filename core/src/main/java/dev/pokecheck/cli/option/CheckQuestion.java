// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.option;

import dev.pokecheck.cli.run.CheckRequest;
import dev.pokecheck.cli.run.CheckRequest.Part;
import dev.pokecheck.cli.run.GivenProtocol;
import dev.pokecheck.cli.run.SearchRequest;
import dev.pokecheck.cli.run.SiteChoice;
import dev.pokecheck.hardware.HardwareProfile;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** All that says what a check is to find out: what a checkpoint keeps of its command. */
public final class CheckQuestion {
    @Parameters(
            paramLabel = "PROTOCOL",
            arity = "0..1",
            description = NamedProtocol.FORMS + " Left out with --resume only.")
    private @Nullable String protocol;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private NamedProtocol named;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private SiteOptions sites;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private ScenarioOptions scenario;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private SearchFlags search;

    /** Whether it names a protocol; else it is left to a checkpoint. */
    public boolean hasProtocol() {
        return protocol != null;
    }

    /** Where its protocol comes from, if it is one of a class. */
    public OwnProtocol own() {
        return named.own();
    }

    /** The hardware profile that was asked for. */
    public Optional<HardwareProfile> hardware() {
        return scenario.hardware();
    }

    /** The check that is asked for by a command. */
    public CheckRequest request(CommandSpec command) {
        String name = protocol;
        if (name == null) {
            throw new ParameterException(command.commandLine(), "Missing required parameter: 'PROTOCOL'");
        }
        SearchRequest request = search.request();
        GivenProtocol protocol = named.find(name);
        List<Part> parts = sites.choices(scenario, protocol.words()).stream()
                .map(choice -> part(protocol, choice, request))
                .toList();
        return new CheckRequest(protocol, parts, request, scenario.hardware(), sites.reason(protocol));
    }

    private Part part(GivenProtocol protocol, SiteChoice choice, SearchRequest request) {
        return new Part(
                choice,
                sites.scenario(
                                scenario,
                                protocol.words(),
                                choice,
                                request.watched().watch())
                        .machine(protocol.entry(), request.only()));
    }
}
