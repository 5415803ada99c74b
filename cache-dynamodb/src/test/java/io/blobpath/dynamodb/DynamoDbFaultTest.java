package io.blobpath.dynamodb;

import static io.blobpath.dynamodb.Fixture.digest;
import static io.blobpath.dynamodb.Fixture.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blobpath.cache.BlobPath;
import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.BlobRecord;
import io.blobpath.cache.CacheThrottledException;
import io.blobpath.cache.CacheUnavailableException;
import io.blobpath.cache.Digest;
import io.blobpath.cache.PageRequest;
import io.blobpath.cache.PutResult;
import io.blobpath.cache.RemoveResult;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every request of every change fails in turn, before and after it was applied. */
class DynamoDbFaultTest {
    private static final String CONFLICT =
            "{\"__type\":\"com.amazonaws.dynamodb.v20120810#TransactionCanceledException\","
                    + "\"message\":\"made by the test\",\"CancellationReasons\":[{\"Code\":\"TransactionConflict\"}]}";
    private static final List<FaultProxy.Fate> PASSING = List.of(
            FaultProxy.Fate.fails(400, "ProvisionedThroughputExceededException", false),
            FaultProxy.Fate.fails(400, "ThrottlingException", false),
            FaultProxy.Fate.fails(400, "RequestLimitExceeded", false),
            FaultProxy.Fate.fails(400, "TransactionInProgressException", true),
            new FaultProxy.Fate.Answer(400, CONFLICT, false),
            FaultProxy.Fate.fails(500, "InternalServerError", false),
            FaultProxy.Fate.fails(500, "InternalServerError", true),
            new FaultProxy.Fate.Answer(503, "<html>", true));

    private final Fixture fixture = new Fixture();

    /** A change of a digest that has these paths, its answer, and what is there afterwards. */
    enum Change {
        FIRST_PUT("", "a") {
            @Override
            Object on(BlobPathCache cache, Digest digest) {
                return cache.put(digest, path("a")).equals(new PutResult(true, path("a")));
            }
        },
        ANOTHER_PUT("m", "m a") {
            @Override
            Object on(BlobPathCache cache, Digest digest) {
                return cache.put(digest, path("a")).equals(new PutResult(true, path("m")));
            }
        },
        REMOVE_DUPLICATE("m a z", "m z") {
            @Override
            Object on(BlobPathCache cache, Digest digest) {
                return cache.remove(digest, path("a")).equals(RemoveResult.duplicate());
            }
        },
        REMOVE_CANONICAL("m a z", "a z") {
            @Override
            Object on(BlobPathCache cache, Digest digest) {
                return cache.remove(digest, path("m")).equals(RemoveResult.promoted(path("a")));
            }
        },
        REMOVE_LAST("m", "") {
            @Override
            Object on(BlobPathCache cache, Digest digest) {
                return cache.remove(digest, path("m")).equals(RemoveResult.lastPath());
            }
        };

        private final String before;
        private final String after;

        Change(String before, String after) {
            this.before = before;
            this.after = after;
        }

        /** Whether the answer was right. */
        abstract Object on(BlobPathCache cache, Digest digest);

        List<String> before() {
            return words(before);
        }

        List<String> after() {
            return words(after);
        }

        private static List<String> words(String text) {
            return text.isEmpty() ? List.of() : List.of(text.split(" ", -1));
        }

        void prepare(BlobPathCache cache, Digest digest) {
            cache.putAll(before().stream()
                    .map(text -> new BlobRecord(digest, path(text)))
                    .toList());
        }
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @ParameterizedTest
    @EnumSource
    void aFailureThatPassesIsNotSeen(Change change) {
        BlobPathCache cache = fixture.open();
        int requests = requests(cache, change);
        int number = 1;

        for (FaultProxy.Fate fate : PASSING) {
            for (int failing = 0; failing < requests; failing++) {
                Digest digest = digest(number++);
                change.prepare(cache, digest);
                failOnce(failing, fate);

                assertThat(change.on(cache, digest))
                        .as("right answer, request %d %s", failing, fate)
                        .isEqualTo(true);

                assertThat(paths(cache, digest)).isEqualTo(change.after());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void throttlingThatStaysIsTypedAndChangesNothing(Change change) {
        BlobPathCache cache = fixture.open();
        BlobPathCache impatient = fixture.openWithin(Duration.ofSeconds(1));
        int requests = requests(cache, change);

        for (int failing = 0; failing < requests; failing++) {
            Digest digest = digest(failing + 1);
            change.prepare(cache, digest);
            failFrom(failing, FaultProxy.Fate.fails(400, "ThrottlingException", false));

            assertThatThrownBy(() -> change.on(impatient, digest)).isInstanceOf(CacheThrottledException.class);

            mend();
            assertThat(paths(cache, digest)).as("unchanged").isEqualTo(change.before());
            assertThat(change.on(cache, digest))
                    .as("right answer when repeated")
                    .isEqualTo(true);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aServerThatFailsAfterApplyingLeavesAWholeEntry(Change change) {
        BlobPathCache cache = fixture.open();
        BlobPathCache impatient = fixture.openWithin(Duration.ofSeconds(1));
        int requests = requests(cache, change);

        for (int failing = 0; failing < requests; failing++) {
            Digest digest = digest(failing + 1);
            change.prepare(cache, digest);
            failFrom(failing, FaultProxy.Fate.fails(500, "InternalServerError", true));

            assertThatThrownBy(() -> change.on(impatient, digest)).isInstanceOf(CacheUnavailableException.class);

            mend();
            assertThat(paths(cache, digest)).isIn(change.before(), change.after());
            change.on(cache, digest);
            assertThat(paths(cache, digest)).as("after a repetition").isEqualTo(change.after());
        }
    }

    /** The server reads nothing stale, so that the proxy does: it knows of nothing unless consistency was asked for. */
    @ParameterizedTest
    @EnumSource
    void nothingIsDecidedOnAStaleRead(Change change) {
        BlobPathCache cache = fixture.open();
        fixture.proxy()
                .script(ask -> List.of("GetItem", "Query", "Scan").contains(ask.operation())
                                && !ask.body().contains("\"ConsistentRead\":true")
                        ? new FaultProxy.Fate.Answer(200, "{}", false)
                        : FaultProxy.Fate.PASS);
        change.prepare(cache, digest(1));

        assertThat(change.on(cache, digest(1))).isEqualTo(true);

        assertThat(paths(cache, digest(1))).isEqualTo(change.after());
    }

    private int requests(BlobPathCache cache, Change change) {
        change.prepare(cache, digest(0));
        fixture.proxy().calls().clear();
        change.on(cache, digest(0));
        return fixture.proxy().calls().size();
    }

    private void failOnce(int failing, FaultProxy.Fate fate) {
        AtomicInteger number = new AtomicInteger();
        fixture.proxy().script(ask -> number.getAndIncrement() == failing ? fate : FaultProxy.Fate.PASS);
    }

    private void failFrom(int failing, FaultProxy.Fate fate) {
        AtomicInteger number = new AtomicInteger();
        fixture.proxy().script(ask -> number.getAndIncrement() >= failing ? fate : FaultProxy.Fate.PASS);
    }

    private void mend() {
        fixture.proxy().script(ask -> FaultProxy.Fate.PASS);
    }

    private static List<String> paths(BlobPathCache cache, Digest digest) {
        return cache.paths(digest, PageRequest.first(10)).paths().stream()
                .map(BlobPath::toString)
                .toList();
    }
}
