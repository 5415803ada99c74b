package io.blobpath.dynamodb;

import io.blobpath.cache.Digest;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Changes whose callers left, because of an interrupt or a failure elsewhere in the batch, and that go on without them until
 * they are done or their time is over. A later change of the same digest through this handle waits for them; otherwise they
 * could overtake it on another connection and undo it.
 */
final class Doubts {
    private final ConcurrentHashMap<Digest, CompletableFuture<?>> byDigest = new ConcurrentHashMap<>();

    void add(Collection<Digest> digests, CompletableFuture<?> change) {
        for (Digest digest : digests) {
            CompletableFuture<?> all = byDigest.merge(digest, change, CompletableFuture::allOf);
            var unused = all.whenComplete((done, failure) -> byDigest.remove(digest, all));
        }
    }

    /** What is in doubt about the digests; whether it succeeds or fails says nothing. */
    List<CompletableFuture<?>> about(Collection<Digest> digests) {
        return byDigest.isEmpty()
                ? List.of()
                : digests.stream()
                        .<CompletableFuture<?>>flatMap(digest -> Stream.ofNullable(byDigest.get(digest)))
                        .toList();
    }
}
