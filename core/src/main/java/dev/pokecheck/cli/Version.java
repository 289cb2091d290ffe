// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli;

import picocli.CommandLine.IVersionProvider;

/** The version that the jar's manifest gives. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = Version.class.getPackage().getImplementationVersion();
        return new String[] {"pokecheck " + (version == null ? "(built from source)" : version)};
    }
}
