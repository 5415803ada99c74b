package io.blobpath.dynamodb;

import io.blobpath.cache.BlobEntry;
import io.blobpath.cache.BlobPath;
import io.blobpath.cache.Digest;
import io.blobpath.cache.spi.PathSlice;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Reads of one digest. A query is no snapshot of the items that it returns, so that a listing reads the head before and after
 * it, and starts again if the version is another one.
 */
final class DynamoDbLookups {
    private final DynamoDbItems items;

    private record Listing(Head head, List<BlobPath> duplicates) {}

    DynamoDbLookups(DynamoDbItems items) {
        this.items = items;
    }

    Optional<BlobPath> canonical(Deadline deadline, Digest digest) {
        return head(deadline, digest).map(Head::canonical);
    }

    boolean contains(Deadline deadline, Digest digest, BlobPath path) {
        DynamoDbKeys keys = items.keys();
        List<Map<String, AttributeValue>> read =
                items.snapshot(deadline, List.of(keys.head(digest), keys.duplicate(digest, path)));
        Optional<Head> head = Head.of(read.get(0));
        return head.isPresent()
                && (head.get().canonical().equals(path) || !read.get(1).isEmpty());
    }

    PathSlice paths(Deadline deadline, Digest digest, Optional<BlobPath> after, int limit) {
        Optional<Listing> listing = listing(deadline, digest, head(deadline, digest), after, limit);
        if (listing.isEmpty()) {
            return new PathSlice(Optional.empty(), List.of());
        }
        BlobPath canonical = listing.get().head().canonical();
        List<BlobPath> ascending = new ArrayList<>(listing.get().duplicates());
        if (after.isEmpty() || canonical.compareTo(after.get()) > 0) {
            ascending.add(-1 - Collections.binarySearch(ascending, canonical), canonical);
        }
        return new PathSlice(Optional.of(canonical), ascending.subList(0, Math.min(limit, ascending.size())));
    }

    /** The entry with this many duplicates at most. */
    Optional<BlobEntry> entry(Deadline deadline, Digest digest, int most) {
        return entry(deadline, digest, head(deadline, digest), most);
    }

    /** The same, with a head that was read before, perhaps long ago. */
    Optional<BlobEntry> entry(Deadline deadline, Digest digest, Optional<Head> seen, int most) {
        return listing(deadline, digest, seen, Optional.empty(), most)
                .map(listing -> new BlobEntry(
                        digest,
                        listing.head().canonical(),
                        listing.duplicates(),
                        listing.duplicates().size() == listing.head().duplicates()));
    }

    private Optional<Listing> listing(
            Deadline deadline, Digest digest, Optional<Head> seen, Optional<BlobPath> after, int limit) {
        Optional<Head> head = seen;
        for (int attempt = 0; ; attempt++) {
            if (head.isEmpty() || head.get().duplicates() == 0 || limit == 0) {
                return head.map(alone -> new Listing(alone, List.of()));
            }
            List<BlobPath> duplicates = items.duplicates(deadline, digest, after, limit);
            Optional<Head> again = head(deadline, digest);
            if (again.map(Head::version).equals(head.map(Head::version))) {
                return Optional.of(new Listing(head.get(), duplicates));
            }
            head = again;
            items.requests().pause(deadline, attempt, null);
        }
    }

    private Optional<Head> head(Deadline deadline, Digest digest) {
        return Head.of(items.get(deadline, items.keys().head(digest)));
    }
}
