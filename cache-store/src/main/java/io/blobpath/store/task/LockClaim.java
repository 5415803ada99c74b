package io.blobpath.store.task;

import org.jspecify.annotations.Nullable;

/** One node of a request: its place in the node's line of its mode. */
final class LockClaim {
    final LockRequest request;
    final LockNode node;
    final LockMode mode;
    final @Nullable LockClaim sibling;

    @Nullable
    LockClaim before;

    @Nullable
    LockClaim behind;

    LockClaim(LockRequest request, LockNode node, LockMode mode, @Nullable LockClaim sibling) {
        this.request = request;
        this.node = node;
        this.mode = mode;
        this.sibling = sibling;
    }
}
