package io.blobpath.dynamodb;

import io.blobpath.cache.BlobRecord;
import io.blobpath.cache.Digest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Cuts a batch into bundles that fit into a transaction each. The records of one digest stay in order, so that bundles with
 * the same digest form a lane and follow each other; lanes do not touch each other.
 */
final class Lanes {
    /** DynamoDB takes 100 items in a transaction. */
    private static final int MOST_ITEMS = 100;
    /** The head of a digest, and the duplicate that a promotion takes away. */
    private static final int OVERHEAD = 2;

    private static final int MOST_PATHS = MOST_ITEMS - OVERHEAD;

    private final List<BlobRecord> records;
    private final List<List<List<Part>>> lanes = new ArrayList<>();
    private List<Part> open = new ArrayList<>();
    private int weight;

    /**
     * Records of one digest.
     *
     * @param piece what is done
     * @param indices where its paths stand in the batch
     */
    record Part(Piece piece, List<Integer> indices) {}

    private Lanes(List<BlobRecord> records) {
        this.records = records;
    }

    /** Lanes of bundles of parts. */
    static List<List<List<Part>>> of(List<BlobRecord> records) {
        Map<Digest, List<Integer>> byDigest = new LinkedHashMap<>();
        for (int i = 0; i < records.size(); i++) {
            byDigest.computeIfAbsent(records.get(i).digest(), digest -> new ArrayList<>())
                    .add(i);
        }
        Lanes lanes = new Lanes(records);
        byDigest.forEach(lanes::add);
        lanes.closeBundle();
        return lanes.lanes;
    }

    private void add(Digest digest, List<Integer> indices) {
        if (indices.size() > MOST_PATHS) {
            List<List<Part>> lane = new ArrayList<>();
            for (int i = 0; i < indices.size(); i += MOST_PATHS) {
                lane.add(List.of(part(digest, indices.subList(i, Math.min(i + MOST_PATHS, indices.size())))));
            }
            lanes.add(lane);
            return;
        }
        if (weight + indices.size() + OVERHEAD > MOST_ITEMS) {
            closeBundle();
        }
        open.add(part(digest, indices));
        weight += indices.size() + OVERHEAD;
    }

    private void closeBundle() {
        if (!open.isEmpty()) {
            lanes.add(List.of(open));
        }
        open = new ArrayList<>();
        weight = 0;
    }

    private Part part(Digest digest, List<Integer> indices) {
        return new Part(
                new Piece(
                        digest, indices.stream().map(i -> records.get(i).path()).toList()),
                indices);
    }
}
