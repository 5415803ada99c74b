package io.blobpath.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BytesTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "1023, 1023 B",
        "1024, 1.0 KiB",
        "1048575, 1.0 MiB",
        "22559736, 21.5 MiB",
        "9223372036854775807, 8.0 EiB"
    })
    void sizesHaveTheUnitThatFits(long bytes, String text) {
        assertThat(Bytes.text(bytes)).isEqualTo(text);
    }

    @Test
    void nounsFollowTheirNumber() {
        assertThat(Bytes.count(1, "path")).isEqualTo("1 path");
        assertThat(Bytes.count(12_345, "path")).isEqualTo("12,345 paths");
        assertThat(Bytes.count(2, "repository")).isEqualTo("2 repositories");
    }
}
