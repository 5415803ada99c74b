package io.blobpath.cache;

import java.util.BitSet;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The backend failed. The subclass says what a caller can do about it.
 *
 * <p>A driver throws it with the reason only; the cache adds which driver, operation and digest it was, once, before a
 * caller sees it (E2). No message holds a secret (E3).
 */
public abstract class BlobPathCacheException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private transient @Nullable Context context;
    private final String reason;
    private final BitSet applied = new BitSet();

    private record Context(String driver, String operation, Optional<Digest> digest) {}

    /**
     * For the subclasses, and for drivers that need one of their own.
     *
     * @param reason what went wrong and what to do, without driver, operation and digest
     * @param cause the vendor's exception, if there is one
     */
    protected BlobPathCacheException(String reason, @Nullable Throwable cause) {
        super(Objects.requireNonNull(reason, "reason"), cause);
        this.reason = reason;
    }

    /** Whether the same call may succeed a little later without anybody mending anything. */
    public boolean isRetryable() {
        return false;
    }

    /** The name of the driver, once known. */
    public Optional<String> driver() {
        return Optional.ofNullable(context).map(Context::driver);
    }

    /** The operation that failed, such as {@code put}, once known. */
    public Optional<String> operation() {
        return Optional.ofNullable(context).map(Context::operation);
    }

    /** The digest that the operation was about, if it was about one. */
    public Optional<Digest> digest() {
        return Optional.ofNullable(context).flatMap(Context::digest);
    }

    /**
     * After a batch: the indices of the elements that are known to be applied. The others may be applied or not; all are
     * safe to repeat (B3).
     */
    public BitSet applied() {
        return (BitSet) applied.clone();
    }

    /**
     * For drivers: notes that these elements of the batch are applied.
     *
     * @return this exception
     */
    public BlobPathCacheException withApplied(BitSet indices) {
        applied.or(indices);
        return this;
    }

    /**
     * Adds where it happened, unless that is known already.
     *
     * @return this exception
     */
    BlobPathCacheException at(String driver, String operation, Optional<Digest> digest) {
        if (context == null) {
            context = new Context(driver, operation, digest);
        }
        return this;
    }

    /** Driver, operation and digest, as far as they are known, and the reason. */
    @Override
    public String getMessage() {
        Context at = context;
        if (at == null) {
            return reason;
        }
        return at.driver + ": " + at.operation + at.digest.map(d -> " " + d).orElse("") + " failed: " + reason;
    }
}
