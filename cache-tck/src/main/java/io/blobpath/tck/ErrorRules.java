package io.blobpath.tck;

import static io.blobpath.tck.Entries.assertPaths;
import static io.blobpath.tck.Sample.digest;
import static io.blobpath.tck.Sample.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.BlobPathCacheException;
import io.blobpath.cache.BlobPathCaches;
import io.blobpath.cache.CacheConfig;
import io.blobpath.cache.CacheInterruptedException;
import io.blobpath.cache.CacheMismatchException;
import io.blobpath.cache.CacheUnavailableException;
import io.blobpath.cache.RemoveResult;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rules E1 to E5: what is seen when something outside fails. */
abstract sealed class ErrorRules extends HistoryRules permits DamageRules {
    /** For threads to be woken on a busy machine. */
    private static final Duration SLACK = Duration.ofSeconds(3);

    @Test
    @Tag("E1")
    public final void aBackendCutOffIsUnavailableWithinTheDeadline() throws Exception {
        needs(Capability.CUT_OFF);
        BlobPathCache cache = openImpatient();
        cache.put(digest(1), path("a"));
        store().faults().cut();

        Calls.atOnce(Calls.all(cache), (call, body) -> {
            long start = System.nanoTime();
            assertThatThrownBy(body::run)
                    .as("%s while the backend is cut off", call)
                    .isInstanceOf(CacheUnavailableException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .as("time until %s failed", call)
                    .isLessThan(IMPATIENT.plus(SLACK));
        });

        store().faults().mend();
    }

    @Test
    @Tag("E1")
    public final void aBackendCutOffCannotBeOpened() {
        needs(Capability.CUT_OFF);
        store().faults().cut();

        assertThatThrownBy(() -> openImpatient()).isInstanceOf(CacheUnavailableException.class);

        store().faults().mend();
        open().info();
    }

    @Test
    @Tag("E1")
    public final void aHandleRecoversWithTheBackend() {
        needs(Capability.CUT_OFF);
        BlobPathCache cache = openImpatient();
        cache.put(digest(1), path("a"));
        store().faults().cut();
        assertThatThrownBy(() -> cache.canonical(digest(1))).isInstanceOf(CacheUnavailableException.class);

        store().faults().mend();

        assertPaths(cache, digest(1), "a");
    }

    @Test
    @Tag("E1")
    public final void aBackendCutOffDoesNotKeepCloseWaiting() {
        needs(Capability.CUT_OFF);
        BlobPathCache cache = openImpatient();
        store().faults().cut();

        long start = System.nanoTime();
        cache.close();

        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .as("time that close took")
                .isLessThan(IMPATIENT.multipliedBy(2).plus(SLACK));
        store().faults().mend();
    }

    @Test
    @Tag("E2")
    public final void aFailureNamesDriverOperationAndDigest() throws Exception {
        needs(Capability.CUT_OFF);
        BlobPathCache cache = openImpatient();
        String driver = cache.info().driver();
        store().faults().cut();
        Map<String, Runnable> onDigest = Calls.onDigest(cache);

        Calls.atOnce(Calls.all(cache), (call, body) -> {
            BlobPathCacheException failure = catchThrowableOfType(BlobPathCacheException.class, body::run);
            assertThat(failure).as("failure of %s", call).hasMessageContainingAll(driver, call);
            assertThat(failure.driver()).as("driver of the failure").contains(driver);
            assertThat(failure.operation()).as("operation of the failure").contains(call);
            if (onDigest.containsKey(call)) {
                assertThat(failure).hasMessageContaining(digest(1).toString());
                assertThat(failure.digest()).as("digest of the failure").contains(digest(1));
            }
        });

        store().faults().mend();
    }

    @Test
    @Tag("E2")
    public final void aRefusedOpenNamesDriverAndOperation() {
        BlobPathCache cache = openAs("registry-eu");
        String driver = cache.info().driver();

        BlobPathCacheException failure =
                catchThrowableOfType(CacheMismatchException.class, () -> openAs("registry-us"));

        assertThat(failure).hasMessageContainingAll(driver, "open");
        assertThat(failure.driver()).contains(driver);
        assertThat(failure.operation()).contains("open");
    }

    @Test
    @Tag("E3")
    public final void noTextShowsASecret() {
        Unsupported.unless(!store().secrets().isEmpty(), "secrets: the harness has none");
        BlobPathCache cache = openAs("registry-eu");

        String texts = String.join(
                "\n",
                cache.toString(),
                cache.info().toString(),
                store().config().toString(),
                text(catchThrowable(() -> openAs("registry-us"))));

        assertThat(texts).doesNotContain(store().secrets());
    }

    @Test
    @Tag("E3")
    public final void theRefusalOfAConfigShowsNoSecret() throws Exception {
        String driver = open().info().driver();
        String section = BlobPathCaches.options(driver).stream()
                .map(option -> "\"" + option.key() + "\": "
                        + (option.type().contains("secret") ? "{\"plain\": \"hunter2\"}" : "[]"))
                .collect(Collectors.joining(", ", "{\"unknown\": \"hunter2\", ", "}"));
        CacheConfig config = CacheConfig.load(Files.writeString(
                folder.resolve("config.json"),
                "{\"driver\": \"" + driver + "\", \"password\": \"hunter2\", \"" + driver + "\": " + section + "}"));

        Throwable refusal = catchThrowable(() -> closedLater(store().open(config)));

        assertThat(text(refusal) + config).doesNotContain("hunter2");
    }

    @Test
    @Tag("E4")
    public final void aPutWhoseReplyWasLostMayBeRepeated() {
        needs(Capability.LOST_REPLY);
        BlobPathCache cache = open();
        cache.put(digest(1), path("m"));

        repeatAfterALostReply(() -> cache.put(digest(1), path("a")));

        assertPaths(cache, digest(1), "m", "a");
    }

    @Test
    @Tag("E4")
    public final void aFirstPutWhoseReplyWasLostMayBeRepeated() {
        needs(Capability.LOST_REPLY);
        BlobPathCache cache = open();

        repeatAfterALostReply(() -> cache.put(digest(1), path("a")));

        assertPaths(cache, digest(1), "a");
        assertThat(cache.remove(digest(1), path("a"))).isEqualTo(RemoveResult.lastPath());
    }

    @Test
    @Tag("E4")
    public final void aRemoveWhoseReplyWasLostMayBeRepeated() {
        needs(Capability.LOST_REPLY);
        BlobPathCache cache = open();
        cache.putAll(Sample.records(digest(1), "m", "z", "a"));

        repeatAfterALostReply(() -> cache.remove(digest(1), path("m")));

        assertPaths(cache, digest(1), "a", "z");
    }

    @Test
    @Tag("E4")
    public final void batchesWhoseReplyWasLostMayBeRepeated() {
        needs(Capability.LOST_REPLY);
        BlobPathCache cache = open();

        repeatAfterALostReply(() -> cache.putAll(Sample.records(digest(1), "m", "z", "a")));
        assertPaths(cache, digest(1), "m", "a", "z");

        repeatAfterALostReply(() -> cache.removeAll(Sample.records(digest(1), "m", "a")));
        assertPaths(cache, digest(1), "z");
    }

    @Test
    @Tag("E5")
    public final void anInterruptedCallAnswersOrSaysSoAndKeepsTheFlag() {
        BlobPathCache cache = open();
        cache.put(digest(1), path("a"));

        Calls.all(cache).forEach((call, body) -> {
            Interrupted interrupted = Interrupted.beforeRunning(body);
            assertThat(interrupted.flag()).as("interrupt flag after %s", call).isTrue();
            assertThat(interrupted.failure())
                    .as("failure of %s", call)
                    .satisfiesAnyOf(
                            none -> assertThat(none).isNull(),
                            some -> assertThat(some).isInstanceOf(CacheInterruptedException.class));
        });
    }

    @Test
    @Tag("E5")
    public final void anInterruptDoesNotBreakTheHandle() {
        BlobPathCache cache = open();

        for (int round = 0; round < 20; round++) {
            Calls.all(cache)
                    .forEach((call, body) -> assertThat(
                                    Interrupted.beforeRunning(body).flag())
                            .as("interrupt flag after %s", call)
                            .isTrue());
        }

        cache.put(digest(1), path("a"));

        assertPaths(cache, digest(1), "a");
        assertPaths(open(), digest(1), "a");
    }

    @Test
    @Tag("E5")
    public final void anInterruptEndsTheWaitForTheBackend() throws Exception {
        needs(Capability.CUT_OFF);
        BlobPathCache cache = openWithin(Duration.ofSeconds(30));
        store().faults().cut();

        Calls.all(cache).forEach((call, body) -> {
            Interrupted interrupted = Interrupted.whileRunning(body);
            assertThat(interrupted.failure()).as("failure of %s", call).isInstanceOf(CacheInterruptedException.class);
            assertThat(interrupted.flag()).as("interrupt flag after %s", call).isTrue();
        });

        store().faults().mend();
    }

    /** A driver may fail, or ask again by itself: both are right. */
    private void repeatAfterALostReply(Runnable call) {
        store().faults().loseNextReply();
        Throwable failure = catchThrowable(call::run);
        assertThat(failure)
                .as("what a lost reply leads to")
                .satisfiesAnyOf(
                        none -> assertThat(none).isNull(),
                        some -> assertThat(some).isInstanceOf(CacheUnavailableException.class));
        call.run();
    }

    private static String text(Throwable failure) {
        StringWriter out = new StringWriter();
        failure.printStackTrace(new PrintWriter(out, true));
        return out.toString();
    }
}
