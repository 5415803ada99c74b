package io.blobpath.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DigestTest {
    private static final List<DigestAlgorithm> ALGORITHMS = List.of(DigestAlgorithm.values());
    private static final String HEX = "0123456789abcdef".repeat(4);

    @ParameterizedTest
    @EnumSource
    void textAndBytesComeBack(DigestAlgorithm algorithm) {
        String text = algorithm.id() + ":" + "0f".repeat(algorithm.length());

        Digest digest = Digest.parse(text);

        assertThat(digest).hasToString(text).isEqualTo(Digest.of(algorithm, digest.bytes()));
        assertThat(digest.hex()).isEqualTo("0f".repeat(algorithm.length()));
        assertThat(DigestAlgorithm.byCode(algorithm.code())).contains(algorithm);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                "sha256",
                "sha256:",
                "md5:0123456789abcdef0123456789abcdef",
                "sha384:" + "aa",
                "../etc/passwd",
                "sha256:../../../../../../../../../../../../../../../../../../../etc/pwd",
                "sha256:\u0660"
            })
    void whatIsNoDigestIsRefused(String text) {
        assertThatThrownBy(() -> Digest.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("invalid digest '" + Quote.of(text) + "'");
    }

    @Test
    void nearlyRightIsRefused() {
        assertThat(List.of(
                        "SHA256:" + HEX,
                        "sha256:" + HEX.toUpperCase(Locale.ROOT),
                        "sha256:" + HEX.substring(1),
                        "sha256:" + HEX + "0",
                        "sha256::" + HEX.substring(1),
                        " sha256:" + HEX,
                        "sha256:" + HEX + "\n",
                        "sha512:" + HEX,
                        "sha256:" + HEX.replace('a', 'g'),
                        "sha256:" + HEX.replace('0', '\uff10')))
                .allSatisfy(text ->
                        assertThatThrownBy(() -> Digest.parse(text)).isInstanceOf(IllegalArgumentException.class));
    }

    @Test
    void aLongTextIsCutInTheMessage() {
        assertThatThrownBy(() -> Digest.parse("x".repeat(100_000)))
                .satisfies(refusal -> assertThat(refusal.getMessage()).hasSizeLessThan(400));
    }

    @Test
    void bytesAreCopied() {
        byte[] bytes = new byte[32];
        Digest digest = Digest.of(DigestAlgorithm.SHA256, bytes);

        bytes[0] = 1;
        digest.bytes()[0] = 1;

        assertThat(digest.hex()).isEqualTo("00".repeat(32));
    }

    @Test
    void aRangeOfBytesIsEnough() {
        byte[] bytes = new byte[40];
        bytes[5] = 7;

        assertThat(Digest.of(DigestAlgorithm.BLAKE3, bytes, 5, 32).hex()).isEqualTo("07" + "00".repeat(31));
        assertThatThrownBy(() -> Digest.of(DigestAlgorithm.BLAKE3, bytes, 9, 32))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> Digest.of(DigestAlgorithm.SHA512, bytes)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void copyToTellsWhereItEnds() {
        byte[] target = new byte[34];
        Digest digest = Digest.parse("sha256:" + HEX);

        assertThat(digest.copyTo(target, 1)).isEqualTo(33);
        assertThat(Arrays.copyOfRange(target, 1, 33)).isEqualTo(digest.bytes());
    }

    @Test
    void theOrderIsThatOfCodeAndUnsignedBytes() {
        Random random = new Random(1);
        List<Digest> digests = Stream.generate(() -> {
                    DigestAlgorithm algorithm = ALGORITHMS.get(random.nextInt(ALGORITHMS.size()));
                    byte[] bytes = new byte[algorithm.length()];
                    random.nextBytes(bytes);
                    return Digest.of(algorithm, bytes);
                })
                .limit(500)
                .toList();

        assertThat(digests.stream().sorted().toList())
                .isEqualTo(digests.stream()
                        .sorted((a, b) -> Arrays.compareUnsigned(key(a), key(b)))
                        .toList());
    }

    @Test
    void sameBytesOfAnotherAlgorithmAreAnotherDigest() {
        assertThat(Digest.parse("sha256:" + HEX)).isNotEqualTo(Digest.parse("blake3:" + HEX));
    }

    private static byte[] key(Digest digest) {
        byte[] key = new byte[1 + digest.algorithm().length()];
        key[0] = digest.algorithm().code();
        digest.copyTo(key, 1);
        return key;
    }
}
