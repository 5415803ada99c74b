package io.blobpath.store.blob;

import static org.assertj.core.api.Assertions.assertThat;

import io.blobpath.cache.BlobPath;
import io.blobpath.cache.Digest;
import io.blobpath.store.StoreRoot;
import io.blobpath.store.file.TooManyLinksException;
import io.blobpath.store.fixture.ForwardingFiles;
import io.blobpath.store.fixture.StoreTest;
import io.blobpath.store.fixture.Tree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A file system that allows few names for a file: there are as many copies as that takes, and no more. */
final class LinkLimitTest extends StoreTest {
    private static final Digest DIGEST = Tree.digest("content");
    private static final RepositoryName FIRST = new RepositoryName("r0");
    private static final int LIMIT = 4;

    private final ForwardingFiles limited = new ForwardingFiles() {
        @Override
        public void link(Path name, Path existing) throws IOException {
            if (stat(existing).links() == LIMIT) {
                throw new TooManyLinksException(existing.toString());
            }
            super.link(name, existing);
        }
    };

    @Test
    void uploadsLinkToACopyThatHasRoom() throws IOException {
        List<BlobPath> paths = new ArrayList<>();
        for (int i = 0; i < 3 * LIMIT; i++) {
            Images.blob(store(), new RepositoryName("r" + i), "content");
            paths.add(new RepositoryName("r" + i).blob(DIGEST));
        }

        assertThat(tree.files(paths)).isEqualTo(3);
        assertThat(recorded(DIGEST)).containsExactlyInAnyOrderElementsOf(paths);
    }

    @Test
    void mountsOfAFullCopyUseOneThatHasRoom() throws IOException {
        Images.blob(store(), FIRST, "content");
        List<BlobPath> paths = new ArrayList<>(List.of(FIRST.blob(DIGEST)));
        for (int i = 1; i < 3 * LIMIT; i++) {
            RepositoryName to = new RepositoryName("r" + i);
            assertThat(store().mount(FIRST, to, DIGEST)).isPresent();
            paths.add(to.blob(DIGEST));
        }

        assertThat(tree.files(paths)).isEqualTo(3);
        assertThat(recorded(DIGEST)).containsExactlyInAnyOrderElementsOf(paths);
        assertThat(tree.root().resolve(".blobpath/uploads")).isEmptyDirectory();
    }

    @Test
    void aFetchOfAFullCopyCopiesItAndAsksNobody() throws IOException {
        Images.blob(store(), FIRST, "content");
        for (int i = 1; i < LIMIT; i++) {
            Images.blob(store(), new RepositoryName("r" + i), "content");
        }
        RepositoryName last = new RepositoryName("last");

        try (InputStream in = store().fetch(last, DIGEST, request -> {
            throw new AssertionError("nobody is to be asked");
        })) {
            assertThat(in.readAllBytes()).hasSize(7);
        }

        assertThat(cache.canonical(DIGEST)).contains(last.blob(DIGEST));
        assertThat(tree.files(List.of(FIRST.blob(DIGEST), last.blob(DIGEST)))).isEqualTo(2);
    }

    private BlobStore store() {
        return BlobStore.open(StoreRoot.open(tree.root(), limited), cache);
    }
}
