package io.blobpath.dynamodb;

import static io.blobpath.dynamodb.Fixture.digest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blobpath.cache.BlobPathCacheException;
import io.blobpath.cache.CacheThrottledException;
import io.blobpath.cache.CacheUnavailableException;
import io.blobpath.cache.Digest;
import io.blobpath.cache.spi.CacheDriver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every request of every operation fails in turn, once or for good, before and after it was applied. Each case has a digest of
 * its own, and each test a table and a proxy, so that those which wait for a deadline wait together.
 */
@Execution(ExecutionMode.CONCURRENT)
class DynamoDbFaultTest {
    private static final Duration IMPATIENT = Duration.ofMillis(1500);
    /** For threads to be woken on a busy machine. */
    private static final Duration SLACK = Duration.ofSeconds(3);

    private static final String CONFLICT =
            "{\"__type\":\"com.amazonaws.dynamodb.v20120810#TransactionCanceledException\","
                    + "\"message\":\"made by the test\",\"CancellationReasons\":[{\"Code\":\"TransactionConflict\"}]}";
    private static final FaultProxy.Fate THROTTLED =
            FaultProxy.Fate.fails(400, "ProvisionedThroughputExceededException", false);
    private static final FaultProxy.Fate FAILED = FaultProxy.Fate.fails(500, "InternalServerError", false);
    private static final FaultProxy.Fate FAILED_AFTERWARDS = FaultProxy.Fate.fails(500, "InternalServerError", true);
    private static final List<FaultProxy.Fate> PASSING = List.of(
            THROTTLED,
            FAILED,
            FAILED_AFTERWARDS,
            new FaultProxy.Fate.Answer(400, CONFLICT, false),
            FaultProxy.Fate.fails(400, "TransactionInProgressException", true));
    private static final List<FaultProxy.Fate> ALSO_PASSING = List.of(
            FaultProxy.Fate.fails(400, "ThrottlingException", false),
            FaultProxy.Fate.fails(400, "RequestLimitExceeded", false),
            FaultProxy.Fate.fails(429, "SlowDown", false),
            FaultProxy.Fate.fails(403, "RequestTimeTooSkewed", false),
            new FaultProxy.Fate.Answer(503, "<html>", true));

    private static final Set<String> READS = Set.of("GetItem", "Query", "Scan", "TransactGetItems");

    private final Fixture fixture = new Fixture();
    private final CacheDriver driver = fixture.openDriver(Duration.ofSeconds(10));
    private final CacheDriver impatient = fixture.openDriver(IMPATIENT);
    private final ExecutorService threads = Executors.newFixedThreadPool(8);
    private final AtomicInteger number = new AtomicInteger();

    @AfterEach
    void close() {
        threads.shutdownNow();
        fixture.close();
    }

    @ParameterizedTest
    @EnumSource
    void aFailureThatPassesIsNotSeen(Operation operation) throws Exception {
        together(cases(operation, PASSING, (fate, failing) -> failsOnce(operation, fate, failing)));
    }

    @Test
    void everyFailureThatPassesIsNotSeen() throws Exception {
        together(cases(
                Operation.ANOTHER_PUT,
                ALSO_PASSING,
                (fate, failing) -> failsOnce(Operation.ANOTHER_PUT, fate, failing)));
    }

    /** The server answers nothing, and only the time of the attempt ends the wait. */
    @ParameterizedTest
    @EnumSource(names = {"ANOTHER_PUT", "REMOVE_LAST", "ACQUIRE"})
    void aReplyThatIsLostIsNotSeen(Operation operation) throws Exception {
        together(cases(
                operation,
                List.of(FaultProxy.Fate.SWALLOW, FaultProxy.Fate.APPLY_AND_SWALLOW),
                (fate, failing) -> failsOnce(operation, fate, failing)));
    }

    @ParameterizedTest
    @EnumSource
    void aFailureThatStaysIsTypedInTimeAndLeavesAWholeEntry(Operation operation) throws Exception {
        together(cases(
                operation,
                List.of(THROTTLED, FAILED, FAILED_AFTERWARDS),
                (fate, failing) -> failsForGood(operation, fate, failing)));
    }

