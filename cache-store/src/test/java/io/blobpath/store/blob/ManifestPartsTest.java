package io.blobpath.store.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.blobpath.cache.Digest;
import io.blobpath.store.InvalidContentException;
import io.blobpath.store.fixture.StoreTest;
import io.blobpath.store.fixture.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Manifests that the index of a repository does not list, but another manifest, as other tools write them. */
final class ManifestPartsTest extends StoreTest {
    private static final RepositoryName A = new RepositoryName("a");
    private static final byte[] PART = Images.manifest("config", "layer");
    private static final byte[] INNER = Images.index(List.of(PART));
    private static final byte[] OUTER = Images.index(List.of(INNER));

    @BeforeEach
    void writeALayout() throws IOException {
        for (byte[] blob : List.of(PART, INNER, OUTER)) {
            tree.blob("a", Images.text(blob));
        }
        list(OUTER);
    }

    @Test
    void areFoundByDigestHoweverDeep() throws IOException {
        Manifest part = find(PART);

        assertThat(part.content()).isEqualTo(PART);
        assertThat(part.mediaType()).isEqualTo("application/vnd.oci.image.manifest.v1+json");
        assertThat(find(INNER).mediaType()).isEqualTo("application/vnd.oci.image.index.v1+json");
    }

    @Test
    void areNotFoundWhenNothingListsThem() throws IOException {
        byte[] other = Images.manifest("config", "another layer");
        tree.blob("a", Images.text(other));

        assertThat(store().manifest(A, reference(other))).isEmpty();
        assertThat(store().manifest(A, reference(Images.manifest("config", "nowhere"))))
                .isEmpty();
        assertThat(store().manifest(new RepositoryName("b"), reference(PART))).isEmpty();
    }

    @Test
    void blobsAreNoManifests() throws IOException {
        tree.blob("a", "layer");

        assertThat(store().manifest(A, reference(Images.bytes("layer")))).isEmpty();
    }

    @Test
    void aDamagedIndexHidesOnlyItsOwn() throws IOException {
        byte[] other = Images.manifest("config", "another layer");
        byte[] damaged = Images.index(List.of(other));
        tree.blob("a", Images.text(other));
        tree.file("a", digest(damaged), "damaged");
        list(damaged, OUTER);

        assertThat(find(PART).content()).isEqualTo(PART);
        assertThatExceptionOfType(InvalidContentException.class)
                .isThrownBy(() -> store().manifest(A, reference(other)))
                .withMessageContaining(digest(damaged).toString());
    }

    @Test
    void aDamagedManifestIsNotServed() throws IOException {
        tree.file("a", digest(PART), "damaged");

        assertThatExceptionOfType(InvalidContentException.class)
                .isThrownBy(() -> find(PART))
                .withMessageContaining("does not match its digest");
    }

    private Manifest find(byte[] content) throws IOException {
        return store().manifest(A, reference(content)).orElseThrow();
    }

    private void list(byte[]... manifests) throws IOException {
        Files.write(tree.root().resolve("a/index.json"), Images.index(List.of(manifests)));
    }

    private BlobStore store() {
        return BlobStore.open(root(), cache);
    }

    private static ManifestReference reference(byte[] content) {
        return ManifestReference.parse(digest(content).toString());
    }

    private static Digest digest(byte[] content) {
        return Tree.digest(Images.text(content));
    }
}
