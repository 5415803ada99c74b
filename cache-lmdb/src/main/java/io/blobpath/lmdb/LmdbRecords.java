package io.blobpath.lmdb;

import io.blobpath.cache.CacheCorruptedException;
import io.blobpath.cache.Digest;
import io.blobpath.cache.DigestAlgorithm;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * How a record is written as key and value; nothing else knows.
 *
 * <ul>
 *   <li>The digest's row: key {@code code digest}, value with the canonical path.
 *   <li>A row for each further path, behind it: key {@code code digest path}. A path of more than {@value #PLAIN_LIMIT}
 *       bytes does not fit LMDB's key of 511; its key is {@code code digest first-bytes SHA-256(path)}, and the value has
 *       the path. Rows of such paths that share their first bytes are therefore not in order of their paths.
 *   <li>Value: one byte of form, CRC32C (RFC 3720, B.4) over the key and the rest of the value, then by form: nothing, the
 *       path, or the path without the digest's own hexadecimal digits and, before it, two bytes that tell where they were.
 * </ul>
 */
final class LmdbRecords {
    /** The longest path that is written into a key; 65 + 384 + 32 bytes stay below LMDB's limit of 511. */
    static final int PLAIN_LIMIT = 384;

    private static final int HASH = 32;
    private static final int HEADER = 5;
    private static final byte PATH_IN_KEY = 0;
    private static final byte PATH = 1;
    private static final byte PATH_WITHOUT_HEX = 2;
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final short[] HEX_PAIRS = hexPairs();
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final DigestAlgorithm[] BY_CODE = byCode();

    private LmdbRecords() {}

    static byte[] digestKey(Digest digest) {
        byte[] key = new byte[1 + digest.algorithm().length()];
        key[0] = digest.algorithm().code();
        digest.copyTo(key, 1);
        return key;
    }

    static byte[] pathKey(byte[] digestKey, byte[] path) {
        if (path.length <= PLAIN_LIMIT) {
            byte[] key = Arrays.copyOf(digestKey, digestKey.length + path.length);
            System.arraycopy(path, 0, key, digestKey.length, path.length);
            return key;
        }
        byte[] key = Arrays.copyOf(digestKey, digestKey.length + PLAIN_LIMIT + HASH);
        System.arraycopy(path, 0, key, digestKey.length, PLAIN_LIMIT);
        System.arraycopy(sha256(path), 0, key, digestKey.length + PLAIN_LIMIT, HASH);
        return key;
    }

    /** The first key of which no path behind {@code after} can have a smaller one. */
    static byte[] seekKey(byte[] digestKey, byte[] after) {
        return pathKey(digestKey, after.length <= PLAIN_LIMIT ? after : Arrays.copyOf(after, PLAIN_LIMIT));
    }

    /** The least key behind all rows of the digest. */
    static byte[] successor(byte[] digestKey) {
        byte[] next = digestKey.clone();
        for (int i = next.length - 1; i >= 0 && ++next[i] == 0; i--) {
            // The carry goes on to the byte before; the code in front is far from overflowing.
        }
        return next;
    }

    /** Whether the row is the digest's own or one of its paths. */
    static boolean belongs(byte[] key, byte[] digestKey) {
        return startsWith(key, digestKey, digestKey.length);
    }

    /** Whether the key has only the beginning of its path. */
    static boolean isHashed(byte[] key, int digestKeyLength) {
        return key.length > digestKeyLength + PLAIN_LIMIT;
    }

    /** Whether the key is one of those that {@link #isHashed} and begin like this hashed one. */
    static boolean sameGroup(byte[] key, byte[] hashed) {
        return key.length == hashed.length && startsWith(key, hashed, hashed.length - HASH);
    }

    /** How long the key of the digest is that this key begins with. */
    static int digestKeyLength(byte[] key) {
        return 1 + algorithm(key).length();
    }

    static Digest digest(byte[] digestKey) {
        return Digest.of(algorithm(digestKey), digestKey, 1, digestKey.length - 1);
    }

    /** The value of the digest's row, or of a row whose key does not have the whole path. */
    static byte[] value(byte[] key, int digestKeyLength, byte[] path) {
        int at = indexOfHex(path, key, digestKeyLength);
        byte[] value;
        if (at < 0) {
            value = new byte[HEADER + path.length];
            value[0] = PATH;
            System.arraycopy(path, 0, value, HEADER, path.length);
        } else {
            int hex = 2 * (digestKeyLength - 1);
            value = new byte[HEADER + 2 + path.length - hex];
            value[0] = PATH_WITHOUT_HEX;
            value[HEADER] = (byte) (at >>> 8);
            value[HEADER + 1] = (byte) at;
            System.arraycopy(path, 0, value, HEADER + 2, at);
            System.arraycopy(path, at + hex, value, HEADER + 2 + at, path.length - hex - at);
        }
        return sealed(key, value);
    }

    /** The value of a duplicate's row: with the path, if the key has only its hash. */
    static byte[] pathValue(byte[] key, int digestKeyLength, byte[] path) {
        return isHashed(key, digestKeyLength) ? value(key, digestKeyLength, path) : emptyValue(key);
    }

    /** The value of a row whose key has the path. */
    static byte[] emptyValue(byte[] key) {
        byte[] value = new byte[HEADER];
        value[0] = PATH_IN_KEY;
        return sealed(key, value);
    }

    /**
     * The path of this row, in UTF-8.
     *
     * @throws CacheCorruptedException if the check value does not fit
     */
    static byte[] path(byte[] key, int digestKeyLength, byte[] value) {
        if (value.length < HEADER || (int) INT.get(value, 1) != check(key, value)) {
            throw corrupted(key);
        }
        return switch (value[0]) {
            case PATH_IN_KEY -> Arrays.copyOfRange(key, digestKeyLength, key.length);
            case PATH -> Arrays.copyOfRange(value, HEADER, value.length);
            case PATH_WITHOUT_HEX -> withHex(key, digestKeyLength, value);
            default -> throw corrupted(key);
        };
    }

    /** The same value with its check value written in. */
    static byte[] sealed(byte[] key, byte[] value) {
        INT.set(value, 1, check(key, value));
        return value;
    }

    static boolean isSealed(byte[] key, byte[] value) {
        return value.length >= HEADER && (int) INT.get(value, 1) == check(key, value);
    }

    static CacheCorruptedException corrupted(byte @Nullable [] key) {
        String row = key == null ? "" : " of " + key.length + " bytes of key";
        return new CacheCorruptedException("a record" + row + " does not fit its check value; close every process that"
                + " has the cache open: the next open checks the file, sets it aside and starts an empty one, which"
                + " 'index' fills again");
    }

    private static int check(byte[] key, byte[] value) {
        CRC32C crc = new CRC32C();
        crc.update(key, 0, key.length);
        crc.update(value[0]);
        crc.update(value, HEADER, value.length - HEADER);
        return (int) crc.getValue();
    }

    private static byte[] withHex(byte[] key, int digestKeyLength, byte[] value) {
        int at = ((value[HEADER] & 0xff) << 8) | (value[HEADER + 1] & 0xff);
        int hex = 2 * (digestKeyLength - 1);
        byte[] path = new byte[value.length - HEADER - 2 + hex];
        System.arraycopy(value, HEADER + 2, path, 0, at);
        writeHex(key, digestKeyLength, path, at);
        System.arraycopy(value, HEADER + 2 + at, path, at + hex, path.length - at - hex);
        return path;
    }

    private static int indexOfHex(byte[] path, byte[] key, int digestKeyLength) {
        int hex = 2 * (digestKeyLength - 1);
        if (path.length < hex) {
            return -1;
        }
        byte[] wanted = new byte[hex];
        writeHex(key, digestKeyLength, wanted, 0);
        for (int at = path.length - hex; at >= 0; at--) {
            if (path[at] == wanted[0] && startsWith(path, at, wanted)) {
                return at;
            }
        }
        return -1;
    }

    private static void writeHex(byte[] key, int digestKeyLength, byte[] target, int at) {
        for (int i = 1; i < digestKeyLength; i++) {
            SHORT.set(target, at + 2 * (i - 1), HEX_PAIRS[key[i] & 0xff]);
        }
    }

    private static short[] hexPairs() {
        short[] pairs = new short[0x100];
        for (int value = 0; value < pairs.length; value++) {
            pairs[value] = (short) (Character.forDigit(value >>> 4, 16) << 8 | Character.forDigit(value & 0xf, 16));
        }
        return pairs;
    }

    private static boolean startsWith(byte[] bytes, byte[] prefix, int length) {
        return bytes.length >= length && Arrays.equals(bytes, 0, length, prefix, 0, length);
    }

    private static boolean startsWith(byte[] bytes, int at, byte[] wanted) {
        return Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length);
    }

    private static DigestAlgorithm algorithm(byte[] key) {
        int code = key.length == 0 ? -1 : key[0];
        if (code < 0 || code >= BY_CODE.length || BY_CODE[code] == null || key.length <= BY_CODE[code].length()) {
            throw corrupted(key);
        }
        return BY_CODE[code];
    }

    private static DigestAlgorithm[] byCode() {
        DigestAlgorithm[] table = new DigestAlgorithm[16];
        for (DigestAlgorithm algorithm : DigestAlgorithm.values()) {
            table[algorithm.code()] = algorithm;
        }
        return table;
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
