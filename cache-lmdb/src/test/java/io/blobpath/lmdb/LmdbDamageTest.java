package io.blobpath.lmdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blobpath.cache.BlobPath;
import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.CacheCorruptedException;
import io.blobpath.cache.Digest;
import io.blobpath.cache.ScanRequest;
import io.blobpath.tck.ChildJvm;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A damaged file is never answered from, never kills the process and never keeps it from starting. */
class LmdbDamageTest {
    private static final int ROUNDS = 150;

    @TempDir
    Path directory;

    @Test
    void garbageIsSetAsideAndTheCacheStartsEmpty() throws Exception {
        Files.write(data(), new byte[100_000]);
        Files.setPosixFilePermissions(data(), PosixFilePermissions.fromString("rw-------"));

        try (BlobPathCache cache = Fixtures.open(directory)) {
            assertThat(cache.scan(ScanRequest.first(1)).entries()).isEmpty();
            String aside = cache.info().details().get("recovered from damage");
            assertThat(directory.resolve(aside)).hasSize(100_000);
        }
    }

    @Test
    void aTruncatedFileIsSetAside() throws Exception {
        fill();
        try (FileChannel file = FileChannel.open(data(), StandardOpenOption.WRITE)) {
            file.truncate(file.size() / 2);
        }

        try (BlobPathCache cache = Fixtures.open(directory)) {
            assertThat(cache.info().details()).containsKey("recovered from damage");
            Digest digest = Fixtures.digest(1);
            assertThat(cache.put(digest, Fixtures.path(digest)).added()).isTrue();
        }
    }

    @Test
    void aRecordThatLostItsCheckIsSetAsideWithItsFile() {
        fill();
        byte[] key = LmdbRecords.digestKey(Fixtures.digest(1));
        RawRows.change(directory, transaction -> transaction.replace(key, new byte[20]));

        try (BlobPathCache cache = Fixtures.open(directory)) {
            assertThat(cache.info().details()).containsKey("recovered from damage");
            assertThat(cache.canonical(Fixtures.digest(1))).isEmpty();
        }
    }

    @Test
    void damageSeenWhileOpenIsAnErrorAndMendedByTheNextOpen() {
        Digest digest = Fixtures.digest(1);
        LmdbEnvironment environment = Fixtures.environment(directory);
        try (BlobPathCache cache = Fixtures.open(directory)) {
            cache.put(digest, Fixtures.path(digest));
            environment.write(Fixtures.TIMEOUT, Deadline.in(Fixtures.TIMEOUT), transaction -> {
                transaction.replace(LmdbRecords.digestKey(digest), new byte[20]);
                return true;
            });

            assertThatThrownBy(() -> cache.canonical(digest))
                    .isInstanceOf(CacheCorruptedException.class)
                    .hasMessageContaining(digest.toString());
            assertThatThrownBy(() -> cache.put(digest, BlobPath.of("other")))
                    .isInstanceOf(CacheCorruptedException.class);
        } finally {
            Fixtures.release(environment);
        }
        try (BlobPathCache cache = Fixtures.open(directory)) {
            assertThat(cache.canonical(digest)).isEmpty();
        }
    }

    @Test
    void randomDamageNeverKillsNorLies() throws Exception {
        fill();
        long seed = System.nanoTime();

        try (ChildJvm child = ChildMain.start("damage", directory, Long.toString(seed), Integer.toString(ROUNDS))) {
            List<String> outcomes = child.readAll();

            assertThat(outcomes).as("seed %d", seed).hasSize(ROUNDS + 1).endsWith("done");
            assertThat(outcomes.subList(0, ROUNDS))
                    .as("seed %d", seed)
                    .allMatch(outcome -> outcome.equals("emptied") || outcome.equals("kept 3000"));
            assertThat(outcomes).as("seed %d", seed).contains("emptied");
        }
    }

    @Test
    void theDatabaseOfAnotherProgramIsNotTouched() {
        RawRows.change(directory, transaction -> transaction.replace(new byte[] {1, 2, 3}, new byte[] {4}));

        assertThatThrownBy(() -> Fixtures.open(directory)).hasMessageContaining("another program");

        assertThat(directory.toFile().list()).noneMatch(name -> name.contains("damaged"));
    }

    private void fill() {
        try (BlobPathCache cache = Fixtures.open(directory)) {
            cache.putAll(Fixtures.records(0, 2000));
            cache.putAll(Fixtures.records(2000, 4000));
            cache.removeAll(Fixtures.records(1000, 2000));
        }
    }

    private Path data() {
        return directory.resolve("data.mdb");
    }
}
