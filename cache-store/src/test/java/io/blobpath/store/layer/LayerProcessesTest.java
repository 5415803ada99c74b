package io.blobpath.store.layer;

import static org.assertj.core.api.Assertions.assertThat;

import io.blobpath.store.fixture.ChildJvm;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two processes with a layer cache each, on one folder and one LMDB index with its leases. */
@Timeout(120)
final class LayerProcessesTest {
    @TempDir
    Path folder;

    @Test
    void oneDownloadsForBothAndIfItIsKilledTheOtherDoes() throws Exception {
        try (ChildJvm first = start();
                ChildJvm second = start()) {
            first.tell("1");
            assertThat(first.next()).isEqualTo("reading");
            assertThat(first.next()).isEqualTo("half");
            second.tell("1");
            assertThat(second.next()).isEqualTo("reading");
            first.tell("go on");
            assertThat(first.next()).isEqualTo(digest(1));
            assertThat(second.next()).as("it read, and did not download").isEqualTo(digest(1));

            first.tell("2");
            assertThat(first.next()).isEqualTo("reading");
            assertThat(first.next()).isEqualTo("half");
            second.tell("2");
            assertThat(second.next()).isEqualTo("reading");
            first.kill();
            assertThat(second.next()).as("its own download").isEqualTo("half");
            second.tell("go on");
            assertThat(second.next()).isEqualTo(digest(2));
        }
    }

    /** Starts one and waits until it has opened the index: on a busy machine that takes long, and only one at a time can. */
    private ChildJvm start() throws IOException {
        ChildJvm child = new ChildJvm(LayerProcess.class, folder.toString());
        assertThat(child.next()).isEqualTo("open");
        return child;
    }

    private static String digest(int number) {
        return LayerProcess.layer(number).digest().toString();
    }
}
