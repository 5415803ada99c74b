package io.blobpath.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blobpath.store.fixture.ForwardingFiles;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StoreRootTest {
    @TempDir
    private Path folder;

    @Test
    void missingRootIsRefused() {
        Path missing = folder.resolve("missing");

        assertThatThrownBy(() -> StoreRoot.open(missing))
                .isInstanceOf(StoreRootException.class)
                .hasMessageContainingAll(missing.toString(), "does not exist");
    }

    @Test
    void fileAsRootIsRefused() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> StoreRoot.open(file))
                .isInstanceOf(StoreRootException.class)
                .hasMessageContainingAll(file.toString(), "not a folder");
    }

    @Test
    void unreadableRootIsRefused() {
        ForwardingFiles files = new ForwardingFiles() {
            @Override
            protected void before(Call call, Path file) throws IOException {
                if (call == Call.LIST) {
                    throw new AccessDeniedException(file.toString());
                }
            }
        };

        assertThatThrownBy(() -> StoreRoot.open(folder, files))
                .isInstanceOf(StoreRootException.class)
                .hasMessageContainingAll(folder.toString(), "cannot be read");
    }

    @Test
    void linkToTheRootIsResolvedOnce() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), Files.createDirectory(folder.resolve("real")));

        StoreRoot root = StoreRoot.open(link);

        assertThat(root.path()).isEqualTo(folder.resolve("real").toRealPath());
    }
}
