package io.blobpath.store.blob;

import static org.assertj.core.api.Assertions.assertThat;

import io.blobpath.cache.Digest;
import io.blobpath.store.BlobContent;
import io.blobpath.store.BlobSource;
import io.blobpath.store.StoreException;
import io.blobpath.store.StoreListener;
import io.blobpath.store.StoreRoot;
import io.blobpath.store.file.FileOperations;
import io.blobpath.store.fixture.FailingFiles;
import io.blobpath.store.fixture.ForwardingFiles.Call;
import io.blobpath.store.fixture.MemoryFiles;
import io.blobpath.store.fixture.StoreTest;
import io.blobpath.store.fixture.Tree;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.DirectoryStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each operation of each kind fails once, in a day of a store; then the day is repeated. */
final class BlobStoreFaultTest extends StoreTest {
    private static final RepositoryName A = new RepositoryName("a");
    private static final RepositoryName B = new RepositoryName("b");
    private static final Path ROOT = Path.of("/store");
    private static final Clock LATER = Clock.offset(Clock.systemUTC(), Duration.ofDays(2));

    @ParameterizedTest
    @EnumSource(
            value = Call.class,
            names = {"LOCK", "USABLE_SPACE"},
            mode = EnumSource.Mode.EXCLUDE)
    void nothingIsLostWhenAnOperationFails(Call call) throws IOException {
        MemoryFiles files = new MemoryFiles(Clock.systemUTC(), ROOT);
        for (int number = 1; fails(files, call, number); number++) {
            assertWhole(files);
            day(files);
            assertWhole(files);
            assertThat(store(files).tags(B)).as("%s %d", call, number).containsExactly("1.0");
            assertThat(store(files).stat(A, Tree.digest("garbage"))).isEmpty();
        }
    }

    private boolean fails(MemoryFiles files, Call call, int number) {
        FailingFiles failing = new FailingFiles(call, Integer.MAX_VALUE, files);
        StoreRoot root = StoreRoot.open(ROOT, failing);
        failing.failAt(number);
        try {
            day(root);
        } catch (IOException | StoreException e) {
            assertThat(e).hasStackTraceContaining("injected");
        }
        return failing.hasFailed();
    }

    private void day(FileOperations files) throws IOException {
        day(StoreRoot.open(ROOT, files));
    }

    private void day(StoreRoot root) throws IOException {
        BlobStore store = BlobStore.open(root, cache);
        Images.image(store, A, "1.0", "layer");
        store.mount(A, B, Tree.digest("layer"));
        Images.image(store, B, "1.0", "layer");
        fetch(store);
        store.deleteManifest(A, ManifestReference.parse("1.0"));
        store.delete(A, Tree.digest("layer"));
        Images.blob(store, A, "garbage");
        new GarbageCollector(root, cache, BlobStoreOptions.defaults(), StoreListener.NONE, LATER, Pace.SYSTEM)
                .collect(GcOptions.defaults().withApply(true));
    }

    private static void fetch(BlobStore store) throws IOException {
        byte[] bytes = Images.bytes("from elsewhere");
        BlobSource source = request -> new BlobContent(bytes.length, new ByteArrayInputStream(bytes));
        try (InputStream in = store.fetch(B, Tree.digest("from elsewhere"), source)) {
            assertThat(in.readAllBytes()).isEqualTo(bytes);
        }
    }

    /** Every name has the right bytes, and every visible manifest all its blobs. */
    private void assertWhole(MemoryFiles files) throws IOException {
        BlobStore store = store(files);
        for (RepositoryName repository : store.repositories()) {
            assertNamesMatch(files, ROOT.resolve(repository.value()).resolve("blobs/sha256"));
            for (String tag : store.tags(repository)) {
                assertThat(store.manifest(repository, ManifestReference.parse(tag)))
                        .isPresent();
                for (Digest digest : List.of(Tree.digest("config"), Tree.digest("layer"))) {
                    assertThat(store.stat(repository, digest)).as("%s", digest).isPresent();
                }
            }
        }
    }

    private static void assertNamesMatch(MemoryFiles files, Path blobs) throws IOException {
        try (DirectoryStream<Path> names = files.list(blobs)) {
            for (Path each : names) {
                try (InputStream in = Channels.newInputStream(files.read(each))) {
                    assertThat(Tree.digest(Images.text(in.readAllBytes())).hex())
                            .isEqualTo(String.valueOf(each.getFileName()));
                }
            }
        }
    }

    private BlobStore store(MemoryFiles files) {
        return BlobStore.open(StoreRoot.open(ROOT, files), cache);
    }
}
