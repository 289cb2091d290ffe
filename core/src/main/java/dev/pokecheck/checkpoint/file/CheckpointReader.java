// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.checkpoint.file;

import dev.pokecheck.checkpoint.CheckpointException;
import dev.pokecheck.checkpoint.CheckpointInput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Reads a checkpoint from a file. What it gives has passed its checksum. */
final class CheckpointReader implements CheckpointInput, AutoCloseable {
    /** The longest text that can be read. */
    static final int LONGEST_TEXT = 1 << 16;

    private final Path path;
    private final FileChannel file;
    private final ByteBuffer prefix =
            ByteBuffer.allocate(CheckpointWriter.PREFIX).order(ByteOrder.LITTLE_ENDIAN);
    private final ByteBuffer block = ByteBuffer.allocateDirect(CheckpointWriter.BLOCK)
            .order(ByteOrder.LITTLE_ENDIAN)
            .limit(0);
    private long blocks;
    private int checksum;

    /**
     * Opens a file.
     *
     * @throws CheckpointException if there is none, or it is none of this version
     */
    CheckpointReader(Path path) {
        this.path = path;
        try {
            file = FileChannel.open(path, StandardOpenOption.READ);
            ByteBuffer line = ByteBuffer.allocate(CheckpointWriter.FIRST_LINE);
            boolean whole = fill(line);
            String text = new String(line.array(), 0, line.limit(), StandardCharsets.US_ASCII);
            if (!whole || !text.startsWith(CheckpointWriter.MAGIC)) {
                file.close();
                throw new CheckpointException(path + ": is no checkpoint of pokecheck");
            }
            if (!text.equals(CheckpointWriter.MAGIC + CheckpointWriter.VERSION + "\n")) {
                file.close();
                throw new CheckpointException(
                        path + ": is a checkpoint of another version of the format; this pokecheck" + " reads version "
                                + CheckpointWriter.VERSION + ": go on with the one that wrote it");
            }
        } catch (NoSuchFileException e) {
            throw new CheckpointException(path + ": there is no such file", e);
        } catch (IOException e) {
            throw new CheckpointException(path + ": cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public long number() {
        need(Long.BYTES);
        return block.getLong();
    }

    /** Gives the next text. */
    String text() {
        char[] text = new char[count(LONGEST_TEXT)];
        for (int i = 0; i < text.length; i++) {
            text[i] = (char) number();
        }
        return new String(text);
    }

    @Override
    public void longs(long[] values, int from, int length) {
        for (int done = 0; done < length; ) {
            need(Long.BYTES);
            int count = Math.min(length - done, block.remaining() / Long.BYTES);
            block.asLongBuffer().get(values, from + done, count);
            block.position(block.position() + count * Long.BYTES);
            done += count;
        }
    }

    @Override
    public void ints(int[] values, int from, int length) {
        for (int done = 0; done < length; ) {
            need(Integer.BYTES);
            int count = Math.min(length - done, block.remaining() / Integer.BYTES);
            block.asIntBuffer().get(values, from + done, count);
            block.position(block.position() + count * Integer.BYTES);
            done += count;
        }
    }

    @Override
    public void end() {
        if (block.hasRemaining() || next() || !isAtEnd()) {
            throw damaged("there is more in it than belongs there");
        }
    }

    private boolean isAtEnd() {
        try {
            return file.position() == file.size();
        } catch (IOException e) {
            throw new CheckpointException(path + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /** Makes room for an element, which never lies in two blocks. */
    private void need(int bytes) {
        if (!block.hasRemaining() && !next()) {
            throw damaged("it ends too early");
        }
        if (block.remaining() < bytes) {
            throw damaged("a block ends too early");
        }
    }

    /** Reads the next block; returns whether it was not the empty one at the end. */
    private boolean next() {
        try {
            if (!fill(prefix)) {
                throw truncated();
            }
            int length = prefix.getInt();
            int expected = prefix.getInt();
            if (length < 0 || length > CheckpointWriter.BLOCK) {
                throw damaged("block " + blocks + " has no possible length");
            }
            block.clear().limit(length);
            if (!fillUpTo(block)) {
                throw truncated();
            }
            checksum = CheckpointWriter.checksum(checksum, blocks, block);
            if (checksum != expected) {
                throw damaged("block " + blocks + " does not have its checksum");
            }
            blocks++;
            return length > 0;
        } catch (IOException e) {
            throw new CheckpointException(path + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private boolean fill(ByteBuffer bytes) throws IOException {
        return fillUpTo(bytes.clear());
    }

    /** Whether there were enough bytes up to the limit. */
    private boolean fillUpTo(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining() && file.read(bytes) >= 0) {
            // A read may bring less than it could.
        }
        boolean full = !bytes.hasRemaining();
        bytes.flip();
        return full;
    }

    private CheckpointException truncated() {
        return new CheckpointException(path + ": is truncated; nothing can be gone on from, search anew");
    }

    private CheckpointException damaged(String how) {
        return new CheckpointException(path + ": is damaged: " + how + "; nothing can be gone on from, search anew");
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new CheckpointException(path + ": cannot be closed: " + e.getMessage(), e);
        }
    }
}
