package io.blobpath.store.blob;

import static org.assertj.core.api.Assertions.assertThat;

import io.blobpath.cache.Digest;
import io.blobpath.store.StoreRoot;
import io.blobpath.store.fixture.FailingFiles;
import io.blobpath.store.fixture.ForwardingFiles.Call;
import io.blobpath.store.fixture.StoreTest;
import io.blobpath.store.fixture.Tree;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each operation of each kind fails once, in a day of a store; then the day is repeated. */
final class BlobStoreFaultTest extends StoreTest {
    private static final RepositoryName A = new RepositoryName("a");
    private static final RepositoryName B = new RepositoryName("b");

    @ParameterizedTest
    @EnumSource(
            value = Call.class,
            names = {"LOCK", "USABLE_SPACE"},
            mode = EnumSource.Mode.EXCLUDE)
    void nothingIsLostWhenAnOperationFails(Call call) throws IOException {
        for (int number = 1; fails(call, number); number++) {
            assertThat(tree.broken()).as("%s %d", call, number).isEmpty();
            assertComplete();
            day(BlobStore.open(root(), cache));
            assertThat(BlobStore.open(root(), cache).tags(B)).containsExactly("1.0");
            assertComplete();
        }
    }

    private boolean fails(Call call, int number) {
        FailingFiles files = new FailingFiles(call, Integer.MAX_VALUE);
        StoreRoot failing = StoreRoot.open(tree.root(), files);
        files.failAt(number);
        try {
            day(BlobStore.open(failing, cache));
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("injected");
        }
        return files.hasFailed();
    }

    private static void day(BlobStore store) throws IOException {
        Images.image(store, A, "1.0", "layer");
        store.mount(A, B, Tree.digest("layer"));
        Images.image(store, B, "1.0", "layer");
        store.deleteManifest(A, ManifestReference.parse("1.0"));
        store.delete(A, Tree.digest("layer"));
    }

    /** Every visible manifest has all its blobs. */
    private void assertComplete() throws IOException {
        BlobStore store = BlobStore.open(root(), cache);
        for (RepositoryName repository : store.repositories()) {
            for (String tag : store.tags(repository)) {
                Optional<Manifest> manifest = store.manifest(repository, ManifestReference.parse(tag));
                assertThat(manifest).isPresent();
                for (Digest digest : new Digest[] {Tree.digest("config"), Tree.digest("layer")}) {
                    assertThat(store.stat(repository, digest)).as("%s", digest).isPresent();
                }
            }
        }
    }
}
