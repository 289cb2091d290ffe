// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.checkpoint.file;

import dev.pokecheck.checkpoint.CheckpointOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/** Writes a checkpoint to a file. The format is in the package documentation. */
final class CheckpointWriter implements CheckpointOutput, AutoCloseable {
    /** The first line, up to the version. */
    static final String MAGIC = "pokecheck checkpoint ";

    /** The version of the format. */
    static final int VERSION = 2;

    /** The bytes of the first line. */
    static final int FIRST_LINE = MAGIC.length() + 2;

    /** The bytes before each block: its length and its checksum. */
    static final int PREFIX = 8;

    /** The most bytes of a block. */
    static final int BLOCK = 1 << 20;

    private final FileChannel file;
    private final ByteBuffer prefix = ByteBuffer.allocate(PREFIX).order(ByteOrder.LITTLE_ENDIAN);
    private final ByteBuffer block = ByteBuffer.allocateDirect(BLOCK).order(ByteOrder.LITTLE_ENDIAN);
    private long blocks;
    private int checksum;

    /** Begins a file, or begins it anew. */
    CheckpointWriter(Path path) throws IOException {
        file = FileChannel.open(
                path, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        writeAll(ByteBuffer.wrap((MAGIC + VERSION + "\n").getBytes(StandardCharsets.US_ASCII)));
    }

    @Override
    public void number(long value) {
        if (block.remaining() < Long.BYTES) {
            flush();
        }
        block.putLong(value);
    }

    /** Takes a text. */
    void text(String text) {
        number(text.length());
        for (int i = 0; i < text.length(); i++) {
            number(text.charAt(i));
        }
    }

    @Override
    public void longs(long[] values, int from, int length) {
        for (int done = 0; done < length; ) {
            if (block.remaining() < Long.BYTES) {
                flush();
            }
            int count = Math.min(length - done, block.remaining() / Long.BYTES);
            block.asLongBuffer().put(values, from + done, count);
            block.position(block.position() + count * Long.BYTES);
            done += count;
        }
    }

    @Override
    public void ints(int[] values, int from, int length) {
        for (int done = 0; done < length; ) {
            if (block.remaining() < Integer.BYTES) {
                flush();
            }
            int count = Math.min(length - done, block.remaining() / Integer.BYTES);
            block.asIntBuffer().put(values, from + done, count);
            block.position(block.position() + count * Integer.BYTES);
            done += count;
        }
    }

    private void flush() {
        try {
            block.flip();
            checksum = checksum(checksum, blocks, block);
            prefix.clear().putInt(block.remaining()).putInt(checksum).flip();
            writeAll(prefix);
            writeAll(block);
            block.clear();
            blocks++;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void writeAll(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            file.write(bytes);
        }
    }

    /** The checksum of a block: of that of the block before, its number and its bytes, so that neither change nor order goes unnoticed, nor blocks of another file. */
    static int checksum(int before, long number, ByteBuffer block) {
        CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.allocate(Integer.BYTES + Long.BYTES)
                .putInt(0, before)
                .putLong(Integer.BYTES, number));
        crc.update(block.duplicate());
        return (int) crc.getValue();
    }

    /** Ends the file with an empty block, waits until the device has all of it, and returns its size in bytes. */
    long finish() throws IOException {
        if (block.position() > 0) {
            flush();
        }
        flush();
        file.force(true);
        return file.size();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
