package io.blobpath.store.task;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Who holds and who waits for which resources. Not safe for threads: the lock of the task states guards it.
 *
 * <p>Since a request waits for earlier ones only, nobody waits in a circle. Entering and leaving cost time in proportion to the
 * nodes of the request, and to those that it sets free. A node that nobody asks for leaves nothing behind.
 */
final class LockTable {
    private final Map<String, LockNode> nodes = new HashMap<>();
    private long sequence;

    /** Asks for the resources, behind all that asked before. */
    LockRequest enter(Task<?> owner, ResourceSet resources) {
        LockRequest request = new LockRequest(owner, sequence++);
        for (int i = 0; i < resources.size(); i++) {
            LockNode node = nodes.computeIfAbsent(resources.key(i), LockNode::new);
            request.claims = new LockClaim(request, node, resources.mode(i), request.claims);
            if (!node.enter(request.claims)) {
                request.missing++;
            }
        }
        return request;
    }

    /** Gives everything back, or stops waiting for it, and tells whose request is complete now. */
    void leave(LockRequest request, Consumer<LockRequest> complete) {
        for (LockClaim claim = request.claims; claim != null; claim = claim.sibling) {
            claim.node.leave(claim, complete);
            if (claim.node.isEmpty()) {
                nodes.remove(claim.node.key);
            }
        }
        request.claims = null;
    }

    /** How many nodes are held or waited for. */
    int size() {
        return nodes.size();
    }
}
