// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.corpus;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.OptionalInt;

/** A file that a user names, read to its end, which must come. */
public final class InputBytes {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final Path file;
    private final byte[] bytes;

    private InputBytes(Path file, byte[] bytes) {
        this.file = file;
        this.bytes = bytes;
    }

    /**
     * Reads a file.
     *
     * @param most how many bytes it may have
     * @param remark what to say of one that has more
     * @throws CorpusException if it cannot be read
     */
    public static InputBytes of(Path file, int most, String remark) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(most + 1);
            if (bytes.length > most) {
                throw new CorpusException(file.toString(), 0, "has more than " + most + " bytes, " + remark);
            }
            return new InputBytes(file, bytes);
        } catch (NoSuchFileException e) {
            throw new CorpusException(file.toString(), 0, "there is no such file");
        } catch (IOException e) {
            throw new CorpusException(file.toString(), 0, "cannot be read: " + reason(e));
        }
    }

    /** Why a file cannot be read or written, in words that do not repeat its name. */
    public static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "there is no such file";
        }
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        String reason = e instanceof FileSystemException file ? file.getReason() : e.getMessage();
        return reason == null ? e.toString() : reason;
    }

    /**
     * It as text, without the byte order mark that editors of some systems put in front.
     *
     * @throws CorpusException if it is not UTF-8
     */
    public String text() {
        if (firstNoText().isPresent()) {
            throw new CorpusException(file.toString(), 0, "is not UTF-8 text");
        }
        String text = decoded();
        return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    }

    /** It as text, with a mark in the place of each byte that is no part of a character of UTF-8. */
    String decoded() {
        return new String(bytes, UTF_8);
    }

    /** Where the first byte that is no part of a character of UTF-8 comes in {@link #decoded}; empty if there is none. */
    OptionalInt firstNoText() {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharsetDecoder decoder = UTF_8.newDecoder();
        // No character of UTF-8 has fewer bytes than UTF-16 units.
        CharBuffer out = CharBuffer.allocate(bytes.length + 1);
        CoderResult result = decoder.decode(in, out, true);
        return result.isError() ? OptionalInt.of(out.position()) : OptionalInt.empty();
    }
}
