package io.blobpath.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlobPathTest {
    /** Where one byte of UTF-8 becomes two, three and four, and where UTF-16 disagrees with it. */
    private static final int[] CODE_POINTS = {
        '!', '-', '.', '/', '0', 'A', 'a', '~', 0xa0, 0xe9, 0x7ff, 0x800, 0xd7ff, 0xe000, 0xff5e, 0xffff, 0x10000,
        0x1f600, 0x10ffff
    };

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "library/alpine/blobs/sha256/9f",
                "...",
                ".a",
                "a.",
                "..a/b..",
                " ",
                "a b",
                "C:",
                "%2e%2e",
                "\u00e9",
                "e\u0301",
                "\ud83d\ude00",
                "\ufeff",
                "\uffff"
            })
    void aPathIsKeptAsGiven(String text) {
        BlobPath path = BlobPath.of(text);

        assertThat(path).hasToString(text).isEqualTo(BlobPath.ofUtf8(path.utf8()));
        assertThat(path.utf8()).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/a",
                "a/",
                "a//b",
                ".",
                "..",
                "./a",
                "../a",
                "a/.",
                "a/..",
                "a/./b",
                "a/../b",
                "\\",
                "a\\b",
                "\0",
                "a\0b",
                "a\tb",
                "a\nb",
                "\u001f",
                "\u007f",
                "\u0080",
                "\u009f",
                "\ud83d",
                "\ude00",
                "\ude00\ud83d",
                "a\ud83d/b"
            })
    void whatIsNoPathIsRefused(String text) {
        assertThatThrownBy(() -> BlobPath.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("invalid path '" + Quote.of(text) + "'");
    }

    @Test
    void theLimitIsCountedInBytes() {
        assertThat(BlobPath.of("a".repeat(1024)).utf8()).hasSize(1024);
        assertThat(BlobPath.of("\u00e9".repeat(512)).utf8()).hasSize(1024);
        assertThat(BlobPath.of("\ud83d\ude00".repeat(256)).utf8()).hasSize(1024);
        assertThatThrownBy(() -> BlobPath.of("a".repeat(1025))).hasMessageContaining("1025 bytes");
        assertThatThrownBy(() -> BlobPath.of("\u00e9".repeat(512) + "a")).hasMessageContaining("1025 bytes");
        assertThatThrownBy(() -> BlobPath.of("\u4e2d".repeat(342))).hasMessageContaining("1026 bytes");
        assertThatThrownBy(() -> BlobPath.of("\ud83d\ude00".repeat(257))).hasMessageContaining("1028 bytes");
    }

    @Test
    void bytesThatAreNotUtf8AreRefused() {
        List<byte[]> malformed = List.of(
                new byte[] {(byte) 0xff}, new byte[] {(byte) 0xc3}, new byte[] {(byte) 0xc0, (byte) 0xaf}, new byte[] {
                    (byte) 0xed, (byte) 0xa0, (byte) 0x80
                });

        assertThat(malformed)
                .allSatisfy(bytes -> assertThatThrownBy(() -> BlobPath.ofUtf8(bytes))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("not UTF-8"));
    }

    /** Bytes are looked at eight at a time, text character by character. */
    @Test
    void bytesAndTextAreRefusedAlike() {
        byte[] kinds = {'/', '.', 'a', '\\', ' ', 0x1f, 0, 0x7f, '!', '0', ']', '~'};
        for (int length = 1; length <= 3 * Long.BYTES; length++) {
            for (int one = 0; one < length; one++) {
                for (int other = 0; other < length; other++) {
                    for (byte first : kinds) {
                        for (byte second : new byte[] {'/', '.', 'a'}) {
                            byte[] utf8 = new byte[length];
                            Arrays.fill(utf8, (byte) 'b');
                            utf8[one] = first;
                            utf8[other] = second;
                            assertThat(isPath(() -> BlobPath.ofUtf8(utf8)))
                                    .as("%s", Arrays.toString(utf8))
                                    .isEqualTo(isPath(() -> BlobPath.of(new String(utf8, StandardCharsets.US_ASCII))));
                        }
                    }
                }
            }
        }
    }

    @Test
    void everyByteIsLookedAtInEveryPlace() {
        for (int length = 1; length <= 2 * Long.BYTES + 1; length++) {
            for (int at = 0; at < length; at++) {
                for (int value = 0; value < 0x100; value++) {
                    byte[] utf8 = new byte[length];
                    Arrays.fill(utf8, (byte) 'b');
                    utf8[at] = (byte) value;
                    String text = new String(utf8, StandardCharsets.UTF_8);
                    assertThat(isPath(() -> BlobPath.ofUtf8(utf8)))
                            .as("%s", Arrays.toString(utf8))
                            .isEqualTo(value < 0x80 && isPath(() -> BlobPath.of(text)));
                }
            }
        }
    }

    private static boolean isPath(Supplier<BlobPath> path) {
        try {
            return !path.get().toString().isEmpty();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    @Test
    void theOrderIsThatOfTheBytes() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);

        for (int i = 0; i < 200_000; i++) {
            BlobPath left = path(random);
            BlobPath right = path(random);
            assertThat(Integer.signum(left.compareTo(right)))
                    .as("seed %d: %s against %s", seed, left, right)
                    .isEqualTo(Integer.signum(Arrays.compareUnsigned(left.utf8(), right.utf8())));
        }
    }

    /** Short, and of few characters, so that pairs share a beginning. */
    private static BlobPath path(Random random) {
        StringBuilder text = new StringBuilder("x");
        for (int left = random.nextInt(4); left > 0; left--) {
            text.appendCodePoint(CODE_POINTS[random.nextInt(CODE_POINTS.length)]);
        }
        return BlobPath.of(text.append('x').toString().replaceAll("/[./]*", "/"));
    }
}