    @ParameterizedTest
    @EnumSource
    void aFailedReadNeverChangesOrDropsARecord(Operation operation) {
        Digest digest = digest(1);
        operation.prepare(driver, digest);
        fixture.proxy().script(ask -> READS.contains(ask.operation()) ? FAILED : FaultProxy.Fate.PASS);

        boolean answered = false;
        try {
            answered = operation.answersRight(impatient, digest);
        } catch (CacheUnavailableException e) {
            assertThat(e).hasMessageContaining("InternalServerError");
        }

        fixture.proxy().script(ask -> FaultProxy.Fate.PASS);
        assertThat(Operation.listing(driver, digest)).isEqualTo(answered ? operation.after() : operation.before());
    }

    /** The server reads nothing stale, so that the proxy does: it knows of nothing unless consistency was asked for. */
    @ParameterizedTest
    @EnumSource
    void nothingIsDecidedOnAStaleRead(Operation operation) {
        fixture.proxy()
                .script(ask -> Set.of("GetItem", "Query", "Scan").contains(ask.operation())
                                && !ask.body().contains("\"ConsistentRead\":true")
                        ? new FaultProxy.Fate.Answer(200, "{}", false)
                        : FaultProxy.Fate.PASS);
        operation.prepare(driver, digest(1));

        assertThat(operation.answersRight(driver, digest(1))).isTrue();

        assertThat(Operation.listing(driver, digest(1))).isEqualTo(operation.after());
    }

    private interface Case {
        void run(FaultProxy.Fate fate, int failing);
    }

    private List<Callable<Void>> cases(Operation operation, List<FaultProxy.Fate> fates, Case body) {
        int requests = requests(operation);
        List<Callable<Void>> cases = new ArrayList<>();
        for (FaultProxy.Fate fate : fates) {
            for (int request = 0; request < requests; request++) {
                int failing = request;
                cases.add(() -> {
                    body.run(fate, failing);
                    return null;
                });
            }
        }
        return cases;
    }

    private void failsOnce(Operation operation, FaultProxy.Fate fate, int failing) {
        Digest digest = prepared(operation);
        fixture.proxy().fail(digest, failing, 1, fate);

        assertThat(operation.answersRight(driver, digest))
                .as("right answer, request %d %s", failing, fate)
                .isTrue();

        assertThat(Operation.listing(driver, digest)).isEqualTo(operation.after());
    }

    private void failsForGood(Operation operation, FaultProxy.Fate fate, int failing) {
        Digest digest = prepared(operation);
        fixture.proxy().fail(digest, failing, Integer.MAX_VALUE, fate);
        long start = System.nanoTime();

        assertThatThrownBy(() -> operation.answersRight(impatient, digest))
                .as("request %d %s", failing, fate)
                .isInstanceOf(fate.equals(THROTTLED) ? CacheThrottledException.class : CacheUnavailableException.class)
                .matches(failure -> ((BlobPathCacheException) failure).isRetryable());
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(IMPATIENT.plus(SLACK));
        fixture.proxy().mend(digest);
        assertThat(Operation.listing(driver, digest))
                .isIn(operation.before(), fate.equals(FAILED_AFTERWARDS) ? operation.after() : operation.before());
        var unused = operation.answersRight(driver, digest);
        assertThat(Operation.listing(driver, digest)).as("after a repetition").isEqualTo(operation.after());
    }

    private Digest prepared(Operation operation) {
        Digest digest = digest(number.incrementAndGet());
        operation.prepare(driver, digest);
        return digest;
    }

    private int requests(Operation operation) {
        Digest digest = prepared(operation);
        fixture.proxy().forget();
        assertThat(operation.answersRight(driver, digest)).isTrue();
        return fixture.proxy().calls().size();
    }

    private void together(List<Callable<Void>> cases) throws Exception {
        for (Future<Void> ended : threads.invokeAll(cases)) {
            ended.get();
        }
    }
}
