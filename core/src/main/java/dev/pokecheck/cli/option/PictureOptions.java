// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.option;

import dev.pokecheck.cli.print.PictureFiles;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that ask for pictures of a trace. */
@About(Subject.OUTPUT)
public final class PictureOptions {
    @Option(
            names = "--html",
            paramLabel = "FILE",
            description =
                    "Write the interleaving as a page for a browser, which needs nothing else. Of one entry with a schedule.")
    private @Nullable Path html;

    @Option(
            names = "--svg",
            paramLabel = "FILE",
            description = "Write the interleaving as a picture for a paper (SVG). Of one entry with a schedule.")
    private @Nullable Path svg;

    /** The pictures that are asked for. */
    public PictureFiles files() {
        return new PictureFiles(Optional.ofNullable(html), Optional.ofNullable(svg));
    }
}
