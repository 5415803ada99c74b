package io.blobpath.store.task;

import org.jspecify.annotations.Nullable;

/** What a task holds or waits for. It holds nothing before it holds all. */
final class LockRequest {
    final Task<?> owner;

    /** Smaller for whoever asked earlier. */
    final long sequence;

    /** The last of the claims, which are linked by {@link LockClaim#sibling}. */
    @Nullable
    LockClaim claims;

    /** How many claims are not granted. */
    int missing;

    LockRequest(Task<?> owner, long sequence) {
        this.owner = owner;
        this.sequence = sequence;
    }

    boolean isGranted() {
        return missing == 0;
    }

    /** One of those that it waits for; null if it waits for nobody. */
    @Nullable
    Task<?> waitsFor() {
        for (LockClaim claim = claims; claim != null; claim = claim.sibling) {
            LockClaim obstacle = claim.node.obstacle(claim);
            if (obstacle != null) {
                return obstacle.request.owner;
            }
        }
        return null;
    }
}
