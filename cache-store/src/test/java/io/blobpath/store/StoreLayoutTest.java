package io.blobpath.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.blobpath.cache.BlobPath;
import io.blobpath.cache.Digest;
import io.blobpath.cache.DigestAlgorithm;
import io.blobpath.store.fixture.Tree;
import org.junit.jupiter.api.Test;

final class StoreLayoutTest {
    private static final Digest DIGEST = Tree.digest("blob");

    @Test
    void onlyExactNamesAreDigests() {
        String hex = DIGEST.hex();

        assertThat(StoreLayout.digest(DigestAlgorithm.SHA256, hex)).contains(DIGEST);
        assertThat(StoreLayout.digest(DigestAlgorithm.SHA256, hex.substring(1))).isEmpty();
        assertThat(StoreLayout.digest(DigestAlgorithm.SHA512, hex)).isEmpty();
        assertThat(StoreLayout.digest(DigestAlgorithm.SHA256, "A" + hex.substring(1)))
                .isEmpty();
    }

    @Test
    void blobLiesInALayout() {
        assertThat(isBlob("blobs/sha256/" + DIGEST.hex())).isTrue();
        assertThat(isBlob("org/team/app/blobs/sha256/" + DIGEST.hex())).isTrue();
        assertThat(isBlob("app/blobs/sha512/" + DIGEST.hex())).isFalse();
        assertThat(isBlob("app/myblobs/sha256/" + DIGEST.hex())).isFalse();
        assertThat(isBlob("appblobs/sha256/" + DIGEST.hex())).isFalse();
        assertThat(isBlob(".blobpath/blobs/sha256/" + DIGEST.hex())).isFalse();
        assertThat(isBlob("app/.trash/blobs/sha256/" + DIGEST.hex())).isFalse();
    }

    private static boolean isBlob(String path) {
        return StoreLayout.isBlob(DIGEST, BlobPath.of(path));
    }
}
