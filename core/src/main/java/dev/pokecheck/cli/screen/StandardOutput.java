// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.screen;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The standard output of this process. It remembers whether its reader has gone: {@code head}, say, which closes a pipe once it has seen enough. A full device is
 * another matter.
 */
public final class StandardOutput extends FilterOutputStream {
    private boolean readerGone;

    /** That of this process. */
    public StandardOutput() {
        this(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)));
    }

    private StandardOutput(OutputStream out) {
        super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            throw noted(e);
        }
    }

    @Override
    public void write(int value) throws IOException {
        try {
            out.write(value);
        } catch (IOException e) {
            throw noted(e);
        }
    }

    @Override
    public void flush() throws IOException {
        try {
            out.flush();
        } catch (IOException e) {
            throw noted(e);
        }
    }

    /** Whether something could not be written because nobody reads it any more. */
    public boolean isReaderGone() {
        return readerGone;
    }

    /** The words for EPIPE depend on the locale; where it is known that the output is a pipe, nothing else can go wrong with it. */
    private IOException noted(IOException e) {
        readerGone = "Broken pipe".equals(e.getMessage()) || isPipe();
        return e;
    }

    private static boolean isPipe() {
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/fd/1")).toString().startsWith("pipe:");
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}
