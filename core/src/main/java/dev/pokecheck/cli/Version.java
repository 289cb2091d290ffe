// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli;

import picocli.CommandLine.IVersionProvider;

/** The version that the jar's manifest gives. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"pokecheck " + number()};
    }

    /** The version alone. */
    static String number() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "(built from source)" : version;
    }
}
