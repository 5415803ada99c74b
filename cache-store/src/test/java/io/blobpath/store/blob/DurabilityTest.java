package io.blobpath.store.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.blobpath.cache.Digest;
import io.blobpath.store.StoreRoot;
import io.blobpath.store.fixture.ForwardingFiles;
import io.blobpath.store.fixture.StoreTest;
import io.blobpath.store.fixture.Tree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What was acknowledged is on the disk, also if it was somebody else who gave the blob its name, and died before the sync. */
final class DurabilityTest extends StoreTest {
    private static final RepositoryName A = new RepositoryName("a");

    private final UnsyncedNames files = new UnsyncedNames();

    /** Knows the names that a power cut may take, and lets syncs of folders of blobs fail. */
    private static final class UnsyncedNames extends ForwardingFiles {
        private final Set<Path> names = new HashSet<>();
        private boolean broken;

        @Override
        public void link(Path name, Path existing) throws IOException {
            super.link(name, existing);
            names.add(name);
        }

        @Override
        public void rename(Path from, Path to) throws IOException {
            super.rename(from, to);
            names.add(to);
        }

        @Override
        public void sync(Path fileOrFolder) throws IOException {
            if (broken && fileOrFolder.endsWith("blobs/sha256")) {
                throw new IOException("injected");
            }
            super.sync(fileOrFolder);
            names.removeIf(name -> fileOrFolder.equals(name.getParent()));
        }
    }

    @Test
    void aBlobWhoseNameWasNotSyncedIsAcknowledgedAfterIt() throws IOException {
        Digest layer = leaveUnsynced("layer");

        Images.blob(store(), A, "layer");

        assertThat(files.names).doesNotContain(tree.file(A.blob(layer)));
    }

    @Test
    void aManifestBecomesVisibleAfterTheNamesOfItsBlobs() throws IOException {
        Images.blob(store(), A, "config");
        Digest layer = leaveUnsynced("layer");
        assertThat(store().stat(A, layer)).isPresent();

        store().putManifest(A, ManifestReference.parse("1.0"), Images.manifest("config", "layer"));

        assertThat(files.names).doesNotContain(tree.file(A.blob(layer)));
    }

    private Digest leaveUnsynced(String content) {
        files.broken = true;
        assertThatIOException().isThrownBy(() -> Images.blob(store(), A, content));
        files.broken = false;
        Path name = tree.file(A.blob(Tree.digest(content)));
        assertThat(files.names).contains(name);
        return Tree.digest(content);
    }

    private BlobStore store() {
        return BlobStore.open(StoreRoot.open(tree.root(), files), cache);
    }
}
