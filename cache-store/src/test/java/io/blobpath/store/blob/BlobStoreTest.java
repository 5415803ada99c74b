package io.blobpath.store.blob;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.blobpath.cache.BlobPath;
import io.blobpath.cache.Digest;
import io.blobpath.store.InvalidContentException;
import io.blobpath.store.StoreRoot;
import io.blobpath.store.UploadExpiredException;
import io.blobpath.store.fixture.ForwardingFiles;
import io.blobpath.store.fixture.StoreTest;
import io.blobpath.store.fixture.Tree;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Blobs of repositories: publish, read, mount, ask. */
final class BlobStoreTest extends StoreTest {
    private static final RepositoryName A = new RepositoryName("library/a");
    private static final RepositoryName B = new RepositoryName("b");
    private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));

    @Test
    void aPublishedBlobCanBeReadAndIsRecorded() throws IOException {
        Digest digest = Images.blob(store(), A, "content");

        assertThat(content(A, digest, 0, Long.MAX_VALUE)).isEqualTo("content");
        assertThat(recorded(digest)).containsExactly(A.blob(digest));
        assertThat(uploads()).isEmpty();
    }

    @Test
    void aRangeOfABlobCanBeRead() throws IOException {
        Digest digest = Images.blob(store(), A, "0123456789");

        assertThat(content(A, digest, 3, 4)).isEqualTo("3456");
        assertThat(content(A, digest, 8, 100)).isEqualTo("89");
        assertThat(content(A, digest, 100, 1)).isEmpty();
        assertThat(content(A, digest, 0, 0)).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> store().read(A, digest, -1, 1));
    }

    @Test
    void theEmptyBlobIsABlob() throws IOException {
        Digest digest = Images.blob(store(), A, "");

        assertThat(store().stat(A, digest)).contains(new BlobStat(digest, 0));
        assertThat(content(A, digest, 0, 10)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "conten", "content and more", "CONTENT"})
    void contentOfAnotherSizeOrDigestLeavesNothingBehind(String other) {
        Digest digest = Tree.digest("content");

        assertThatExceptionOfType(InvalidContentException.class)
                .isThrownBy(() -> store().publish(A, digest, 7, new ByteArrayInputStream(other.getBytes(UTF_8))))
                .withMessageContaining(digest.toString());
        assertThat(uploads()).isEmpty();
        assertThat(tree.root().resolve("library")).doesNotExist();
        assertThat(recorded(digest)).isEmpty();
    }

    @Test
    void anUploadThatACollectionTookAwayIsToldAsThat() {
        Digest digest = Tree.digest("content");
        InputStream slow = new ByteArrayInputStream("content".getBytes(UTF_8)) {
            @Override
            public synchronized int read(byte[] into, int offset, int length) {
                int count = super.read(into, offset, length);
                if (count < 0) {
                    uploads().forEach(file -> assertThat(file.toFile().delete()).isTrue());
                }
                return count;
            }
        };

        assertThatExceptionOfType(UploadExpiredException.class)
                .isThrownBy(() -> store().publish(A, digest, 7, slow))
                .withMessageContaining(digest.toString())
                .withMessageContaining("upload it again");
        assertThat(tree.root().resolve("library")).doesNotExist();
    }

    @Test
    void bytesThatTheStoreHasElsewhereBecomeALink() throws IOException {
        Digest digest = Images.blob(store(), A, "content");
        Images.blob(store(), B, "content");

        assertThat(tree.files(List.of(A.blob(digest), B.blob(digest)))).isEqualTo(1);
        assertThat(recorded(digest)).containsExactly(A.blob(digest), B.blob(digest));
        assertThat(uploads()).isEmpty();
    }

    @Test
    void bytesThatOthersAskForWhileTheyAreReadBecomeALinkAsWell() throws IOException {
        Digest digest = Images.blob(store(), A, "content");
        Path copy = tree.file(A.blob(digest));
        AtomicBoolean asked = new AtomicBoolean();
        ForwardingFiles popular = new ForwardingFiles() {
            @Override
            protected void before(ForwardingFiles.Call call, Path file) throws IOException {
                if (call == Call.READ && file.equals(copy) && !asked.getAndSet(true)) {
                    Files.setLastModifiedTime(copy, LONG_AGO);
                }
            }
        };

        Images.blob(BlobStore.open(StoreRoot.open(tree.root(), popular), cache), B, "content");

        assertThat(asked).isTrue();
        assertThat(tree.files(List.of(A.blob(digest), B.blob(digest)))).isEqualTo(1);
    }

    @Test
    void damagedBytesElsewhereAreNotLinkedTo() throws IOException {
        Digest digest = Images.blob(store(), A, "content");
        Files.writeString(tree.file(A.blob(digest)), "CONTENT");

        Images.blob(store(), B, "content");

        assertThat(tree.content(B.blob(digest))).isEqualTo("content");
    }

    @Test
    void anUploadMendsADamagedBlob() throws IOException {
        Digest digest = Images.blob(store(), A, "content");
        Files.writeString(tree.file(A.blob(digest)), "CONTENT");

        Images.blob(store(), A, "content");

        assertThat(tree.content(A.blob(digest))).isEqualTo("content");
    }

    @Test
    void aStaleRecordIsMendedByAnUpload() throws IOException {
        Digest digest = Tree.digest("content");
        cache.put(digest, A.blob(digest));

        Images.blob(store(), B, "content");

        assertThat(recorded(digest)).containsExactly(B.blob(digest));
        assertThat(tree.content(B.blob(digest))).isEqualTo("content");
    }

    @Test
    void aCopyThatCannotBeLookedAtKeepsItsRecordAndCostsOnlyTheSaving() throws IOException {
        Digest digest = Images.blob(store(), A, "content");
        StoreRoot failing = StoreRoot.open(tree.root(), new ForwardingFiles() {
            @Override
            protected void before(ForwardingFiles.Call call, Path file) throws IOException {
                if (call == ForwardingFiles.Call.STAT && file.equals(tree.file(A.blob(digest)))) {
                    throw new IOException("injected");
                }
            }
        });

        Images.blob(BlobStore.open(failing, cache), B, "content");

        assertThat(tree.files(List.of(A.blob(digest), B.blob(digest)))).isEqualTo(2);
        assertThat(recorded(digest)).containsExactly(A.blob(digest), B.blob(digest));
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> BlobStore.open(failing, cache).stat(A, digest));
        assertThat(recorded(digest)).contains(A.blob(digest));
    }

    @Test
    void aRecordIsNoProofThatABlobIsThere() throws IOException {
        Digest digest = Tree.digest("content");
        cache.put(digest, A.blob(digest));

        assertThat(store().stat(A, digest)).isEmpty();
        assertThat(recorded(digest)).isEmpty();
    }

    @Test
    void aBlobWithoutARecordIsFoundAndRecorded() throws IOException {
        BlobPath path = tree.blob("library/a", "content");
        Digest digest = Tree.digest("content");

        assertThat(store().stat(A, digest)).contains(new BlobStat(digest, 7));
        assertThat(recorded(digest)).containsExactly(path);
    }

    @Test
    void askingForABlobMakesItYoung() throws IOException {
        Digest digest = Images.blob(store(), A, "content");
        Files.setLastModifiedTime(tree.file(A.blob(digest)), LONG_AGO);

        store().stat(A, digest);

        assertThat(tree.state(A.blob(digest)).modified()).isGreaterThan(LONG_AGO);
    }

    @Test
    void aMountIsALinkAndYoung() throws IOException {
        Digest digest = Images.blob(store(), A, "content");
        Files.setLastModifiedTime(tree.file(A.blob(digest)), LONG_AGO);

        assertThat(store().mount(A, B, digest)).contains(new BlobStat(digest, 7));

        assertThat(tree.files(List.of(A.blob(digest), B.blob(digest)))).isEqualTo(1);
        assertThat(tree.state(B.blob(digest)).modified()).isGreaterThan(LONG_AGO);
        assertThat(recorded(digest)).containsExactly(A.blob(digest), B.blob(digest));
        assertThat(uploads()).isEmpty();
    }

    @Test
    void whatIsNotThereIsNotMounted() throws IOException {
        Digest digest = Tree.digest("content");
        cache.put(digest, A.blob(digest));

        assertThat(store().mount(A, B, digest)).isEmpty();
        assertThat(store().repositories()).isEmpty();
    }

    /** CVE-2024-39897, CVE-2026-35172: a look-up must not show a blob in a repository that has it not, or no longer. */
    @Test
    void aRepositoryShowsOnlyItsOwnBlobs() throws IOException {
        Digest digest = Images.blob(store(), A, "content");
        Images.blob(store(), B, "content");
        store().delete(B, digest);

        assertThat(store().stat(B, digest)).isEmpty();
        assertThat(store().read(B, digest)).isEmpty();
        assertThat(store().stat(A, digest)).isPresent();
    }

    @Test
    void aRepositoryBehindASymbolicLinkIsRefused() throws IOException {
        tree.repository("elsewhere");
        Files.createSymbolicLink(tree.root().resolve("b"), tree.root().resolve("elsewhere"));

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> Images.blob(store(), B, "content"))
                .withMessageContaining("b");
        assertThat(tree.root().resolve("elsewhere/blobs/sha256")).isEmptyDirectory();
    }

    @Test
    void blobsBehindASymbolicLinkAreRefused() throws IOException {
        Digest digest = Images.blob(store(), A, "content");
        tree.repository("b");
        Files.delete(tree.root().resolve("b/blobs/sha256"));
        Files.createSymbolicLink(
                tree.root().resolve("b/blobs/sha256"), tree.root().resolve("library/a/blobs/sha256"));

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> store().read(B, digest))
                .withMessageContaining("symbolic link");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> Images.blob(store(), B, "other"))
                .withMessageContaining("symbolic link");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/a", "a/", "a//b", "../a", "a/.b", ".blobpath", "a/blobs/b", "index.json", "a\\b"})
    void aNameThatIsNoRepositorysIsRefused(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> new RepositoryName(name));
    }

    private BlobStore store() {
        return BlobStore.open(root(), cache);
    }

    private String content(RepositoryName repository, Digest digest, long offset, long length) throws IOException {
        Optional<InputStream> stream = store().read(repository, digest, offset, length);
        try (InputStream in = stream.orElseThrow()) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    private List<Path> uploads() {
        Path folder = tree.root().resolve(".blobpath/uploads");
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
