package io.blobpath.cli;

import io.blobpath.store.stream.StreamReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** Reads a stream on a thread of its own, no faster than it is told. */
final class DemoReader implements AutoCloseable {
    private static final int CHUNK = 1 << 16;

    private final String name;
    private final StreamReader reader;
    private final double rate;
    private final FutureTask<String> digest = new FutureTask<>((Callable<String>) this::read);
    private final long started = System.nanoTime();
    private volatile long ended;

    DemoReader(String name, StreamReader reader, double rate) {
        this.name = name;
        this.reader = reader;
        this.rate = rate;
        Thread thread = new Thread(digest, "demo-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    String name() {
        return name;
    }

    long position() {
        return reader.position();
    }

    String outcome() {
        return reader.outcome().name().toLowerCase(Locale.ROOT);
    }

    boolean isReading() {
        return !digest.isDone();
    }

    double seconds() {
        return (ended - started) / 1e9;
    }

    /** Waits for the end, but not longer than this. */
    void await(Duration patience) throws InterruptedException {
        try {
            digest.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            // Whoever asks for the digest learns of a failure.
        }
    }

    /** The SHA-256 of what it read. */
    String digest() throws IOException {
        try {
            return digest.get();
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** Ends the thread. */
    @Override
    public void close() {
        reader.close();
    }

    private String read() throws IOException, NoSuchAlgorithmException {
        MessageDigest hash = MessageDigest.getInstance("SHA-256");
        ByteBuffer buffer = ByteBuffer.allocate(CHUNK);
        while (reader.read(buffer.clear()) >= 0) {
            hash.update(buffer.flip());
            LockSupport.parkNanos(started + (long) (reader.position() / rate * 1e9) - System.nanoTime());
        }
        ended = System.nanoTime();
        return HexFormat.of().formatHex(hash.digest());
    }
}
