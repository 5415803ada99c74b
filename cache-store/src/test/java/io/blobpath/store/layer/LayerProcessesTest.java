package io.blobpath.store.layer;

import static org.assertj.core.api.Assertions.assertThat;

import io.blobpath.tck.ChildJvm;
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
            assertThat(first.readLine()).isEqualTo("reading");
            assertThat(first.readLine()).isEqualTo("half");
            second.tell("1");
            assertThat(second.readLine()).isEqualTo("reading");
            first.tell("go on");
            assertThat(first.readLine()).isEqualTo(digest(1));
            assertThat(second.readLine()).as("it read, and did not download").isEqualTo(digest(1));

            first.tell("2");
            assertThat(first.readLine()).isEqualTo("reading");
            assertThat(first.readLine()).isEqualTo("half");
            second.tell("2");
            assertThat(second.readLine()).isEqualTo("reading");
            first.kill();
            assertThat(second.readLine()).as("its own download").isEqualTo("half");
            second.tell("go on");
            assertThat(second.readLine()).isEqualTo(digest(2));
        }
    }

    /** Starts one and waits until it has opened the index: on a busy machine that takes long, and only one at a time can. */
    private ChildJvm start() throws IOException {
        ChildJvm child = ChildJvm.start(LayerProcess.class, folder.toString());
        assertThat(child.readLine()).isEqualTo("open");
        return child;
    }

    private static String digest(int number) {
        return LayerProcess.layer(number).digest().toString();
    }
}
