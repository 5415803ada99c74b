package io.blobpath.store.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.blobpath.cache.Digest;
import io.blobpath.cache.DigestAlgorithm;
import io.blobpath.tck.ChildJvm;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Other processes on the folder, which are killed with SIGKILL after a random number of their file operations: a few times, and a
 * hundred times in the profile {@code campaign}.
 */
final class ProcessTest extends StreamTest {
    private static final int KILLS = Boolean.getBoolean("blobpath.campaign") ? 100 : 4;
    private static final int OPERATIONS = 3_000;

    @Test
    void whatIsVisibleAfterAKillIsCompleteAndRight() throws Exception {
        long seed = Long.getLong("blobpath.seed", System.nanoTime());
        System.out.println("ProcessTest seed " + seed);
        Random random = new Random(seed);

        for (int kill = 0; kill < KILLS; kill++) {
            try (Child child = new Child(folder)) {
                child.await(1 + random.nextInt(OPERATIONS));
            }
            assertVisibleIsRight("kill " + kill);
        }

        assertThat(names("tmp")).isEmpty();
    }

    @Test
    void twoProcessesShareAFolderWhileOneOfThemIsKilled() throws Exception {
        StreamCache cache = cache();
        Script script = new Script().write("mine ");
        StreamReader growing = open(cache, script);

        try (Child first = new Child(folder);
                Child second = new Child(folder)) {
            first.await(300);
            second.await(300);
            first.kill();
            timing.advance(StreamCacheOptions.defaults().sweepPeriod());

            assertThat(names("live")).hasSize(2);
            assertThat(names("tmp")).isNotEmpty();
            second.await(300);
            assertVisibleIsRight("beside a living process");
        }
        script.write("still").end();

        assertThat(readAll(growing)).isEqualTo("mine still");
        assertThat(readWhole(cache, never())).isEqualTo("mine still");
        timing.advance(StreamCacheOptions.defaults().sweepPeriod());
        assertThat(names("live")).hasSize(1);
    }

    /** Each key is either made anew, or there with exactly the bytes that it stands for. */
    private void assertVisibleIsRight(String when) throws IOException {
        try (StreamCache after = cache()) {
            for (int number = 0; number < KilledCache.KEYS; number++) {
                for (StreamKey key : KilledCache.keys(number)) {
                    Digesting digesting = new Digesting();
                    after.fetch(key, digesting, KilledCache.producer(number), OPTIONS);
                    assertThat(digesting.digest()).as("%s, %s", when, key).isEqualTo(KilledCache.digest(number));
                    after.invalidate(key);
                }
            }
        }
    }

    /** A process that makes, reads and drops entries for ever. */
    private static final class Child implements AutoCloseable {
        private final ChildJvm process;

        Child(Path folder) throws IOException {
            process = ChildJvm.start(KilledCache.class, folder.toString());
        }

        /** Waits for so many more of its file operations. */
        void await(int operations) throws IOException {
            InputStream told = process.output();
            assertThat(told.readNBytes(operations)).as("it ended by itself").hasSize(operations);
        }

        void kill() throws InterruptedException {
            process.kill();
        }

        @Override
        public void close() throws IOException, InterruptedException {
            process.close();
        }
    }

    /** What a digest is made of as it arrives. */
    private static final class Digesting implements WritableByteChannel {
        private final MessageDigest hash = KilledCache.sha256();

        Digest digest() {
            return Digest.of(DigestAlgorithm.SHA256, hash.digest());
        }

        @Override
        public int write(ByteBuffer source) {
            int count = source.remaining();
            hash.update(source);
            return count;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }
}
