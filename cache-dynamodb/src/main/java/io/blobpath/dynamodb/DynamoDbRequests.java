package io.blobpath.dynamodb;

import io.blobpath.cache.CacheInterruptedException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Sends requests, and sends them again after failures that pass, with full jitter and until the deadline. The SDK's own
 * retries are off, so that there is one place that decides.
 *
 * <p>A reply may get lost after a write was applied; every request is made so that it can be repeated: reads change nothing,
 * transactions carry a token, other writes recognise themselves by their condition.
 */
final class DynamoDbRequests {
    /** The longest first pause; a conflict is over sooner. */
    static final Duration FIRST_PAUSE = Duration.ofMillis(20);

    private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(1);
    /** So that there is time for another attempt when one is not answered. */
    private static final int ATTEMPTS_THAT_FIT = 3;

    private static final Duration LEAST_ATTEMPT = Duration.ofMillis(100);

    private final DynamoDbClient client;
    private final Duration attemptTimeout;
    private final long firstPause;

    /** A request, with the override that bounds its time. */
    interface Request<R> {
        R to(DynamoDbClient client, AwsRequestOverrideConfiguration bounded);
    }

    DynamoDbRequests(DynamoDbClient client, Duration operationTimeout, Duration firstPause) {
        this.client = client;
        this.firstPause = Math.max(1, firstPause.toNanos());
        Duration share = operationTimeout.dividedBy(ATTEMPTS_THAT_FIT);
        this.attemptTimeout = share.compareTo(LEAST_ATTEMPT) < 0 ? LEAST_ATTEMPT : share;
    }

    /**
     * The answer.
     *
     * @throws SdkException if a condition of the write was false; see {@link DynamoDbErrors#conditionFailed}
     */
    <R> R send(Deadline deadline, Request<R> request) {
        SdkException last = null;
        for (int attempt = 0; ; attempt++) {
            try {
                return request.to(client, bounded(deadline, last));
            } catch (SdkException e) {
                if (DynamoDbErrors.conditionFailed(e)) {
                    throw e;
                }
                if (!DynamoDbErrors.passes(e) && !(attempt == 0 && DynamoDbErrors.clockDiffers(e))) {
                    throw DynamoDbErrors.refused((AwsServiceException) e);
                }
                // An attempt that the deadline cut short tells less than what the server said before.
                last = last == null || e instanceof AwsServiceException ? e : last;
            }
            pause(deadline, attempt, last);
        }
    }

    /** Waits a random time before the next attempt, ever longer, but not beyond the deadline. */
    void pause(Deadline deadline, int attempt, @Nullable SdkException last) {
        long most = Math.min(LONGEST_PAUSE, firstPause << Math.min(attempt, 10));
        long nanos = Math.min(ThreadLocalRandom.current().nextLong(most), deadline.left());
        try {
            TimeUnit.NANOSECONDS.sleep(nanos);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CacheInterruptedException("interrupted while waiting for DynamoDB", e);
        }
        if (deadline.left() <= 0) {
            throw last == null ? DynamoDbErrors.contended() : DynamoDbErrors.outOfTime(last);
        }
    }

    void close() {
        client.close();
    }

    private AwsRequestOverrideConfiguration bounded(Deadline deadline, @Nullable SdkException last) {
        long left = deadline.left();
        if (left <= 0) {
            throw DynamoDbErrors.outOfTime(last);
        }
        Duration time = Duration.ofNanos(Math.min(left, attemptTimeout.toNanos()));
        return AwsRequestOverrideConfiguration.builder()
                .apiCallAttemptTimeout(time)
                .build();
    }
}
