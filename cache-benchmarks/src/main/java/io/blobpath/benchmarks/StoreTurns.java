package io.blobpath.benchmarks;

import io.blobpath.benchmarks.peer.LoadedStore;
import io.blobpath.benchmarks.peer.Lookup;
import io.blobpath.benchmarks.peer.Peer;
import io.blobpath.benchmarks.peer.Product;
import io.blobpath.benchmarks.peer.Row;
import io.blobpath.benchmarks.report.Samples;
import io.blobpath.benchmarks.report.Turns;
import io.blobpath.benchmarks.report.Turns.Way;
import io.blobpath.benchmarks.report.Turns.Work;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** What a goal compares with a peer: look-ups, scans, and durable puts of new digests, alone or many at once. All in turn. */
final class StoreTurns {
    private static final int LOOKUPS_TIMED = 100;
    private static final int TURNS = 20;

    /** One takes about half a second. */
    private static final int SCANS = 7;

    /** Longer turns: it takes a while until many threads share their commits. */
    private static final int CROWDS = 5;

    /** As small as a request, and as large as a transaction of ours. */
    private static final int SMALL = 1000;

    private static final int LARGE = 4096;

    private final Profile profile;
    private final Samples samples;
    private final Consumer<String> talk;
    private final AtomicLong next;

    StoreTurns(Profile profile, Samples samples, Consumer<String> talk) {
        this.profile = profile;
        this.samples = samples;
        this.talk = talk;
        this.next = new AtomicLong(profile.size);
    }

    void measure(int rounds) throws IOException, ExecutionException, InterruptedException {
        Lookup[] lookups = new Lookup[profile.size];
        for (int row = 0; row < lookups.length; row++) {
            lookups[row] = Lookup.of(row);
        }
        for (int round = 1; round <= rounds; round++) {
            talk.accept("round " + round + " of " + rounds + ": look-ups");
            lookUp(1, lookups);
            lookUp(2, lookups);
            talk.accept("round " + round + " of " + rounds + ": scans");
            scan();
            talk.accept("round " + round + " of " + rounds + ": durable puts");
            put();
        }
    }

    private void lookUp(int threads, Lookup[] lookups) throws IOException, ExecutionException, InterruptedException {
        List<Way> ways = new ArrayList<>();
        try (OpenStores stores = new OpenStores()) {
            for (Product product : Product.values()) {
                Peer peer = stores.open(product, LoadedStore.forReading(product, profile.size));
                List<Work> works = new ArrayList<>();
                for (int thread = 0; thread < threads; thread++) {
                    Peer.Reader reader = stores.reader(peer);
                    SplittableRandom random = new SplittableRandom();
                    works.add(() -> reader.get(lookups[random.nextInt(lookups.length)]));
                }
                ways.add(new Way("get" + threads + " " + product, works, 1));
            }
            measure(new Turns(threads, LOOKUPS_TIMED, warmUp(), measured(), TURNS), ways);
        }
    }

    private void scan() throws IOException, ExecutionException, InterruptedException {
        List<Way> ways = new ArrayList<>();
        try (OpenStores stores = new OpenStores()) {
            for (Product product : Product.values()) {
                Peer peer = stores.open(product, LoadedStore.forReading(product, profile.size));
                ways.add(new Way("scanned " + product, List.of(peer::scan), profile.size));
            }
            measure(new Turns(1, 1, warmUp(), measured(), SCANS), ways);
        }
    }

    private void put() throws IOException, ExecutionException, InterruptedException {
        List<Way> one = new ArrayList<>();
        List<Way> many = new ArrayList<>();
        List<Way> batches = new ArrayList<>();
        try (OpenStores stores = new OpenStores()) {
            for (Product product : Product.values()) {
                Peer peer = stores.open(product, LoadedStore.forWriting(product, profile.size));
                Work put = () -> {
                    peer.put(Row.of(next.getAndIncrement()));
                    return peer;
                };
                one.add(new Way("put1 " + product, put));
                many.add(new Way("put64 " + product, put));
                batches.add(batch("batch1k " + product, peer, SMALL, false));
                if (product == Product.BLOBPATH || product == Product.LMDBJAVA) {
                    batches.add(batch("batch1k " + product, peer, SMALL, true));
                }
                if (product == Product.BLOBPATH) {
                    batches.add(batch("batch4k " + product, peer, LARGE, false));
                    batches.add(batch("batch4k " + product, peer, LARGE, true));
                    batches.add(batch("batch16k " + product, peer, 4 * LARGE, false));
                }
            }
            measure(new Turns(1, 1, warmUp(), measured(), TURNS), one);
            measure(new Turns(64, 1, warmUp(), measured().multipliedBy(2), CROWDS), many);
            measure(new Turns(1, 1, warmUp(), measured(), TURNS), batches);
        }
    }

    private Way batch(String name, Peer peer, int count, boolean sorted) {
        Work batch = new Work() {
            private List<Row> rows = List.of();

            @Override
            public void prepare() {
                long first = next.getAndAdd(count);
                Stream<Row> fresh = LongStream.range(first, first + count).mapToObj(Row::of);
                rows = (sorted ? fresh.sorted(Comparator.comparing(Row::digest)) : fresh).toList();
            }

            @Override
            public Object once() {
                peer.putAll(rows);
                return peer;
            }
        };
        return new Way(name + ' ' + sorted, List.of(batch), count);
    }

    private void measure(Turns turns, List<Way> ways) throws ExecutionException, InterruptedException {
        turns.measure(ways).forEach((name, pace) -> samples.add(name, pace.perSecond()));
    }

    /** What is open, to be closed in the opposite order. */
    private static final class OpenStores implements AutoCloseable {
        private final Deque<Closing> open = new ArrayDeque<>();

        private interface Closing {
            void close() throws IOException;
        }

        Peer open(Product product, LoadedStore store) {
            open.push(store::close);
            Peer peer = store.open(product);
            open.push(peer::close);
            return peer;
        }

        Peer.Reader reader(Peer peer) {
            Peer.Reader reader = peer.reader();
            open.push(reader::close);
            return reader;
        }

        @Override
        public void close() throws IOException {
            for (Closing each : open) {
                each.close();
            }
        }
    }

    private Duration warmUp() {
        return Duration.ofMillis(profile.warmUpMillis);
    }

    private Duration measured() {
        return Duration.ofMillis(profile.measuredMillis);
    }
}
