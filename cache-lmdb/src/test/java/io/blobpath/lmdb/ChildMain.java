package io.blobpath.lmdb;

import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.BlobPathCacheException;
import io.blobpath.cache.BlobRecord;
import io.blobpath.cache.CacheFullException;
import io.blobpath.cache.Digest;
import io.blobpath.cache.ScanPage;
import io.blobpath.cache.ScanRequest;
import io.blobpath.tck.ChildJvm;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/** What the processes that tests start do. What they print is read by the test. */
final class ChildMain {
    private ChildMain() {}

    /** Another process that does this. */
    static ChildJvm start(String command, Path directory, String... arguments) throws IOException {
        return start(List.of(), command, directory, arguments);
    }

    /** With something in front of the command line of Java. */
    static ChildJvm start(List<String> prefix, String command, Path directory, String... arguments) throws IOException {
        Stream<String> all = Stream.concat(Stream.of(command, directory.toString()), Stream.of(arguments));
        return ChildJvm.startBehind(prefix, ChildMain.class, all.toArray(String[]::new));
    }

    /** Whether the command ends well behind this prefix; for what may be forbidden here. */
    static boolean succeeds(List<String> prefix, String command) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(prefix);
        line.add(command);
        return new ProcessBuilder(line).start().waitFor() == 0;
    }

    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[1]);
        switch (arguments[0]) {
            case "put" -> put(directory, Long.parseLong(arguments[2]), Long.parseLong(arguments[3]));
            case "hold" -> hold(directory);
            case "gate" -> gate(directory);
            case "fill" -> fill(directory);
            case "damage" -> damage(directory, Long.parseLong(arguments[2]), Integer.parseInt(arguments[3]));
            case "open" -> open(directory);
            case "fail" -> fail(directory);
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    /** Puts numbered digests and prints each number when its put was answered. */
    private static void put(Path directory, long from, long to) {
        try (BlobPathCache cache = Fixtures.open(directory)) {
            for (long number = from; number < to; number++) {
                Digest digest = Fixtures.digest(number);
                cache.put(digest, Fixtures.path(digest));
                print(Long.toString(number));
            }
        }
    }

    /** Holds the lock of the writers until its input ends. */
    private static void hold(Path directory) {
        LmdbEnvironment environment = Fixtures.environment(directory);
        try {
            environment.write(Fixtures.TIMEOUT, Deadline.in(Fixtures.TIMEOUT.multipliedBy(10)), transaction -> {
                print("holding");
                return read();
            });
        } finally {
            Fixtures.release(environment);
        }
    }

    /** Is on its way in, and writes nothing into the file of the processes yet, until its input ends. */
    private static void gate(Path directory) throws IOException {
        try (FileChannel file = FileChannel.open(
                        directory.resolve("blobpath.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock gate = file.lock(LmdbPresence.GATE, 1, false)) {
            print("in the gate " + gate.isValid());
            int unused = read();
        }
    }

    /** Puts until there is no room, then reads everything back, removes it and puts again. */
    private static void fill(Path directory) {
        try (BlobPathCache cache = Fixtures.open(directory)) {
            long count = 0;
            try {
                while (true) {
                    Digest digest = Fixtures.digest(count);
                    cache.put(digest, Fixtures.path(digest));
                    count++;
                }
            } catch (CacheFullException e) {
                print("full");
            }
            for (long number = 0; number < count; number++) {
                Digest digest = Fixtures.digest(number);
                if (!cache.contains(digest, Fixtures.path(digest))) {
                    print("lost " + number);
                }
            }
            print("kept");
            // One at a time: each needs a few pages while it is under way.
            for (BlobRecord record : Fixtures.records(0, 100)) {
                cache.remove(record.digest(), record.path());
            }
            for (BlobRecord record : Fixtures.records(0, 50)) {
                cache.put(record.digest(), record.path());
            }
            print("room again");
        }
    }

    /** Damages a good cache again and again, at random, and opens and reads it each time. Must outlive that. */
    private static void damage(Path template, long seed, int rounds) throws IOException {
        byte[] good = Files.readAllBytes(template.resolve("data.mdb"));
        Random random = new Random(seed);
        for (int round = 0; round < rounds; round++) {
            Path directory = Files.createTempDirectory(template, "round");
            Files.write(directory.resolve("data.mdb"), good);
            garble(directory.resolve("data.mdb"), random);
            print(outcome(directory));
            Trees.delete(directory);
        }
        print("done");
    }

    /** What became of a damaged cache: everything read from it must be true. */
    private static String outcome(Path directory) {
        try (BlobPathCache cache = Fixtures.open(directory)) {
            int entries = 0;
            for (Optional<ScanRequest> next = Optional.of(ScanRequest.first(1000)); next.isPresent(); ) {
                ScanRequest request = next.get();
                ScanPage page = cache.scan(request);
                if (!page.entries().stream()
                        .allMatch(entry -> entry.canonical().equals(Fixtures.path(entry.digest())))) {
                    return "wrong";
                }
                entries += page.entries().size();
                next = page.next().map(request::after);
            }
            Digest fresh = Fixtures.digest(-1);
            cache.put(fresh, Fixtures.path(fresh));
            return entries == 0 ? "emptied" : "kept " + entries;
        } catch (BlobPathCacheException e) {
            return "refused " + e.getMessage();
        }
    }

    /** Puts until the disk fails, and tells what happens then. */
    private static void fail(Path directory) {
        try (BlobPathCache cache = Fixtures.open(directory)) {
            for (long number = 0; true; number++) {
                Digest digest = Fixtures.digest(number);
                try {
                    cache.put(digest, Fixtures.path(digest));
                } catch (BlobPathCacheException first) {
                    print("answered " + number);
                    try {
                        cache.put(digest, Fixtures.path(digest));
                    } catch (BlobPathCacheException second) {
                        print(second.getMessage());
                    }
                    return;
                }
            }
        }
    }

    private static void open(Path directory) {
        try (BlobPathCache cache = Fixtures.open(directory)) {
            print("opened " + cache.info().storeId());
        } catch (BlobPathCacheException e) {
            print("refused " + e.getMessage());
        }
    }

    private static void garble(Path file, Random random) throws IOException {
        try (RandomAccessFile data = new RandomAccessFile(file.toFile(), "rw")) {
            long length = data.length();
            switch (random.nextInt(6)) {
                case 0 -> data.setLength(random.nextInt((int) length));
                case 1 -> overwrite(data, 0, 4096, random);
                case 2 -> overwrite(data, random.nextInt((int) (length / 4096)) * 4096L, 4096, random);
                case 3 -> zero(data, random.nextInt((int) (length / 4096)) * 4096L);
                case 4 -> overwrite(data, random.nextInt((int) (length / 4096)) * 4096L, 64, random);
                default -> overwrite(data, random.nextInt((int) length - 8), 1 + random.nextInt(8), random);
            }
        }
    }

    private static void overwrite(RandomAccessFile data, long at, int length, Random random) throws IOException {
        byte[] noise = new byte[length];
        random.nextBytes(noise);
        data.seek(at);
        data.write(noise);
    }

    private static void zero(RandomAccessFile data, long at) throws IOException {
        data.seek(at);
        data.write(new byte[4096]);
    }

    private static int read() {
        try {
            return System.in.read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void print(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
