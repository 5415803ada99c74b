package io.blobpath.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.blobpath.cache.BlobPath;
import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.BlobPathCaches;
import io.blobpath.cache.CacheConfig;
import io.blobpath.cache.Digest;
import io.blobpath.tck.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills processes that index and dedupe with the embedded cache, by SIGKILL, at random moments from the first instruction on.
 * The profile {@code campaign} kills fifty of each.
 */
final class KillTest {
    private static final int KILLS = Integer.getInteger("blobpath.kills", 6);
    private static final int MOST_STEPS = 6;
    private static final int REPOSITORIES = 5;

    private final long seed = Long.getLong("blobpath.seed", System.nanoTime());
    private final Random random = new Random(seed);

    @TempDir
    Path folder;

    @BeforeEach
    void printTheSeed() {
        System.out.println("KillTest seed " + seed);
    }

    @Test
    void noRecordThatWasAcknowledgedIsLost() throws IOException, InterruptedException {
        int acknowledged = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            Path root = Files.createDirectories(folder.resolve("kill" + kill + "/root"));
            Files.writeString(KilledCommand.config(root), "{\"driver\":\"lmdb\",\"lmdb\":{\"directory\":\"cache\"}}");

            List<String> records = killed("index", root);

            assertRecorded(root, records);
            acknowledged += records.size();
            Run next = Run.of("index", root, "--config", KilledCommand.config(root), "--verify", "--json");
            assertThat(next.exitCode()).as("kill %d: %s", kill, next.out()).isZero();
            assertThat(next.json().get("added").asInt()
                            + next.json().get("known").asInt())
                    .isEqualTo(ManyBlobs.in(root).size());
        }
        assertThat(acknowledged).as("moments after an acknowledgement").isPositive();
    }

    @Test
    void everyFileIsWholeAndTheNextRunFinishesTheJob() throws IOException, InterruptedException {
        Path root = Files.createDirectory(folder.resolve("root"));
        for (int i = 0; i < REPOSITORIES; i++) {
            ManyBlobs.repository(root, "r" + i);
        }
        for (int kill = 0; kill < KILLS; kill++) {
            killed("dedupe", root);

            assertThat(ManyBlobs.in(root))
                    .as("kill %d", kill)
                    .hasSize(REPOSITORIES * ManyBlobs.BLOBS)
                    .allMatch(ManyBlobs::isWhole);
            Run next = Run.of("dedupe", root, "--apply");
            assertThat(next.exitCode()).as("kill %d: %s", kill, next.out()).isZero();
            assertThat(ManyBlobs.files(root)).isEqualTo(ManyBlobs.BLOBS);
            assertThat(root.resolve(".blobpath/tmp")).isEmptyDirectory();
            assertThat(Run.of("dedupe", root, "--undo").exitCode()).isZero();
        }
    }

    /** The records that the process told of before it was killed, without a line that was cut. */
    private List<String> killed(String command, Path root) throws IOException, InterruptedException {
        try (ChildJvm process = ChildJvm.start(KilledCommand.class, command, root.toString())) {
            long took = 0;
            for (int steps = random.nextInt(MOST_STEPS); steps >= 0; steps--) {
                long began = System.nanoTime();
                assertThat(process.readLine()).isEqualTo(KilledCommand.STEP);
                took = System.nanoTime() - began;
            }
            // As long as the step before took, so that it falls anywhere in the next one, however busy the machine is.
            assertThat(process.endsWithin(Duration.ofNanos((long) (random.nextDouble() * took))))
                    .as("the process ended by itself")
                    .isFalse();
        }
        String told = Files.readString(KilledCommand.records(root));
        return told.substring(0, told.lastIndexOf('\n') + 1).lines().toList();
    }

    private static void assertRecorded(Path root, List<String> records) {
        try (BlobPathCache cache = BlobPathCaches.open(CacheConfig.load(KilledCommand.config(root)))) {
            assertThat(records).allSatisfy(record -> {
                String[] parts = record.split(" ", 2);
                assertThat(cache.contains(Digest.parse(parts[0]), BlobPath.of(parts[1])))
                        .isTrue();
            });
        }
    }
}
