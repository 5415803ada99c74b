package io.blobpath.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteSizeTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "4096, 4096",
        "1B, 1",
        "10kB, 10000",
        "10 kB, 10000",
        "1KiB, 1024",
        "512MiB, 536870912",
        "3MB, 3000000",
        "64GiB, 68719476736",
        "2GB, 2000000000",
        "1TiB, 1099511627776",
        "1TB, 1000000000000"
    })
    void aSizeIsRead(String text, long bytes) {
        assertThat(ByteSize.parse(text).bytes()).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "-1",
                "1.5GiB",
                "1gib",
                "1KB",
                "GiB",
                "1  kB",
                "1kB ",
                "0x10",
                "\u0661",
                "9999999999999999999"
            })
    void whatIsNoSizeIsRefused(String text) {
        assertThatThrownBy(() -> ByteSize.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aSizeThatOverflowsIsRefused() {
        assertThatThrownBy(() -> ByteSize.parse("99999999TiB"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("64-bit");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0B", "1B", "1023B", "1KiB", "64GiB", "1025KiB", "2048TiB"})
    void theTextComesBack(String text) {
        assertThat(ByteSize.parse(text)).hasToString(text);
    }
}
