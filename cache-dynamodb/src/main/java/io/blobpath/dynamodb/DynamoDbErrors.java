package io.blobpath.dynamodb;

import io.blobpath.cache.BlobPathCacheException;
import io.blobpath.cache.CacheAccessException;
import io.blobpath.cache.CacheConfigException;
import io.blobpath.cache.CacheThrottledException;
import io.blobpath.cache.CacheUnavailableException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** The one place that knows what the exceptions of the SDK mean. */
final class DynamoDbErrors {
    private static final Set<String> THROTTLED = Set.of(
            "ContinuousBackupsUnavailableException",
            "LimitExceededException",
            "ProvisionedThroughputExceeded",
            "ProvisionedThroughputExceededException",
            "ReplicatedWriteConflictException",
            "RequestLimitExceeded",
            "RequestThrottled",
            "RequestThrottledException",
            "ResourceInUseException",
            "ThrottledException",
            "Throttling",
            "ThrottlingError",
            "ThrottlingException",
            "TooManyRequestsException",
            "TransactionConflict",
            "TransactionConflictException",
            "TransactionInProgressException");
    private static final Set<String> REFUSED = Set.of(
            "AccessDenied",
            "AccessDeniedException",
            "ExpiredToken",
            "ExpiredTokenException",
            "IncompleteSignature",
            "InvalidClientTokenId",
            "InvalidSignatureException",
            "KMSAccessDeniedException",
            "MissingAuthenticationToken",
            "MissingAuthenticationTokenException",
            "NotAuthorized",
            "OptInRequired",
            "RequestExpired",
            "UnrecognizedClientException");
    private static final String CONDITION = "ConditionalCheckFailed";

    private DynamoDbErrors() {}

    /** Whether a condition of the write was false: not a failure but an answer. */
    static boolean conditionFailed(SdkException e) {
        return e instanceof ConditionalCheckFailedException || reasons(e).contains(CONDITION);
    }

    /** Whether the same request may succeed a little later. All requests of this driver may be repeated. */
    static boolean passes(SdkException e) {
        if (!(e instanceof AwsServiceException service)) {
            return true;
        }
        return throttled(service) || service.statusCode() >= 500;
    }

    /** Whether the host's clock is to blame: the SDK notes the difference, and signs the next attempt by the server's time. */
    static boolean clockDiffers(SdkException e) {
        return e instanceof AwsServiceException service && service.isClockSkewException();
    }

    /**
     * The item that made the condition of a write false.
     *
     * @param write the place of the write in its transaction
     * @return empty if this condition was true; an empty map if it was false because there is no such item
     */
    static Optional<Map<String, AttributeValue>> refuted(SdkException e, int write) {
        if (!(e instanceof TransactionCanceledException canceled)
                || canceled.cancellationReasons().size() <= write) {
            return Optional.empty();
        }
        CancellationReason reason = canceled.cancellationReasons().get(write);
        return CONDITION.equals(reason.code()) ? Optional.of(reason.item()) : Optional.empty();
    }

    /** What a caller gets for a failure that repeating does not mend. */
    static BlobPathCacheException refused(AwsServiceException e) {
        String code = code(e);
        if (REFUSED.contains(code)) {
            return new CacheAccessException(
                    "DynamoDB refused it (" + code + "): " + e.awsErrorDetails().errorMessage()
                            + "; check the credentials and that the policy in docs/drivers/dynamodb.md is attached",
                    e);
        }
        if (code.equals("ResourceNotFoundException")) {
            return new CacheConfigException(
                    List.of("dynamodb.table does not exist in this region and account; create it or set"
                            + " dynamodb.create=ifMissing"));
        }
        if (code.equals("ValidationException")) {
            return new CacheConfigException(List.of("dynamodb.table cannot be used: "
                    + e.awsErrorDetails().errorMessage() + "; it needs the string keys pk and sk"));
        }
        return new CacheUnavailableException("DynamoDB answered " + code, e);
    }

    /** What a caller gets when the time is over. */
    static BlobPathCacheException outOfTime(@Nullable SdkException last) {
        if (last instanceof AwsServiceException service && (throttled(service) || conditionFailed(last))) {
            return new CacheThrottledException(
                    "DynamoDB answered " + code(service) + " until the time was over; try again later, or raise the"
                            + " capacity of the table",
                    last);
        }
        if (last instanceof AwsServiceException service) {
            return new CacheUnavailableException(
                    "DynamoDB answered " + code(service) + " until the time was over; try again", last);
        }
        return new CacheUnavailableException(
                "DynamoDB did not answer in time" + (last == null ? "" : " (" + last.getMessage() + ")")
                        + "; check endpoint, region and network, or raise operationTimeout",
                last);
    }

    /** What a caller gets when others changed the same item until the time was over. */
    static BlobPathCacheException contended() {
        return new CacheThrottledException("others changed it until the time was over; try again later");
    }

    /** The code of the failure, for one that DynamoDB reported. */
    static String code(AwsServiceException e) {
        if (e.awsErrorDetails() == null || e.awsErrorDetails().errorCode() == null) {
            return "HTTP " + e.statusCode();
        }
        Set<String> reasons = reasons(e);
        return e.awsErrorDetails().errorCode() + (reasons.isEmpty() ? "" : " " + String.join(", ", reasons));
    }

    private static boolean throttled(AwsServiceException e) {
        Set<String> reasons = reasons(e);
        if (!reasons.isEmpty()) {
            return reasons.stream().anyMatch(THROTTLED::contains) && !reasons.contains(CONDITION);
        }
        return THROTTLED.contains(code(e)) || e.statusCode() == 429;
    }

    private static Set<String> reasons(SdkException e) {
        if (!(e instanceof TransactionCanceledException canceled) || !canceled.hasCancellationReasons()) {
            return Set.of();
        }
        return canceled.cancellationReasons().stream()
                .map(CancellationReason::code)
                .filter(code -> code != null && !code.equals("None"))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
