package io.blobpath.cli;

import io.blobpath.store.stream.StreamCache;
import io.blobpath.store.stream.StreamCacheOptions;
import io.blobpath.store.stream.StreamKey;
import io.blobpath.store.stream.StreamOptions;
import io.blobpath.store.stream.StreamReader;
import io.blobpath.store.stream.StreamStats;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "stream",
        description = {
            "Shows three readers at different speeds on one entry of a stream cache while it is made: one as fast as it",
            "grows, one at half that speed, one that joins half-way. The folder is a temporary one, and deleted."
        },
        footer = "  blobpath demo stream --size 64")
final class DemoStreamCommand implements Callable<Integer> {
    private static final int CHUNK = 1 << 16;
    private static final double BYTES_PER_SECOND = 8 << 20;
    private static final StreamKey KEY = StreamKey.of("demo");

    private final Terminal terminal;
    private final AtomicLong made = new AtomicLong();

    @Option(names = "--size", paramLabel = "MIB", description = "How much is made, in MiB.", defaultValue = "24")
    private int size = 24;

    DemoStreamCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (size < 1) {
            throw CliException.usage("--size was " + size + " but it must be at least 1");
        }
        Path folder = Files.createTempDirectory("blobpath-demo-");
        try (StreamCache cache = StreamCache.open(folder, StreamCacheOptions.defaults())) {
            return run(cache);
        } finally {
            FileTree.delete(folder);
        }
    }

    private int run(StreamCache cache) throws IOException, InterruptedException {
        long bytes = (long) size << 20;
        try (StreamReader fast = open(cache, bytes);
                StreamReader slow = open(cache, bytes);
                DemoReader first = new DemoReader("fast", fast, Double.MAX_VALUE);
                DemoReader second = new DemoReader("slow", slow, BYTES_PER_SECOND / 2);
                DemoBars bars = new DemoBars(terminal, bytes)) {
            while (made.get() < bytes / 2 && first.isReading()) {
                show(bars, List.of(first, second));
            }
            try (StreamReader late = open(cache, bytes);
                    DemoReader third = new DemoReader("late", late, Double.MAX_VALUE)) {
                List<DemoReader> readers = List.of(first, second, third);
                while (readers.stream().anyMatch(DemoReader::isReading)) {
                    show(bars, readers);
                }
                bars.close();
                return report(cache.stats(), readers, bytes);
            }
        }
    }

    private StreamReader open(StreamCache cache, long bytes) throws IOException {
        return cache.open(KEY, sink -> produce(sink, bytes), StreamOptions.defaults());
    }

    private void produce(WritableByteChannel sink, long bytes) throws IOException {
        Random random = new Random(bytes);
        byte[] chunk = new byte[CHUNK];
        long start = System.nanoTime();
        for (long done = 0; done < bytes; done = made.addAndGet(chunk.length)) {
            random.nextBytes(chunk);
            sink.write(ByteBuffer.wrap(chunk));
            LockSupport.parkNanos(start + (long) (done / BYTES_PER_SECOND * 1e9) - System.nanoTime());
        }
    }

    private void show(DemoBars bars, List<DemoReader> readers) throws InterruptedException {
        bars.draw(Stream.concat(
                        Stream.of(new DemoBars.Bar("producer", made.get())),
                        readers.stream().map(reader -> new DemoBars.Bar(reader.name(), reader.position())))
                .toList());
        DemoReader unfinished =
                readers.stream().filter(DemoReader::isReading).findFirst().orElse(readers.get(0));
        unfinished.await(bars.period());
    }

    private int report(StreamStats stats, List<DemoReader> readers, long bytes) throws IOException {
        boolean same = true;
        for (DemoReader reader : readers) {
            String digest = reader.digest();
            same &= digest.equals(readers.get(0).digest()) && reader.position() == bytes;
            terminal.out()
                    .println(String.format(
                            Locale.ROOT,
                            "%-4s %-8s %s in %.1f s, sha256:%s...",
                            reader.name(),
                            reader.outcome(),
                            Bytes.text(reader.position()),
                            reader.seconds(),
                            digest.substring(0, 12)));
        }
        terminal.out()
                .println("one producer made " + Bytes.text(stats.bytesIn()) + ", readers got "
                        + Bytes.text(stats.bytesOut()) + (same ? ": the same bytes each" : ": not the same bytes"));
        return same ? ExitCode.OK : ExitCode.PROBLEMS;
    }
}
