package io.blobpath.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the small types refuse, and when two of them are equal. */
final class ValuesTest {
    private static final BlobPath PATH = BlobPath.of("a");

    @Test
    void anAnswerOfRemoveDoesNotContradictItself() {
        assertThatThrownBy(() -> new RemoveResult(false, Optional.of(PATH), false))
                .hasMessage("contradiction: removed=false, promoted=Optional[a], last=false");
        assertThatThrownBy(() -> new RemoveResult(false, Optional.empty(), true))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RemoveResult(true, Optional.of(PATH), true))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(RemoveResult.promoted(PATH)).isEqualTo(new RemoveResult(true, Optional.of(PATH), false));
    }

    @Test
    void pagesHaveLimits() {
        assertThat(PageRequest.first(1).limit()).isEqualTo(1);
        assertThat(ScanRequest.first(PageRequest.MAX_LIMIT)
                        .withDuplicates(PageRequest.MAX_LIMIT)
                        .duplicates())
                .isEqualTo(PageRequest.MAX_LIMIT);
        assertThatThrownBy(() -> PageRequest.first(0)).hasMessageStartingWith("limit was 0 but it must be 1 to ");
        assertThatThrownBy(() -> PageRequest.first(PageRequest.MAX_LIMIT + 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ScanRequest.first(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ScanRequest.first(1).withDuplicates(-1))
                .hasMessageStartingWith("duplicates was -1 but it must be 0 to ");
        assertThatThrownBy(() -> ScanRequest.first(1).withDuplicates(PageRequest.MAX_LIMIT + 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @SuppressWarnings("NullAway") // To see that it is refused.
    void nullIsRefused() {
        assertThatNullPointerException().isThrownBy(() -> new PageRequest(1, null));
        assertThatNullPointerException().isThrownBy(() -> new ScanRequest(1, 0, null));
        assertThatNullPointerException().isThrownBy(() -> new RemoveResult(true, null, false));
        assertThatNullPointerException().isThrownBy(() -> Secret.of(null));
    }

    @Test
    void aSecretIsEqualByItsTextAndDoesNotShowIt() {
        assertThat(Secret.of("a")).isEqualTo(Secret.of("a")).hasSameHashCodeAs(Secret.of("a"));
        assertThat(Secret.of("a")).isNotEqualTo(Secret.of("b")).isNotEqualTo("a");
        assertThat(Secret.of("hunter2").toString()).isNotEmpty().doesNotContain("hunter2");
    }

    @Test
    void digestsAreEqualByAlgorithmAndBytes() {
        Digest digest = Digest.of(DigestAlgorithm.SHA256, new byte[32], 0, 32);
        byte[] other = new byte[32];
        other[31] = 1;

        assertThat(digest).isEqualTo(Digest.parse("sha256:" + "0".repeat(64)));
        assertThat(digest).hasSameHashCodeAs(Digest.parse("sha256:" + "0".repeat(64)));
        assertThat(digest).isNotEqualTo(Digest.of(DigestAlgorithm.SHA256, other, 0, 32));
        assertThat(digest.hashCode())
                .isNotEqualTo(Digest.of(DigestAlgorithm.SHA256, other, 0, 32).hashCode());
        assertThat(digest).isNotEqualTo(Digest.of(DigestAlgorithm.SHA512, new byte[64], 0, 64));
        assertThat(digest).isNotEqualTo("sha256");
    }

    @Test
    void algorithmsAreFoundByTheirCodes() {
        assertThat(DigestAlgorithm.byCode(DigestAlgorithm.SHA512.code())).contains(DigestAlgorithm.SHA512);
        assertThat(DigestAlgorithm.byCode((byte) 99)).isEmpty();
    }

    @Test
    void beingThrottledPasses() {
        assertThat(new CacheThrottledException("too fast", null).isRetryable()).isTrue();
    }

    @Test
    void theBytesOfAPathAreCountedInUtf8() {
        assertLongest("\u00a0".repeat(512));
        assertLongest("\u07ff".repeat(512));
        assertLongest("\u0800".repeat(341) + "a");
        assertLongest("\uffff".repeat(341) + "a");
        assertLongest("\u00e9" + "/a".repeat(511));
        assertLongest("a".repeat(1024));
    }

    private static void assertLongest(String path) {
        assertThat(BlobPath.of(path).utf8()).hasSize(BlobPath.MAX_BYTES);
        assertThat(BlobPath.ofUtf8(BlobPath.of(path).utf8())).isEqualTo(BlobPath.of(path));
        assertThatThrownBy(() -> BlobPath.of(path + "b"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1025 bytes of UTF-8");
    }

    @Test
    void anEmptyPathIsNotCalledAnEmptySegment() {
        assertThatThrownBy(() -> BlobPath.of("")).hasMessageContaining("it is empty");
        assertThatThrownBy(() -> BlobPath.of("a//b")).hasMessageContaining("empty segment");
        assertThat(BlobPath.of("a").hashCode()).isNotEqualTo(BlobPath.of("b").hashCode());
    }
}
