package io.blobpath.cli.demo;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Writes a tar archive in the ustar format of POSIX.1-2001 (pax, "ustar Interchange Format"). Owner and time are zero, so that
 * equal content makes equal bytes.
 */
final class TarWriter {
    private static final int BLOCK = 512;
    private static final int CHECKSUM_OFFSET = 148;
    private static final int CHECKSUM_LENGTH = 8;

    private final OutputStream out;

    /** The stream stays open. */
    TarWriter(OutputStream out) {
        this.out = out;
    }

    /** A folder; the name is at most 99 ASCII characters and ends with a slash. */
    void folder(String name) throws IOException {
        header(name, 0755, 0, '5');
    }

    /** A file; the name is at most 99 ASCII characters. */
    void file(String name, byte[] content) throws IOException {
        header(name, 0644, content.length, '0');
        out.write(content);
        out.write(new byte[(BLOCK - content.length % BLOCK) % BLOCK]);
    }

    /** The two empty blocks that end an archive. */
    void finish() throws IOException {
        out.write(new byte[2 * BLOCK]);
    }

    private void header(String name, int mode, long size, char type) throws IOException {
        byte[] header = new byte[BLOCK];
        text(header, 0, name);
        octal(header, 100, 8, mode);
        octal(header, 108, 8, 0);
        octal(header, 116, 8, 0);
        octal(header, 124, 12, size);
        octal(header, 136, 12, 0);
        header[156] = (byte) type;
        text(header, 257, "ustar\0" + "00");
        octal(header, CHECKSUM_OFFSET, CHECKSUM_LENGTH - 1, checksum(header));
        header[CHECKSUM_OFFSET + CHECKSUM_LENGTH - 1] = ' ';
        out.write(header);
    }

    /** The sum of the header's bytes, with its own field taken for spaces. */
    private static long checksum(byte[] header) {
        long sum = (long) CHECKSUM_LENGTH * ' ';
        for (byte b : header) {
            sum += b & 0xff;
        }
        return sum;
    }

    private static void octal(byte[] header, int offset, int length, long value) {
        text(header, offset, String.format("%0" + (length - 1) + "o", value));
    }

    private static void text(byte[] header, int offset, String text) {
        byte[] bytes = text.getBytes(US_ASCII);
        System.arraycopy(bytes, 0, header, offset, bytes.length);
    }
}
