package io.blobpath.dynamodb;

import static io.blobpath.dynamodb.Fixture.digest;
import static org.assertj.core.api.Assertions.assertThat;

import io.blobpath.cache.BlobPath;
import io.blobpath.cache.Digest;
import io.blobpath.cache.spi.CacheDriver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Clients race for one digest, their requests interleaved at random, and the answers and the entry that is left must be those
 * of some order of the calls in the model. A failure names its seed; {@code -Dblobpath.dynamodb.seed} begins with it.
 */
class InterleavingTest {
    private static final int RACES = Integer.getInteger("blobpath.dynamodb.races", 10_000);
    private static final int RACES_ON_THE_SERVER = Integer.getInteger("blobpath.dynamodb.serverRaces", 10);
    private static final long SEED = Long.getLong("blobpath.dynamodb.seed", new Random().nextLong());
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    /** One of so many requests fails, in every second race. */
    private static final int ODDS = 5;

    private static final int MOST_CALLS_BEFORE = 4;
    private static final List<BlobPath> PATHS = List.of(BlobPath.of("m"), BlobPath.of("a"), BlobPath.of("z"));

    private enum Kind {
        PUT,
        REMOVE,
        CANONICAL,
        CONTAINS,
        LIST
    }

    private static final List<Kind> LOOKUPS = List.of(Kind.CANONICAL, Kind.CONTAINS, Kind.LIST);

    private record Call(Kind kind, BlobPath path) {
        /** A change, or now and then a look-up. */
        static Call any(Random random) {
            int kind = random.nextInt(8);
            return new Call(
                    kind < 3 ? Kind.PUT : kind < 6 ? Kind.REMOVE : LOOKUPS.get(random.nextInt(LOOKUPS.size())),
                    PATHS.get(random.nextInt(PATHS.size())));
        }

        Object on(CacheDriver driver, Digest digest) {
            return switch (kind) {
                case PUT -> driver.put(digest, path);
                case REMOVE -> driver.remove(digest, path);
                case CANONICAL -> driver.canonical(digest);
                case CONTAINS -> driver.contains(digest, path);
                case LIST -> driver.paths(digest, Optional.empty(), PATHS.size());
            };
        }
    }

    @Test
    void twoClientsAreAnsweredAsTheModelSays() throws Exception {
        race(2, RACES / 2, new FakeTable(), "fake");
    }

    @Test
    void threeClientsAreAnsweredAsTheModelSays() throws Exception {
        race(3, RACES / 2, new FakeTable(), "fake");
    }

    @Test
    void clientsOfTheServerAreAnsweredAsTheModelSays() throws Exception {
        for (int clients = 2; clients <= 3; clients++) {
            TestTable table = TestTable.create();
            race(clients, RACES_ON_THE_SERVER, TestTable.client(), table.name());
            table.delete();
        }
    }

    private static void race(int clients, int races, DynamoDbClient target, String table) throws Exception {
        Turns turns = new Turns();
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        List<CacheDriver> drivers = IntStream.range(0, clients)
                .mapToObj(number -> open(turns.client(number, target), table))
                .toList();
        try {
            for (int number = 0; number < races; number++) {
                long seed = SEED + number;
                assertThat(race(drivers, turns, threads, seed))
                        .as("what -Dblobpath.dynamodb.seed=%d and %d clients make of it", seed, clients)
                        .isEmpty();
            }
        } finally {
            threads.shutdownNow();
            drivers.forEach(CacheDriver::close);
        }
    }

    /** The calls and answers that no order explains; empty if one does. */
    private static String race(List<CacheDriver> drivers, Turns turns, ExecutorService threads, long seed)
            throws Exception {
        Random random = new Random(seed);
        Digest digest = digest(random.nextInt());
        List<Call> before = new ArrayList<>();
        for (int i = random.nextInt(MOST_CALLS_BEFORE + 1); i > 0; i--) {
            before.add(Call.any(random));
            before.get(before.size() - 1).on(drivers.get(random.nextInt(drivers.size())), digest);
        }
        List<Call> calls = drivers.stream().map(driver -> Call.any(random)).toList();

        List<Object> told = answers(drivers, turns, threads, digest, calls, random);

        Model model = new Model(before, calls);
        told.add(drivers.get(0).paths(digest, Optional.empty(), PATHS.size()));
        return model.explains(told) ? "" : "after " + before + " the calls " + calls + " were answered " + told;
    }

    private static List<Object> answers(
            List<CacheDriver> drivers,
            Turns turns,
            ExecutorService threads,
            Digest digest,
            List<Call> calls,
            Random random)
            throws Exception {
        turns.begin(drivers.size());
        List<Future<Object>> racing = new ArrayList<>();
        for (int i = 0; i < calls.size(); i++) {
            CacheDriver driver = drivers.get(i);
            Call call = calls.get(i);
            racing.add(threads.submit(() -> {
                try {
                    return call.on(driver, digest);
                } finally {
                    turns.done();
                }
            }));
        }
        turns.run(random, random.nextBoolean() ? ODDS : 0);
        List<Object> answers = new ArrayList<>();
        for (Future<Object> answer : racing) {
            answers.add(answer.get());
        }
        return answers;
    }

    private static CacheDriver open(DynamoDbClient client, String table) {
        DynamoDbRequests requests = new DynamoDbRequests(client, TIMEOUT, Duration.ZERO);
        DynamoDbItems items = new DynamoDbItems(requests, table, new DynamoDbKeys("default"));
        return new DynamoDbBlobPathCache(DynamoDbOptions.of(table), new DynamoDbWorkers(2, 1, TIMEOUT), items, false);
    }

    /** All orders of some calls, done to the reference driver. */
    private record Model(List<Call> before, List<Call> calls) {
        boolean explains(List<Object> told) {
            return explains(told, new ArrayList<>());
        }

        private boolean explains(List<Object> told, List<Integer> order) {
            if (order.size() == calls.size()) {
                return answers(order).equals(told);
            }
            for (int next = 0; next < calls.size(); next++) {
                if (!order.contains(next)) {
                    order.add(next);
                    if (explains(told, order)) {
                        return true;
                    }
                    order.remove(order.size() - 1);
                }
            }
            return false;
        }

        private List<Object> answers(List<Integer> order) {
            try (CacheDriver memory = Fixture.memory()) {
                Digest digest = digest(0);
                before.forEach(call -> call.on(memory, digest));
                Object[] answers = new Object[calls.size() + 1];
                order.forEach(number -> answers[number] = calls.get(number).on(memory, digest));
                answers[calls.size()] = memory.paths(digest, Optional.empty(), PATHS.size());
                return List.of(answers);
            }
        }
    }
}
