package io.blobpath.redis;

import io.blobpath.cache.Digest;
import io.blobpath.cache.DigestAlgorithm;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * Where a scan has come to.
 *
 * @param bucket the bucket that is read; {@link RedisKeys#BUCKETS} behind the last one
 * @param last the last digest of the bucket that was visited
 */
record ScanPosition(int bucket, Optional<Digest> last) {
    static final ScanPosition START = new ScanPosition(0, Optional.empty());

    private static final int BUCKET_BYTES = 2;

    /** The position that a token names. */
    static ScanPosition parse(String token) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(token);
            int bucket = (bytes[0] & 0xff) << 8 | (bytes[1] & 0xff);
            ScanPosition position = new ScanPosition(bucket, digest(bytes));
            if (position.atEnd() || !position.token().equals(token)) {
                throw new IllegalArgumentException("not written by this driver");
            }
            return position;
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException(
                    "invalid scan token: it must come from a page of a scan of this driver", e);
        }
    }

    String token() {
        byte[] digest = last.map(RedisRecords::digest).orElse(new byte[0]);
        byte[] bytes = new byte[BUCKET_BYTES + digest.length];
        bytes[0] = (byte) (bucket >> 8);
        bytes[1] = (byte) bucket;
        System.arraycopy(digest, 0, bytes, BUCKET_BYTES, digest.length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    boolean atEnd() {
        return bucket >= RedisKeys.BUCKETS;
    }

    /** The bound of the members behind the last digest. */
    byte[] lowerBound() {
        return last.map(RedisRecords::behind).orElse(new byte[] {'-'});
    }

    ScanPosition behind(Digest digest) {
        return new ScanPosition(bucket, Optional.of(digest));
    }

    ScanPosition nextBucket() {
        return new ScanPosition(bucket + 1, Optional.empty());
    }

    private static Optional<Digest> digest(byte[] token) {
        if (token.length == BUCKET_BYTES) {
            return Optional.empty();
        }
        DigestAlgorithm algorithm =
                DigestAlgorithm.byCode(token[BUCKET_BYTES]).orElseThrow(IllegalArgumentException::new);
        return Optional.of(Digest.of(algorithm, Arrays.copyOfRange(token, BUCKET_BYTES + 1, token.length)));
    }
}
