package io.blobpath.store.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.blobpath.cache.Digest;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What makes two streams the same. */
final class KeyTest {
    @Test
    void theOrderOfFieldsDoesNotSplitAKey() {
        assertThat(StreamKey.of("pack", Map.of("protocol", "2", "depth", "1")))
                .isEqualTo(StreamKey.of("pack", Map.of("depth", "1", "protocol", "2")))
                .hasSameHashCodeAs(StreamKey.of("pack", Map.of("depth", "1", "protocol", "2")));
    }

    @Test
    void everyFieldSplitsAKey() {
        StreamKey key = StreamKey.of("pack", Map.of("protocol", "2"));

        assertThat(key)
                .isNotEqualTo(StreamKey.of("pack", Map.of("protocol", "1")))
                .isNotEqualTo(StreamKey.of("pack", Map.of("protocol", "2", "depth", "1")))
                .isNotEqualTo(StreamKey.of("archive", Map.of("protocol", "2")))
                .isNotEqualTo(StreamKey.of("pack", Map.of("protocol2", "")));
    }

    @Test
    void namesFieldsAndDigestsNeverMeet() {
        String digest = "sha256:" + "a".repeat(64);

        assertThat(StreamKey.of(digest)).isNotEqualTo(StreamKey.of(Digest.parse(digest)));
        assertThat(StreamKey.of("fields:1:a")).isNotEqualTo(StreamKey.of("a", Map.of()));
    }

    @Test
    void aKeyIsWellFormedAndNotTooLong() {
        assertThatIllegalArgumentException().isThrownBy(() -> StreamKey.of("\ud800"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StreamKey.of("x".repeat(5_000)))
                .withMessageContaining("4096");
    }
}
