package io.blobpath.store.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.blobpath.store.stream.FaultyFiles.Fault;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Lets each operation of the disk fail, the first one, the second and so on, until a run has none left to fail. */
final class FaultTest extends StreamTest {
    private static final String CONTENT = "0123456789".repeat(60_000);

    @ParameterizedTest
    @EnumSource(value = Fault.class, mode = EnumSource.Mode.EXCLUDE, names = "READ")
    void aFailingDiskCostsTheCacheAndNobodyTheirStream(Fault fault) throws Exception {
        StreamCacheOptions synced = StreamCacheOptions.defaults().withSync(true);

        int number = 0;
        for (boolean struck = true; struck; ) {
            number++;
            FaultyFiles files = new FaultyFiles(fault, number);
            StreamCache cache = cache(synced, files);
            Files.writeString(folder.resolve("v1/live/a process that died"), "");
            files.arm();
            StreamKey key = StreamKey.of("key " + number);
            for (int round = 0; round < 3; round++) {
                assertThat(joined(cache, key))
                        .as("%s %d round %d", fault, number, round)
                        .isTrue();
            }
            cache.invalidate(key);
            timing.advance(StreamCacheOptions.defaults().sweepPeriod());
            struck = files.hasStruck();
            files.disarm();
            cache.close();
            assertThat(cache.stats().failures()).isZero();
        }

        cache();
        timing.advance(StreamCacheOptions.defaults().sweepPeriod());
        assertThat(number).isGreaterThan(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"CREATE", "OPEN", "WRITE", "PARTIAL_WRITE", "CLOSE", "RENAME"})
    void ifTheCallerSaysSoTheFailureOfTheDiskIsTold(Fault fault) throws Exception {
        FaultyFiles files = new FaultyFiles(fault, fault == Fault.OPEN ? 2 : 1);
        StreamCache cache = cache(StreamCacheOptions.defaults().withStorageErrors(StorageErrorPolicy.FAIL), files);
        files.arm();

        assertThatExceptionOfType(StreamStorageException.class)
                .isThrownBy(() -> readWhole(cache, text("content")))
                .withMessageContaining("injected");

        timing.join();
        assertThat(names("tmp")).isEmpty();
        assertThat(entries()).isEmpty();
        assertThat(readWhole(cache, text("content"))).isEqualTo("content");
        assertThat(readWhole(cache, never())).isEqualTo("content");
    }

    @Test
    void aReaderWhoseFirstReadFailsGoesPastTheCache() throws Exception {
        readWhole(cache(), text("content"));
        FaultyFiles files = new FaultyFiles(Fault.READ, 1);
        StreamCache cache = cache(StreamCacheOptions.defaults(), files);
        StreamReader reader = open(cache, text("content"));
        files.arm();

        assertThat(readAll(reader)).isEqualTo("content");

        assertThat(reader.outcome()).isEqualTo(Outcome.BYPASSED);
        assertThat(entries()).isEmpty();
        assertThat(cache.stats().storageErrors()).isEqualTo(1);
    }

    @Test
    void aReaderThatHasBytesLearnsThatTheRestCannotBeRead() throws Exception {
        readWhole(cache(), text("content"));
        FaultyFiles files = new FaultyFiles(Fault.READ, 2);
        StreamCache cache = cache(StreamCacheOptions.defaults(), files);
        StreamReader reader = open(cache, never());
        files.arm();
        assertThat(read(reader, 1)).isEqualTo("c");

        assertThatExceptionOfType(StreamStorageException.class).isThrownBy(() -> read(reader, 1));

        assertThat(entries()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"CREATE", "OPEN", "WRITE", "CLOSE", "RENAME", "SYNC", "DELETE"})
    void whateverHangsHangsNoOtherKeyAndItsOwnGoesOnAfterwards(Fault fault) throws Exception {
        int number = 0;
        for (boolean hung = true; hung; ) {
            number++;
            FaultyFiles files = new FaultyFiles(fault, number).hanging();
            StreamCache cache = cache(StreamCacheOptions.defaults().withSync(true), files);
            files.arm();
            FutureTask<String> stuck = start(() -> {
                String content = readWhole(cache, text("content"));
                cache.invalidate(KEY);
                return content;
            });
            while (!files.hasHung() && !stuck.isDone()) {
                Thread.onSpinWait();
            }
            hung = files.hasHung();
            if (!hung) {
                files.disarm();
            }

            try (StreamReader other = cache.open(StreamKey.of("other " + number), text("other"), OPTIONS)) {
                assertThat(readAll(other)).isEqualTo("other");
            }
            files.release();

            assertThat(stuck.get()).isEqualTo("content");
            cache.close();
        }
        assertThat(number).isGreaterThan(1);
    }

    @Test
    void aWriteThatHangsHangsNoOtherKeyAndNoReaderOfWhatIsThere() throws Exception {
        FaultyFiles files = new FaultyFiles(Fault.WRITE, 2).hanging();
        StreamCache cache = cache(StreamCacheOptions.defaults(), files);
        files.arm();
        Script script = new Script().write("a").write("stuck").end();
        StreamReader stuck = open(cache, script);
        files.awaitHang();

        assertThat(read(stuck, 100)).isEqualTo("a");
        assertThat(read(open(cache, never()), 100)).isEqualTo("a");
        try (StreamReader other = cache.open(StreamKey.of("other"), text("content"), OPTIONS)) {
            assertThat(readAll(other)).isEqualTo("content");
        }
        timing.advance(StreamCacheOptions.defaults().sweepPeriod());
        files.release();

        assertThat(readAll(stuck)).isEqualTo("stuck");
    }

    @Test
    void anOpenThatHangsHangsNoOtherKeyAndItsWaiterCanLeave() throws Exception {
        FaultyFiles files = new FaultyFiles(Fault.CREATE, 1).hanging();
        StreamCache cache = cache(StreamCacheOptions.defaults(), files);
        files.arm();
        FutureTask<String> creator = start(() -> readWhole(cache, text("content")));
        files.awaitHang();
        FutureTask<String> joiner = start(() -> readWhole(cache, never()));
        awaitParked(lastThread());

        lastThread().interrupt();
        try (StreamReader other = cache.open(StreamKey.of("other"), text("content"), OPTIONS)) {
            assertThat(readAll(other)).isEqualTo("content");
        }
        files.release();

        assertThat(creator.get()).isEqualTo("content");
        assertThat(joiner).failsWithin(Duration.ofMinutes(1));
    }

    /** A creator and a joiner read the whole stream. */
    private boolean joined(StreamCache cache, StreamKey key) throws Exception {
        StreamProducer producer = sink -> {
            for (int at = 0; at < CONTENT.length(); at += 200_000) {
                sink.write(bytes(CONTENT.substring(at, at + 200_000)));
            }
        };
        try (StreamReader creator = cache.open(key, producer, OPTIONS);
                StreamReader joiner = cache.open(key, producer, OPTIONS)) {
            FutureTask<Boolean> first = start(() -> readAll(creator).equals(CONTENT));
            FutureTask<Boolean> second = start(() -> readAll(joiner).equals(CONTENT));
            return first.get() && second.get();
        }
    }
}
