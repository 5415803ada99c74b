package io.blobpath.store.dedupe;

import static org.assertj.core.api.Assertions.assertThat;

import io.blobpath.cache.BlobPath;
import io.blobpath.store.fixture.StoreTest;
import io.blobpath.store.fixture.Tree;
import io.blobpath.tck.ChildJvm;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Kills a process that indexes, dedupes and undoes, with SIGKILL, after a random number of its file operations. The
 * profile {@code campaign} kills fifty.
 */
final class KillTest extends StoreTest {
    private static final int KILLS = Integer.getInteger("blobpath.kills", 10);
    private static final int REPOSITORIES = 5;
    private static final int BLOBS = 40;
    private static final int OPERATIONS = 12_000;

    @Test
    void filesAreWholeAfterEveryKillAndTheNextRunCompletes() throws IOException, InterruptedException {
        long seed = Long.getLong("blobpath.seed", System.nanoTime());
        System.out.println("KillTest seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < REPOSITORIES * BLOBS; i++) {
            tree.blob("r" + i % REPOSITORIES, "blob " + i / REPOSITORIES);
        }

        for (int kill = 0; kill < KILLS; kill++) {
            killAfter(1 + random.nextInt(OPERATIONS));

            assertThat(tree.broken()).as("kill %d", kill).isEmpty();
        }

        assertThat(dedupe().problems().named()).isEmpty();
        for (int blob = 0; blob < BLOBS; blob++) {
            assertThat(tree.files(paths("blob " + blob))).isEqualTo(1);
        }
        assertThat(tree.leftovers()).isEmpty();
    }

    private void killAfter(int operations) throws IOException, InterruptedException {
        try (ChildJvm process = ChildJvm.start(KilledProcess.class, tree.root().toString())) {
            assertThat(process.output().readNBytes(operations))
                    .as("the process ended by itself")
                    .hasSize(operations);
        }
    }

    private static List<BlobPath> paths(String content) {
        List<BlobPath> paths = new ArrayList<>();
        for (int i = 0; i < REPOSITORIES; i++) {
            paths.add(Tree.path("r" + i, Tree.digest(content)));
        }
        return paths;
    }
}
