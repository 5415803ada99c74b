package com.example.blobpath;

import io.blobpath.cache.BlobEntry;
import io.blobpath.cache.BlobPath;
import io.blobpath.cache.BlobPathCacheException;
import io.blobpath.cache.BlobRecord;
import io.blobpath.cache.CacheInfo;
import io.blobpath.cache.Digest;
import io.blobpath.cache.PutResult;
import io.blobpath.cache.RemoveResult;
import io.blobpath.cache.ScanPage;
import io.blobpath.cache.ScanRequest;
import io.blobpath.cache.spi.CacheDriver;
import io.blobpath.cache.spi.PathSlice;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** One handle. Each operation is one transaction; a batch is a transaction for each thousand elements. */
final class JdbcBlobPathCache implements CacheDriver {
    private static final int BATCH = 1_000;

    private final JdbcDatabase database;
    private final String store;

    /** An operation on a record, within a transaction. */
    @FunctionalInterface
    private interface Operation<R> {
        R on(JdbcRows rows, Digest digest, BlobPath path) throws SQLException;
    }

    JdbcBlobPathCache(JdbcDatabase database, String store) {
        this.database = database;
        this.store = store;
    }

    @Override
    public Optional<BlobPath> canonical(Digest digest) {
        return database.read(connection -> new JdbcRows(connection).canonical(digest));
    }

    @Override
    public boolean contains(Digest digest, BlobPath path) {
        return database.read(connection -> new JdbcRows(connection).contains(digest, path));
    }

    @Override
    public PathSlice paths(Digest digest, Optional<BlobPath> after, int limit) {
        byte[] bound = after.map(BlobPath::utf8).orElse(new byte[0]);
        return database.read(connection -> {
            JdbcRows rows = new JdbcRows(connection);
            return new PathSlice(rows.canonical(digest), rows.paths(digest, bound, limit));
        });
    }

    @Override
    public PutResult put(Digest digest, BlobPath path) {
        return database.write(connection -> put(new JdbcRows(connection), digest, path));
    }

    @Override
    public RemoveResult remove(Digest digest, BlobPath path) {
        return database.write(connection -> remove(new JdbcRows(connection), digest, path));
    }

    @Override
    public List<PutResult> putAll(List<BlobRecord> records) {
        return inBatches(records, JdbcBlobPathCache::put);
    }

    @Override
    public List<RemoveResult> removeAll(List<BlobRecord> records) {
        return inBatches(records, JdbcBlobPathCache::remove);
    }

    @Override
    public ScanPage scan(ScanRequest request) {
        String after = request.token().map(JdbcBlobPathCache::lastDigest).orElse("");
        return database.read(connection -> {
            JdbcRows rows = new JdbcRows(connection);
            List<Digest> digests = rows.digests(after, request.limit() + 1);
            boolean more = digests.size() > request.limit();
            List<BlobEntry> entries = new ArrayList<>();
            for (Digest digest : more ? digests.subList(0, request.limit()) : digests) {
                entries.add(entry(rows, digest, request.duplicates()));
            }
            return new ScanPage(
                    entries, more ? Optional.of(digests.get(request.limit() - 1).toString()) : Optional.empty());
        });
    }

    @Override
    public CacheInfo info() {
        database.read(connection -> true);
        return new CacheInfo(
                "jdbc",
                store,
                JdbcSchema.VERSION,
                OptionalLong.empty(),
                Map.of("file", database.file().toString()));
    }

    @Override
    public void close() {
        database.close();
    }

    private static PutResult put(JdbcRows rows, Digest digest, BlobPath path) throws SQLException {
        Optional<BlobPath> canonical = rows.canonical(digest);
        if (canonical.isEmpty()) {
            rows.setCanonical(digest, Optional.of(path));
        }
        return new PutResult(rows.insert(digest, path), canonical.orElse(path));
    }

    private static RemoveResult remove(JdbcRows rows, Digest digest, BlobPath path) throws SQLException {
        Optional<BlobPath> canonical = rows.canonical(digest);
        if (!rows.delete(digest, path)) {
            return RemoveResult.absent();
        }
        if (!canonical.equals(Optional.of(path))) {
            return RemoveResult.duplicate();
        }
        Optional<BlobPath> next = rows.paths(digest, new byte[0], 1).stream().findFirst();
        rows.setCanonical(digest, next);
        return next.map(RemoveResult::promoted).orElseGet(RemoveResult::lastPath);
    }

    private <R> List<R> inBatches(List<BlobRecord> records, Operation<R> operation) {
        List<R> results = new ArrayList<>(records.size());
        try {
            for (int from = 0; from < records.size(); from += BATCH) {
                List<BlobRecord> batch = records.subList(from, Math.min(records.size(), from + BATCH));
                results.addAll(database.write(connection -> {
                    JdbcRows rows = new JdbcRows(connection);
                    List<R> each = new ArrayList<>();
                    for (BlobRecord record : batch) {
                        each.add(operation.on(rows, record.digest(), record.path()));
                    }
                    return each;
                }));
            }
            return results;
        } catch (BlobPathCacheException e) {
            BitSet applied = new BitSet();
            applied.set(0, results.size());
            throw e.withApplied(applied);
        }
    }

    private static BlobEntry entry(JdbcRows rows, Digest digest, int most) throws SQLException {
        BlobPath canonical = rows.canonical(digest).orElseThrow();
        List<BlobPath> duplicates = rows.duplicates(digest, canonical, most + 1);
        boolean complete = duplicates.size() <= most;
        return new BlobEntry(digest, canonical, complete ? duplicates : duplicates.subList(0, most), complete);
    }

    private static String lastDigest(String token) {
        try {
            return Digest.parse(token).toString();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("invalid scan token: it must come from a page of a scan", e);
        }
    }
}
