package io.blobpath.benchmarks;

import io.blobpath.benchmarks.peer.Caches;
import io.blobpath.benchmarks.peer.Folders;
import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.lease.Lease;
import io.blobpath.cache.lease.LeaseName;
import io.blobpath.cache.lease.LeaseOptions;
import io.blobpath.cache.lease.LeaseTimeoutException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * How long after a release a waiting JVM of the same host has the lease. The two take turns; on one host they share the
 * monotonic clock, so the moment of the grant can be compared with that of the release.
 */
final class HandOff {
    private static final LeaseName NAME = LeaseName.of("hand-off");
    private static final LeaseOptions PATIENT = LeaseOptions.DEFAULT.withPatience(Duration.ofMinutes(1));
    private static final String GO = "go";
    private static final long SHORTEST_HOLD = 5_000_000;
    private static final long LONGEST_HOLD = 40_000_000;

    /**
     * What came out.
     *
     * @param p50 the median, in milliseconds
     * @param p99 one in a hundred took longer
     */
    record Outcome(double p50, double p99) {}

    private HandOff() {}

    /** Hands a lease to a child JVM so often. */
    static Outcome measure(int rounds) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("blobpath-benchmark");
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        HandOff.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BlobPathCache cache = Caches.open(directory);
                PrintStream out = new PrintStream(child.getOutputStream(), true, StandardCharsets.UTF_8);
                BufferedReader in = child.inputReader(StandardCharsets.UTF_8)) {
            double[] millis = new double[rounds];
            SplittableRandom random = new SplittableRandom();
            for (int round = -rounds / 10; round < rounds; round++) {
                double took = once(cache, out, in, random.nextLong(SHORTEST_HOLD, LONGEST_HOLD));
                if (round >= 0) {
                    millis[round] = took;
                }
            }
            Arrays.sort(millis);
            return new Outcome(millis[rounds / 2], millis[rounds * 99 / 100]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            child.destroy();
            child.waitFor();
            Folders.delete(directory);
        }
    }

    /** The child: waits for the lease whenever it is told to, and tells when it got it. */
    public static void main(String[] args) throws Exception {
        try (BlobPathCache cache = Caches.open(Path.of(args[0]));
                BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            while (GO.equals(in.readLine())) {
                System.out.println(GO);
                long granted;
                try (Lease lease = cache.leases().acquire(NAME, PATIENT)) {
                    granted = lease.isHeld() ? System.nanoTime() : 0;
                }
                System.out.println(granted);
            }
        }
    }

    private static double once(BlobPathCache cache, PrintStream out, BufferedReader in, long hold)
            throws IOException, InterruptedException {
        long released;
        try (Lease lease = acquire(cache)) {
            out.println(GO);
            in.readLine();
            LockSupport.parkNanos(lease, hold);
            released = System.nanoTime();
        }
        return (Long.parseLong(in.readLine()) - released) / 1e6;
    }

    private static Lease acquire(BlobPathCache cache) throws InterruptedException {
        try {
            return cache.leases().acquire(NAME, PATIENT);
        } catch (LeaseTimeoutException e) {
            throw new IllegalStateException(e);
        }
    }
}
