package io.blobpath.store.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What stands behind the bytes of a complete entry. It comes last, so that the bytes begin at zero and can be sent as they are, and
 * so that a file which is cut short has none.
 *
 * <pre>
 * the key | length of the stream: 8 | expires: 8 | boot: 8 | length of the key: 4 | CRC-32C of all of this: 4 | magic: 4
 * </pre>
 *
 * @param key the key
 * @param length how many bytes the stream has
 * @param expires when the time to live is over, in milliseconds of the wall clock
 * @param boot the boot of the system in which it was written unsynced; 0 if it was synced
 */
record Trailer(StreamKey key, long length, long expires, long boot) {
    private static final int FIXED = 3 * Long.BYTES + 3 * Integer.BYTES;
    private static final int MAGIC = 0x42504C53;

    /** How many bytes it takes. */
    int size() {
        return key.bytes().length + FIXED;
    }

    /** The size of the file. */
    long fileSize() {
        return length + size();
    }

    ByteBuffer encode() {
        byte[] name = key.bytes();
        ByteBuffer bytes = ByteBuffer.allocate(name.length + FIXED);
        bytes.put(name).putLong(length).putLong(expires).putLong(boot).putInt(name.length);
        bytes.putInt(crc(bytes.duplicate().flip())).putInt(MAGIC);
        return bytes.flip();
    }

    /** Reads the trailer for this key; empty if the file is not a complete entry of it. */
    static Optional<Trailer> read(SeekableByteChannel file, StreamKey key) throws IOException {
        int size = key.bytes().length + FIXED;
        long start = file.size() - size;
        if (start < 0) {
            return Optional.empty();
        }
        ByteBuffer bytes = ByteBuffer.allocate(size);
        file.position(start);
        while (bytes.hasRemaining() && file.read(bytes) >= 0) {}
        @Nullable Trailer trailer = bytes.hasRemaining() ? null : decode(bytes.flip(), key);
        return Optional.ofNullable(trailer).filter(read -> read.length() == start);
    }

    private static @Nullable Trailer decode(ByteBuffer bytes, StreamKey expected) {
        int crc = crc(bytes.duplicate().limit(bytes.limit() - 2 * Integer.BYTES));
        byte[] key = new byte[expected.bytes().length];
        bytes.get(key);
        Trailer trailer = new Trailer(expected, bytes.getLong(), bytes.getLong(), bytes.getLong());
        boolean whole = bytes.getInt() == key.length && bytes.getInt() == crc && bytes.getInt() == MAGIC;
        return whole && Arrays.equals(key, expected.bytes()) ? trailer : null;
    }

    private static int crc(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }
}
