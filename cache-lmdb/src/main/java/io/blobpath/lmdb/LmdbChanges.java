package io.blobpath.lmdb;

import io.blobpath.cache.BlobPath;
import io.blobpath.cache.BlobRecord;
import io.blobpath.cache.Digest;
import io.blobpath.cache.PutResult;
import io.blobpath.cache.RemoveResult;
import java.util.Arrays;

/** Puts and removes one record. Built on the caller's thread, so that the writer's has only the rows to touch. */
final class LmdbChanges {
    private LmdbChanges() {}

    /** Records a path. */
    static final class Put implements LmdbWriter.Change<PutResult> {
        private final BlobPath path;
        private final byte[] utf8;
        private final byte[] digestKey;
        private final byte[] canonicalValue;

        Put(Digest digest, BlobPath path) {
            this.path = path;
            this.utf8 = path.utf8();
            this.digestKey = LmdbRecords.digestKey(digest);
            this.canonicalValue = LmdbRecords.value(digestKey, digestKey.length, utf8);
        }

        Put(BlobRecord record) {
            this(record.digest(), record.path());
        }

        @Override
        public PutResult apply(LmdbTransaction transaction) {
            byte[] existing = transaction.add(digestKey, canonicalValue);
            if (existing == null) {
                return new PutResult(true, path);
            }
            byte[] canonical = LmdbRecords.path(digestKey, digestKey.length, existing);
            if (Arrays.equals(canonical, utf8)) {
                return new PutResult(false, path);
            }
            byte[] key = LmdbRecords.pathKey(digestKey, utf8);
            byte[] duplicate = transaction.add(key, LmdbRecords.pathValue(key, digestKey.length, utf8));
            if (duplicate != null) {
                LmdbRecords.path(key, digestKey.length, duplicate);
            }
            return new PutResult(duplicate == null, BlobPath.ofUtf8(canonical));
        }
    }

    /** Removes a path. */
    static final class Remove implements LmdbWriter.Change<RemoveResult> {
        private final byte[] path;
        private final byte[] digestKey;

        Remove(Digest digest, BlobPath path) {
            this.path = path.utf8();
            this.digestKey = LmdbRecords.digestKey(digest);
        }

        Remove(BlobRecord record) {
            this(record.digest(), record.path());
        }

        @Override
        public RemoveResult apply(LmdbTransaction transaction) {
            byte[] canonical = LmdbLookups.canonical(transaction, digestKey);
            if (canonical == null) {
                return RemoveResult.absent();
            }
            if (!Arrays.equals(canonical, path)) {
                boolean removed = transaction.delete(LmdbRecords.pathKey(digestKey, path));
                return removed ? RemoveResult.duplicate() : RemoveResult.absent();
            }
            byte[] next = LmdbDuplicates.first(transaction, digestKey);
            if (next == null) {
                transaction.delete(digestKey);
                return RemoveResult.lastPath();
            }
            transaction.delete(LmdbRecords.pathKey(digestKey, next));
            transaction.replace(digestKey, LmdbRecords.value(digestKey, digestKey.length, next));
            return RemoveResult.promoted(BlobPath.ofUtf8(next));
        }
    }

    /** Makes a recorded path the canonical one. */
    static final class Promote implements LmdbWriter.Change<Boolean> {
        private final byte[] path;
        private final byte[] digestKey;

        Promote(Digest digest, BlobPath path) {
            this.path = path.utf8();
            this.digestKey = LmdbRecords.digestKey(digest);
        }

        @Override
        public Boolean apply(LmdbTransaction transaction) {
            byte[] canonical = LmdbLookups.canonical(transaction, digestKey);
            if (canonical == null || Arrays.equals(canonical, path)) {
                return canonical != null;
            }
            if (!transaction.delete(LmdbRecords.pathKey(digestKey, path))) {
                return false;
            }
            transaction.replace(digestKey, LmdbRecords.value(digestKey, digestKey.length, path));
            byte[] key = LmdbRecords.pathKey(digestKey, canonical);
            transaction.replace(key, LmdbRecords.pathValue(key, digestKey.length, canonical));
            return true;
        }
    }
}
