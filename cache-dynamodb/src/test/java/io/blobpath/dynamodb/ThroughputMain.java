package io.blobpath.dynamodb;

import static io.blobpath.dynamodb.Fixture.digest;
import static io.blobpath.dynamodb.Fixture.path;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import io.blobpath.cache.BlobPathCaches;
import io.blobpath.cache.CacheConfig;
import io.blobpath.cache.spi.CacheDriver;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntConsumer;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * Puts and look-ups beside the bare call of the SDK that does the same, one thread: calls a second, processor time and
 * allocation of this process for each. The two take turns in short rounds, so that both see the same machine. Not a test; run it
 * with the class path of the tests, on a quiet machine.
 */
final class ThroughputMain {
    private static final int ROUNDS = Integer.getInteger("rounds", 30);
    private static final int CALLS = Integer.getInteger("calls", 200);

    private ThroughputMain() {}

    /**
     * Prints the table.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        TestTable table = TestTable.create();
        DynamoDbOptions options = table.options(LocalServer.endpoint().toString());
        DynamoDbClient client = DynamoDbClients.open(options, Duration.ofSeconds(10));
        DynamoDbKeys keys = new DynamoDbKeys("bare");
        try (CacheDriver driver = BlobPathCaches.openDriver(CacheConfig.of(options))) {
            compare(
                    "first put",
                    number -> driver.put(digest(number), path("a")),
                    number -> client.transactWriteItems(write -> write.transactItems(TransactWriteItem.builder()
                            .put(put -> put.tableName(table.name())
                                    .item(Map.of(
                                            "pk", AttributeValue.fromS(keys.partition(digest(number))),
                                            "sk", AttributeValue.fromS(DynamoDbKeys.HEAD),
                                            "canonical", AttributeValue.fromS("a"),
                                            "duplicates", AttributeValue.fromN("0"),
                                            "version", AttributeValue.fromS("0123456789abcdef0123456789abcdef0123")))
                                    .conditionExpression("attribute_not_exists(pk)"))
                            .build())));
            compare(
                    "canonical",
                    number -> driver.canonical(digest(number)),
                    number -> client.getItem(get -> get.tableName(table.name())
                            .key(keys.head(digest(number)))
                            .consistentRead(true)));
        } finally {
            client.close();
            table.delete();
        }
    }

    private static void compare(String name, IntConsumer ours, IntConsumer bare) {
        Meter[] meters = {new Meter(), new Meter()};
        for (int round = 0; round < ROUNDS; round++) {
            for (int side = 0; side < 2; side++) {
                int which = (round + side) % 2;
                boolean warm = round >= ROUNDS / 3;
                meters[which].measure(which == 0 ? ours : bare, round * CALLS, warm);
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%s: ours %s; bare %s; throughput %.2f of the bare call%n",
                name,
                meters[0],
                meters[1],
                (double) meters[1].nanos / meters[0].nanos);
    }

    /** What some calls took. */
    private static final class Meter {
        private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        private static final OperatingSystemMXBean SYSTEM =
                (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

        private long calls;
        private long nanos;
        private long processor;
        private long bytes;

        void measure(IntConsumer call, int from, boolean counts) {
            long bytesBefore = allocated();
            long processorBefore = SYSTEM.getProcessCpuTime();
            long start = System.nanoTime();
            for (int number = from; number < from + CALLS; number++) {
                call.accept(number);
            }
            if (counts) {
                nanos += System.nanoTime() - start;
                processor += SYSTEM.getProcessCpuTime() - processorBefore;
                bytes += allocated() - bytesBefore;
                calls += CALLS;
            }
        }

        private static long allocated() {
            long sum = 0;
            for (long bytes : THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds())) {
                sum += Math.max(0, bytes);
            }
            return sum;
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%.0f/s, %.0f us of processor, %.0f kB",
                    calls * 1e9 / nanos,
                    processor / 1e3 / calls,
                    bytes / 1e3 / calls);
        }
    }
}
