package io.blobpath.lmdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blobpath.cache.CacheCorruptedException;
import io.blobpath.cache.Digest;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LmdbRecordsTest {
    private static final Digest DIGEST = Fixtures.digest(1);
    private static final byte[] KEY = LmdbRecords.digestKey(DIGEST);

    @ParameterizedTest
    @ValueSource(ints = {1, 63, 64, 383, 384, 385, 1024})
    void anyPathComesBackFromTheDigestRow(int length) {
        byte[] path = bytes("p".repeat(length));

        byte[] value = LmdbRecords.value(KEY, KEY.length, path);

        assertThat(LmdbRecords.path(KEY, KEY.length, value)).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "a/%s", "%s/z", "a/%s/z", "%1$s/%1$s", "a/%.63s", "a/%s0"})
    void aPathWithTheDigestInItComesBack(String pattern) {
        byte[] path = bytes(String.format(pattern, DIGEST.hex()));

        byte[] value = LmdbRecords.value(KEY, KEY.length, path);

        assertThat(LmdbRecords.path(KEY, KEY.length, value)).isEqualTo(path);
    }

    @Test
    void theDigestIsNotStoredTwice() {
        byte[] path = bytes("library/alpine/blobs/sha256/" + DIGEST.hex());

        byte[] value = LmdbRecords.value(KEY, KEY.length, path);

        assertThat(value).hasSize(5 + 2 + path.length - 64);
    }

    @Test
    void theLongestKeyFitsLmdb() {
        byte[] longest = LmdbRecords.digestKey(Digest.parse("sha512:" + "f".repeat(128)));

        byte[] key = LmdbRecords.pathKey(longest, bytes("p".repeat(1024)));

        assertThat(key.length).isLessThanOrEqualTo(511);
    }

    @Test
    void everyFlippedBitIsNoticed() {
        byte[] value = LmdbRecords.value(KEY, KEY.length, bytes("a/" + DIGEST.hex()));

        for (int bit = 0; bit < 8 * value.length; bit++) {
            byte[] flipped = value.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);

            assertThatThrownBy(() -> LmdbRecords.path(KEY, KEY.length, flipped))
                    .isInstanceOf(CacheCorruptedException.class);
        }
    }

    @Test
    void aValueUnderAnotherKeyIsNoticed() {
        byte[] value = LmdbRecords.value(KEY, KEY.length, bytes("a"));
        byte[] other = LmdbRecords.digestKey(Fixtures.digest(2));

        assertThatThrownBy(() -> LmdbRecords.path(other, other.length, value))
                .isInstanceOf(CacheCorruptedException.class);
    }

    @Test
    void randomBytesAreNeverARecord() {
        Random random = new Random(7);

        for (int i = 0; i < 10_000; i++) {
            byte[] value = new byte[random.nextInt(100)];
            random.nextBytes(value);

            assertThatThrownBy(() -> LmdbRecords.path(KEY, KEY.length, value))
                    .isInstanceOf(CacheCorruptedException.class);
        }
    }

    @Test
    void theSuccessorCarries() {
        byte[] successor = LmdbRecords.successor(new byte[] {1, 5, -1, -1});

        assertThat(successor).containsExactly(1, 6, 0, 0);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
