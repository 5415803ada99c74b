package io.blobpath.dynamodb;

import static io.blobpath.dynamodb.DynamoDbKeys.number;
import static io.blobpath.dynamodb.DynamoDbKeys.text;

import io.blobpath.cache.CacheCorruptedException;
import io.blobpath.cache.lease.LeaseName;
import io.blobpath.cache.lease.LeaseState;
import io.blobpath.cache.spi.OwnerToken;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What the item of a lease holds. It stays when the lease is released, without an owner, so that the next fence is larger than
 * the last one whatever the clocks of two hosts say; DynamoDB removes it some days after its last use.
 */
record LeaseItem(Map<String, AttributeValue> attributes) {
    static final String OWNER = "leaseOwner";
    static final String FENCE = "leaseFence";
    static final String VERSION = "leaseVersion";
    static final String NANOS = "leaseNanos";
    static final String HOLDER = "leaseHolder";
    static final String SINCE = "leaseSince";
    static final String PROGRESS = "leaseProgress";
    /** The call that ended the lease last, by which it knows its own work when the reply was lost. */
    static final String ENDED_BY = "leaseEndedBy";

    static final String FAILURE = "failure";
    static final String FAILURE_FROM = "failureFrom";
    static final String FAILURE_UNTIL = "failureUntil";

    /** Far more than clocks differ, so that no item goes whose fence still matters. */
    private static final Duration KEPT = Duration.ofDays(7);

    /** When DynamoDB may remove the item of a lease that lasts so long. */
    static AttributeValue rubbishAfter(Duration lease) {
        return number(Instant.now().plus(KEPT).plus(lease).getEpochSecond());
    }

    /** The host's clock, in the unit of fences. */
    static long micros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }

    boolean held() {
        return attributes.containsKey(OWNER);
    }

    boolean heldBy(OwnerToken owner) {
        return text(owner.toString()).equals(attributes.get(OWNER));
    }

    boolean heldAt(Optional<String> version) {
        return version.isPresent() && version.get().equals(string(VERSION));
    }

    boolean endedBy(String call) {
        return text(call).equals(attributes.get(ENDED_BY));
    }

    long fence() {
        return integer(FENCE);
    }

    /** What the last holder left behind, if that was not long ago by this host's clock, either way. */
    Optional<String> failure(long now) {
        return attributes.containsKey(FAILURE) && integer(FAILURE_FROM) < now && now < integer(FAILURE_UNTIL)
                ? Optional.of(string(FAILURE))
                : Optional.empty();
    }

    LeaseState state() {
        return new LeaseState(
                LeaseName.ofKey(DynamoDbKeys.sort(attributes)),
                string(HOLDER),
                fence(),
                string(VERSION),
                Duration.ofNanos(integer(NANOS)),
                Instant.EPOCH.plus(integer(SINCE), ChronoUnit.MICROS),
                Optional.empty(),
                integer(PROGRESS));
    }

    private String string(String attribute) {
        return value(attribute).s();
    }

    private long integer(String attribute) {
        return Long.parseLong(value(attribute).n());
    }

    private AttributeValue value(String attribute) {
        AttributeValue value = attributes.get(attribute);
        if (value == null) {
            throw new CacheCorruptedException("the item of the lease lacks " + attribute + "; remove the item");
        }
        return value;
    }
}
