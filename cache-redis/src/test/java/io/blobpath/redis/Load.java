package io.blobpath.redis;

import static io.blobpath.redis.Stores.digest;
import static io.blobpath.redis.Stores.path;
import static org.assertj.core.api.Assertions.assertThat;

import io.blobpath.cache.BlobRecord;
import io.blobpath.cache.CacheUnavailableException;
import io.blobpath.cache.Digest;
import io.blobpath.cache.spi.CacheDriver;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Two threads that record without end, one by one and in batches, and remember what was acknowledged. */
final class Load implements AutoCloseable {
    private static final int BATCH = 50;

    private final AtomicInteger next = new AtomicInteger();
    private final Queue<BlobRecord> acknowledged = new ConcurrentLinkedQueue<>();
    private final Queue<RuntimeException> surprises = new ConcurrentLinkedQueue<>();
    private final Queue<CacheUnavailableException> refused = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads;
    private volatile boolean stopped;

    private Load(CacheDriver driver) {
        threads = List.of(
                new Thread(() -> repeat(() -> single(driver)), "load one by one"),
                new Thread(() -> repeat(() -> batch(driver)), "load in batches"));
    }

    static Load on(CacheDriver driver) {
        Load load = new Load(driver);
        load.threads.forEach(Thread::start);
        return load;
    }

    /** Waits until so many were acknowledged. */
    void await(int count) {
        Await.until(() -> acknowledged.size() >= count || !surprises.isEmpty());
    }

    /** Waits until so many more were acknowledged. */
    void awaitMore(int count) {
        await(acknowledged.size() + count);
    }

    void stop() {
        close();
        assertThat(surprises).as("failures that are not 'unavailable'").isEmpty();
    }

    /** The changes that failed as unavailable. */
    List<CacheUnavailableException> refused() {
        return List.copyOf(refused);
    }

    void assertNothingIsLost(CacheDriver driver) {
        List<BlobRecord> missing = acknowledged.stream()
                .filter(record -> !driver.contains(record.digest(), record.path()))
                .toList();
        assertThat(missing).as("lost of " + acknowledged.size()).isEmpty();
    }

    @Override
    public void close() {
        stopped = true;
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    private void single(CacheDriver driver) {
        BlobRecord record = record();
        driver.put(record.digest(), record.path());
        acknowledged.add(record);
    }

    private void batch(CacheDriver driver) {
        List<BlobRecord> records = new ArrayList<>();
        IntStream.range(0, BATCH).forEach(i -> records.add(record()));
        try {
            driver.putAll(records);
            acknowledged.addAll(records);
        } catch (CacheUnavailableException e) {
            e.applied().stream().mapToObj(records::get).forEach(acknowledged::add);
            throw e;
        }
    }

    private BlobRecord record() {
        int number = next.getAndIncrement();
        Digest digest = digest(number % 3000);
        return new BlobRecord(digest, path("p" + number));
    }

    private void repeat(Runnable change) {
        while (!stopped) {
            try {
                change.run();
            } catch (CacheUnavailableException e) {
                refused.add(e);
            } catch (RuntimeException e) {
                surprises.add(e);
                return;
            }
        }
    }
}
