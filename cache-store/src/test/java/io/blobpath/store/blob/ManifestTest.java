package io.blobpath.store.blob;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.blobpath.cache.Digest;
import io.blobpath.store.BlobInUseException;
import io.blobpath.store.BlobUnknownException;
import io.blobpath.store.InvalidContentException;
import io.blobpath.store.file.FileOperations;
import io.blobpath.store.fixture.StoreTest;
import io.blobpath.store.fixture.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Manifests, tags and what they refer to. */
final class ManifestTest extends StoreTest {
    private static final RepositoryName A = new RepositoryName("library/a");
    private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));

    @Test
    void aManifestIsVisibleUnderTagAndDigest() throws IOException {
        Digest digest = Images.image(store(), A, "1.0", "layer");

        Manifest manifest = store().manifest(A, ManifestReference.parse("1.0")).orElseThrow();
        assertThat(manifest.digest()).isEqualTo(digest);
        assertThat(manifest.mediaType()).isEqualTo("application/vnd.oci.image.manifest.v1+json");
        assertThat(manifest.content()).isEqualTo(Images.manifest("config", "layer"));
        assertThat(store().manifest(A, ManifestReference.parse(digest.toString())))
                .isPresent();
        assertThat(store().tags(A)).containsExactly("1.0");
        assertThat(store().repositories()).containsExactly(A);
    }

    @Test
    void aManifestWhoseBlobsAreMissingStaysInvisible() throws IOException {
        Images.blob(store(), A, "config");

        assertThatExceptionOfType(BlobUnknownException.class)
                .isThrownBy(() ->
                        store().putManifest(A, ManifestReference.parse("1.0"), Images.manifest("config", "layer")))
                .satisfies(e -> assertThat(e.digests()).containsExactly(Tree.digest("layer")));
        assertThat(store().tags(A)).isEmpty();
    }

    @Test
    void aBlobThatASweeperPutAsideIsThere() throws IOException {
        Images.blob(store(), A, "config");
        Digest layer = Images.blob(store(), A, "layer");
        Files.move(tree.file(A.blob(layer)), new Aside(root(), A).newName(layer));

        store().putManifest(A, ManifestReference.parse("1.0"), Images.manifest("config", "layer"));

        assertThat(tree.content(A.blob(layer))).isEqualTo("layer");
    }

    @Test
    void aManifestThatSaysAnotherSizeIsRefused() throws IOException {
        Images.blob(store(), A, "config");
        String wrong = new String(Images.manifest("config"), UTF_8).replace("\"size\":6", "\"size\":7");

        assertThatExceptionOfType(InvalidContentException.class)
                .isThrownBy(() -> store().putManifest(A, ManifestReference.parse("1.0"), wrong.getBytes(UTF_8)))
                .withMessageContaining("7 bytes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"config\":{},\"layers\":[]}",
                "{\"mediaType\":\"x\",\"layers\":{}}",
                "{\"mediaType\":\"application/vnd.docker.distribution.manifest.v1+json\",\"fsLayers\":[]}",
                "{\"mediaType\":\"x\",\"layers\":[{\"digest\":\"sha256:../../etc/passwd\",\"size\":1}]}"
            })
    void whatIsNoManifestIsRefused(String content) {
        assertThatExceptionOfType(InvalidContentException.class)
                .isThrownBy(() -> store().putManifest(A, ManifestReference.parse("1.0"), content.getBytes(UTF_8)));
        assertThat(tree.root().resolve(".blobpath")).doesNotExist();
    }

    @Test
    void absurdNestingIsAClearError() {
        byte[] deep = ("{\"mediaType\":\"x\",\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}").getBytes(UTF_8);

        assertThatExceptionOfType(InvalidContentException.class)
                .isThrownBy(() -> store().putManifest(A, ManifestReference.parse("1.0"), deep))
                .withMessageContaining("nesting");
    }

    @Test
    void aTagMovesAndLeavesTheOldManifest() throws IOException {
        Digest old = Images.image(store(), A, "latest", "layer 1");
        Digest now = Images.image(store(), A, "latest", "layer 2");

        assertThat(store().manifest(A, ManifestReference.parse("latest"))
                        .orElseThrow()
                        .digest())
                .isEqualTo(now);
        assertThat(store().stat(A, old)).isPresent();
        assertThat(store().tags(A)).containsExactly("latest");
    }

    @Test
    void aManifestWhoseTagMovedStaysReadableByItsDigest() throws IOException {
        Digest old = Images.image(store(), A, "latest", "layer 1");
        ManifestReference byDigest = ManifestReference.parse(old.toString());

        Images.image(store(), A, "latest", "layer 2");

        assertThat(store().manifest(A, byDigest).orElseThrow().content())
                .isEqualTo(Images.manifest("config", "layer 1"));
        assertThatExceptionOfType(BlobInUseException.class).isThrownBy(() -> store().delete(A, Tree.digest("layer 1")));
        assertThat(store().deleteManifest(A, byDigest)).isTrue();
        assertThat(store().manifest(A, byDigest)).isEmpty();
    }

    @Test
    void aTagThatComesBackLeavesNoTraceOfItsMove() throws IOException {
        Images.image(store(), A, "latest", "layer 1");
        Images.image(store(), A, "latest", "layer 2");
        Images.image(store(), A, "latest", "layer 1");
        Images.image(store(), A, "1.0", "layer 2");

        assertThat(tree.root().resolve("library/a/index.json")).content().doesNotContain("untagged");
        assertThat(images().entries()).hasSize(2);
    }

    @Test
    void aManifestWithAnotherTagHasNotLostItsTag() throws IOException {
        Images.image(store(), A, "1.0", "layer 1");
        Images.image(store(), A, "latest", "layer 1");
        Images.image(store(), A, "latest", "layer 2");

        assertThat(images().entries()).extracting(ImageIndex.Entry::tag).containsExactly("1.0", "latest");
    }

    @Test
    void deletingATagKeepsTheOthers() throws IOException {
        Digest digest = Images.image(store(), A, "1.0", "layer");
        Images.image(store(), A, "latest", "layer");

        assertThat(store().deleteManifest(A, ManifestReference.parse("1.0"))).isTrue();
        assertThat(store().tags(A)).containsExactly("latest");
        assertThat(store().deleteManifest(A, ManifestReference.parse(digest.toString())))
                .isTrue();
        assertThat(store().tags(A)).isEmpty();
        assertThat(store().deleteManifest(A, ManifestReference.parse("latest"))).isFalse();
    }

    @Test
    void aBlobThatAManifestNeedsIsNotRemoved() throws IOException {
        Images.image(store(), A, "1.0", "layer");
        store().putManifest(
                        A, ManifestReference.parse("all"), Images.index(List.of(Images.manifest("config", "layer"))));
        store().deleteManifest(A, ManifestReference.parse("1.0"));

        assertThatExceptionOfType(BlobInUseException.class)
                .isThrownBy(() -> store().delete(A, Tree.digest("layer")))
                .withMessageContaining(Tree.digest("layer").toString());
        store().deleteManifest(A, ManifestReference.parse("all"));
        assertThat(store().delete(A, Tree.digest("layer"))).isTrue();
        assertThat(store().delete(A, Tree.digest("layer"))).isFalse();
        assertThat(recorded(Tree.digest("layer"))).isEmpty();
    }

    @Test
    void nothingIsRemovedWhileAManifestCannotBeFollowed() throws IOException {
        Digest manifest = Images.image(store(), A, "1.0", "layer");
        Digest other = Images.blob(store(), A, "other");
        Files.writeString(tree.file(A.blob(manifest)), "{}");

        assertThatExceptionOfType(InvalidContentException.class)
                .isThrownBy(() -> store().delete(A, other))
                .withMessageContaining(manifest.toString());
        assertThat(tree.content(A.blob(other))).isEqualTo("other");
    }

    @Test
    void whatOtherToolsWroteIntoTheIndexStays() throws IOException {
        tree.repository("library/a");
        Path index = tree.root().resolve("library/a/index.json");
        Files.writeString(index, "{\"schemaVersion\":2,\"annotations\":{\"x\":\"y\"},\"manifests\":[]}");

        Images.image(store(), A, "1.0", "layer");

        assertThat(index).content().contains("\"annotations\":{\"x\":\"y\"}");
    }

    @Test
    void theIndexStaysReadableForThoseWhoCouldReadIt() throws IOException {
        tree.repository("library/a");
        Path index = tree.root().resolve("library/a/index.json");
        Files.setPosixFilePermissions(index, PosixFilePermissions.fromString("rw-r--r--"));
        Files.setLastModifiedTime(index, LONG_AGO);

        Images.image(store(), A, "1.0", "layer");

        assertThat(Files.getPosixFilePermissions(index)).isEqualTo(PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(Files.getLastModifiedTime(index)).isGreaterThan(LONG_AGO);
    }

    @Test
    void aDamagedIndexIsNotWrittenOver() throws IOException {
        Images.image(store(), A, "1.0", "layer");
        Path index = tree.root().resolve("library/a/index.json");
        Files.writeString(index, "{\"manifests\":");

        assertThatExceptionOfType(InvalidContentException.class)
                .isThrownBy(() -> Images.image(store(), A, "2.0", "layer"))
                .withMessageContaining("index.json");
        assertThat(index).hasContent("{\"manifests\":");
    }

    @Test
    void aLayerThatIsDistributedElsewhereMayBeAbsent() throws IOException {
        Images.blob(store(), A, "config");
        String manifest = new String(Images.manifest("config", "layer"), UTF_8)
                .replace("\"size\":5}", "\"size\":5,\"urls\":[\"https://example.com/layer\"]}");

        store().putManifest(A, ManifestReference.parse("1.0"), manifest.getBytes(UTF_8));

        assertThat(store().tags(A)).containsExactly("1.0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".a", "-a", "a b", "a/b", "sha256:ab"})
    void whatIsNeitherTagNorDigestIsRefused(String reference) {
        assertThatIllegalArgumentException().isThrownBy(() -> ManifestReference.parse(reference));
    }

    private ImageIndex images() throws IOException {
        return ImageIndex.read(FileOperations.system(), tree.root().resolve("library/a/index.json"));
    }

    private BlobStore store() {
        return BlobStore.open(root(), cache);
    }
}
