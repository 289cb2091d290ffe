// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.report;

import dev.pokecheck.text.Site;

/** Bytes of a site in a picture, coloured by version. */
final class SvgBytes {
    private final SvgCanvas canvas;

    SvgBytes(SvgCanvas canvas) {
        this.canvas = canvas;
    }

    /** Draws bytes on the line at y; returns where they end. */
    double draw(double x, double y, Site site, int offset, String hex, boolean torn) {
        String[] bytes = hex.split(" ", -1);
        for (int i = 0; i < bytes.length; i++) {
            cell(x + i * 3 * SvgCanvas.CHAR, y, bytes[i], ByteOrigin.of(site, offset + i, bytes[i]));
        }
        double end = x + bytes.length * 3 * SvgCanvas.CHAR;
        if (torn) {
            canvas.box(x - 3, y - SvgCanvas.LINE + 1, end - x + 2, SvgCanvas.LINE + 4, "torn");
        }
        return end;
    }

    /** Draws all bytes of a site; those that have just been written are underlined. */
    void draw(double x, double y, Site site, String old, String now) {
        draw(x, y, site, 0, now, false);
        String[] was = old.split(" ", -1);
        String[] is = now.split(" ", -1);
        for (int i = 0; i < is.length; i++) {
            if (!was[i].equals(is[i])) {
                canvas.box(x + i * 3 * SvgCanvas.CHAR, y + 5, 2.6 * SvgCanvas.CHAR, 2, "written");
            }
        }
    }

    private void cell(double x, double y, String hex, ByteOrigin origin) {
        canvas.box(x, y - SvgCanvas.LINE + 4, 2.6 * SvgCanvas.CHAR, SvgCanvas.LINE, "byte " + origin.style());
        canvas.text(x + 0.3 * SvgCanvas.CHAR, y, "hex", hex);
    }
}
