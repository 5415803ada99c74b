package io.blobpath.redis;

import io.blobpath.cache.BlobEntry;
import io.blobpath.cache.BlobPath;
import io.blobpath.cache.CacheCorruptedException;
import io.blobpath.cache.Digest;
import io.blobpath.cache.DigestAlgorithm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a record is written: as a member of its bucket's sorted set, in which all scores are 0, so that members are ordered by
 * their bytes:
 *
 * <pre>
 * algorithm (1 byte), digest (32 or 64 bytes), 0 for the canonical path or 1 for a duplicate (1 byte), path (UTF-8)
 * 0xff, stamp
 * </pre>
 *
 * <p>The order is all that is needed. The canonical path is the first member of its digest, the next in line for promotion the
 * second, and a listing or a scan reads on from where it was. The stamp is the last member of every bucket, so each look-up
 * meets a record or the stamp, and a bucket that was lost, which has neither, never looks like an absent digest.
 */
final class RedisRecords {
    static final byte CANONICAL = 0;
    static final byte DUPLICATE = 1;
    static final byte STAMP = (byte) 0xff;

    private RedisRecords() {}

    /** Algorithm and bytes of the digest. */
    static byte[] digest(Digest digest) {
        byte[] bytes = new byte[1 + digest.algorithm().length()];
        bytes[0] = digest.algorithm().code();
        digest.copyTo(bytes, 1);
        return bytes;
    }

    static byte[] member(Digest digest, byte kind, BlobPath path) {
        byte[] utf8 = path.utf8();
        int at = 1 + digest.algorithm().length();
        byte[] bytes = new byte[at + 1 + utf8.length];
        bytes[0] = digest.algorithm().code();
        digest.copyTo(bytes, 1);
        bytes[at] = kind;
        System.arraycopy(utf8, 0, bytes, at + 1, utf8.length);
        return bytes;
    }

    /** The bound {@code [} of the members of this kind. */
    static byte[] from(Digest digest, byte kind) {
        int length = digest.algorithm().length();
        byte[] bytes = new byte[length + 3];
        bytes[0] = '[';
        bytes[1] = digest.algorithm().code();
        digest.copyTo(bytes, 2);
        bytes[length + 2] = kind;
        return bytes;
    }

    /** The bound behind all members of the digest. */
    static byte[] behind(Digest digest) {
        return from(digest, (byte) (DUPLICATE + 1));
    }

    /** The bound {@code (} behind this duplicate. */
    static byte[] behind(Digest digest, BlobPath path) {
        byte[] member = member(digest, DUPLICATE, path);
        byte[] bytes = new byte[member.length + 1];
        bytes[0] = '(';
        System.arraycopy(member, 0, bytes, 1, member.length);
        return bytes;
    }

    /** Whether the member is one of this kind of the digest. */
    static boolean is(byte[] member, Digest digest, byte kind) {
        byte[] from = from(digest, kind);
        return member.length >= from.length - 1 && Arrays.equals(member, 0, from.length - 1, from, 1, from.length);
    }

    /** The digest of a record. */
    static Digest digest(byte[] member) {
        DigestAlgorithm algorithm = DigestAlgorithm.byCode(member.length == 0 ? 0 : member[0])
                .filter(known -> member.length > known.length() + 2)
                .orElseThrow(() -> foreign(null));
        return Digest.of(algorithm, member, 1, algorithm.length());
    }

    /** The path of a record of this digest. */
    static BlobPath path(Digest digest, byte[] member) {
        int at = 2 + digest.algorithm().length();
        if (member.length <= at) {
            throw foreign(null);
        }
        try {
            return BlobPath.ofUtf8(Arrays.copyOfRange(member, at, member.length));
        } catch (IllegalArgumentException e) {
            throw foreign(e);
        }
    }

    static List<BlobPath> paths(Digest digest, List<byte[]> members) {
        List<BlobPath> paths = new ArrayList<>(members.size());
        for (byte[] member : members) {
            paths.add(path(digest, member));
        }
        return paths;
    }

    /** The entry of these members: the canonical one, then at most one duplicate more than asked for. */
    static Optional<BlobEntry> entry(List<byte[]> members, int duplicates) {
        if (members.isEmpty()) {
            return Optional.empty();
        }
        Digest digest = digest(members.get(0));
        List<BlobPath> paths = paths(digest, members);
        boolean complete = paths.size() <= duplicates + 1;
        return Optional.of(new BlobEntry(
                digest, paths.get(0), paths.subList(1, complete ? paths.size() : duplicates + 1), complete));
    }

    static CacheCorruptedException foreign(@Nullable Throwable cause) {
        return new CacheCorruptedException(
                "a key of this namespace holds what this driver did not write; choose another prefix, or remove the"
                        + " namespace and index anew",
                cause);
    }
}
