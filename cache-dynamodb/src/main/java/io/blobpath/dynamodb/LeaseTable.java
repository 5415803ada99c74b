package io.blobpath.dynamodb;

import static io.blobpath.dynamodb.DynamoDbKeys.number;
import static io.blobpath.dynamodb.DynamoDbKeys.text;

import io.blobpath.cache.lease.LeaseName;
import io.blobpath.cache.lease.LeasePage;
import io.blobpath.cache.lease.LeaseState;
import io.blobpath.cache.spi.LeaseAttempt;
import io.blobpath.cache.spi.LeaseClaim;
import io.blobpath.cache.spi.LeaseFailure;
import io.blobpath.cache.spi.LeaseRenewal;
import io.blobpath.cache.spi.OwnerToken;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * The items of leases, each call one conditional update. No clock of two hosts is compared: whoever wants a lease that is held
 * watches its version, and names it when it stood still for the whole lease. (The rule is that of Amazon's DynamoDB lock
 * client.)
 */
final class LeaseTable {
    /** Leases are spread over so many partition keys, so that no one of them is asked for all. */
    static final int BUCKETS = 16;

    private static final String FREE = "attribute_not_exists(leaseOwner)";
    private static final String GRANT = "SET leaseOwner = :owner, leaseFence = :fence, leaseVersion = :version,"
            + " leaseNanos = :nanos, leaseHolder = :holder, leaseSince = :since, leaseProgress = :zero, #ttl = :ttl"
            + " REMOVE failure, failureFrom, failureUntil";
    private static final String RENEW =
            "SET leaseVersion = :version, leaseNanos = :nanos, leaseProgress = :progress, #ttl = :ttl";
    private static final String END =
            " REMOVE leaseOwner, leaseVersion, leaseNanos, leaseHolder, leaseSince, leaseProgress";

    private final DynamoDbItems items;

    LeaseTable(DynamoDbItems items) {
        this.items = items;
    }

    /** Which of the partition keys the lease is under. */
    static int bucket(LeaseName name) {
        return Math.floorMod(name.key().hashCode(), BUCKETS);
    }

    Map<String, AttributeValue> key(LeaseName name) {
        return DynamoDbKeys.key(items.keys().leases(bucket(name)), name.key());
    }

    LeaseAttempt tryAcquire(Deadline deadline, LeaseClaim claim) {
        long least = 0;
        for (int attempt = 0; ; attempt++) {
            long now = LeaseItem.micros();
            long fence = Math.max(now, least);
            Optional<LeaseItem> found = update(deadline, grant(claim, now, fence));
            if (found.isEmpty()) {
                return new LeaseAttempt.Granted(fence, Optional.empty());
            }
            LeaseItem item = found.get();
            if (item.heldBy(claim.owner())) {
                return new LeaseAttempt.Granted(item.fence(), Optional.empty());
            }
            if (item.held() && !item.heldAt(claim.takeOver())) {
                return new LeaseAttempt.Held(item.state());
            }
            Optional<String> failure = claim.honourFailure() && !item.held() ? item.failure(now) : Optional.empty();
            if (failure.isPresent()) {
                return new LeaseAttempt.Failed(failure.get());
            }
            // The last fence came from a clock that is ahead of ours.
            least = item.fence() + 1;
            items.requests().pause(deadline, attempt, null);
        }
    }

    boolean renew(Deadline deadline, LeaseRenewal renewal) {
        Map<String, AttributeValue> values = Map.of(
                ":owner", text(renewal.owner().toString()),
                ":version", text(UUID.randomUUID().toString()),
                ":nanos", number(renewal.lease().toNanos()),
                ":progress", number(renewal.progress()),
                ":ttl", LeaseItem.rubbishAfter(renewal.lease()));
        return update(deadline, change(renewal.name(), RENEW, "leaseOwner = :owner", values))
                .isEmpty();
    }

    boolean release(Deadline deadline, LeaseName name, OwnerToken owner, Optional<LeaseFailure> failure) {
        return end(deadline, name, "leaseOwner = :owner", Map.of(":owner", text(owner.toString())), failure);
    }

    boolean breakLease(Deadline deadline, LeaseName name, long fence) {
        String condition = "attribute_exists(leaseOwner) AND leaseFence = :fence";
        return end(deadline, name, condition, Map.of(":fence", number(fence)), Optional.empty());
    }

    Optional<LeaseState> peek(Deadline deadline, LeaseName name) {
        LeaseItem item = new LeaseItem(items.get(deadline, key(name)));
        return item.held() ? Optional.of(item.state()) : Optional.empty();
    }

    LeasePage list(Deadline deadline, Optional<String> token, int limit) {
        return new LeaseListing(this, items).page(deadline, token, limit);
    }

    private UpdateItemRequest.Builder grant(LeaseClaim claim, long now, long fence) {
        Map<String, AttributeValue> values = new HashMap<>(Map.of(
                ":owner", text(claim.owner().toString()),
                ":fence", number(fence),
                ":version", text(UUID.randomUUID().toString()),
                ":nanos", number(claim.lease().toNanos()),
                ":holder", text(claim.holder()),
                ":since", number(now),
                ":zero", number(0),
                ":ttl", LeaseItem.rubbishAfter(claim.lease())));
        String condition = FREE;
        if (claim.honourFailure()) {
            condition += " AND (attribute_not_exists(failure) OR failureFrom >= :since OR failureUntil <= :since)";
        }
        if (claim.takeOver().isPresent()) {
            condition = "(" + condition + " OR leaseVersion = :seen)";
            values.put(":seen", text(claim.takeOver().get()));
        }
        return change(
                claim.name(), GRANT, "attribute_not_exists(pk) OR (" + condition + " AND leaseFence < :fence)", values);
    }

    private boolean end(
            Deadline deadline,
            LeaseName name,
            String condition,
            Map<String, AttributeValue> of,
            Optional<LeaseFailure> failure) {
        String call = UUID.randomUUID().toString();
        Map<String, AttributeValue> values = new HashMap<>(of);
        values.put(":call", text(call));
        values.put(
                ":ttl", LeaseItem.rubbishAfter(failure.map(LeaseFailure::keep).orElse(Duration.ZERO)));
        String set = "SET leaseEndedBy = :call, #ttl = :ttl";
        if (failure.isPresent()) {
            set += ", failure = :failure, failureFrom = :from, failureUntil = :until";
            long keep = TimeUnit.NANOSECONDS.toMicros(failure.get().keep().toNanos());
            long now = LeaseItem.micros();
            values.put(":failure", text(failure.get().reason()));
            values.put(":from", number(now - keep));
            values.put(":until", number(now + keep));
        }
        return update(deadline, change(name, set + END, condition, values))
                .map(item -> item.endedBy(call))
                .orElse(true);
    }

    private UpdateItemRequest.Builder change(
            LeaseName name, String change, String condition, Map<String, AttributeValue> values) {
        return UpdateItemRequest.builder()
                .tableName(items.table())
                .key(key(name))
                .updateExpression(change)
                .conditionExpression(condition)
                .expressionAttributeNames(Map.of("#ttl", DynamoDbKeys.TTL))
                .expressionAttributeValues(values)
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD);
    }

    /** Empty if it was done; otherwise the item as it is. */
    private Optional<LeaseItem> update(Deadline deadline, UpdateItemRequest.Builder update) {
        try {
            items.requests()
                    .send(
                            deadline,
                            (client, bounded) -> client.updateItem(
                                    update.overrideConfiguration(bounded).build()));
            return Optional.empty();
        } catch (ConditionalCheckFailedException e) {
            return Optional.of(new LeaseItem(e.item()));
        }
    }
}
