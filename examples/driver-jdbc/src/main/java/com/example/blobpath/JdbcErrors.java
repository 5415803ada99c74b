package com.example.blobpath;

import io.blobpath.cache.BlobPathCacheException;
import io.blobpath.cache.CacheAccessException;
import io.blobpath.cache.CacheCorruptedException;
import io.blobpath.cache.CacheFullException;
import io.blobpath.cache.CacheUnavailableException;
import java.sql.SQLException;

/** What a failure of SQLite is to a user of the cache, by its result code (sqlite.org/rescode.html). */
final class JdbcErrors {
    private JdbcErrors() {}

    static BlobPathCacheException translate(SQLException e) {
        String reason = e.getMessage();
        return switch (e.getErrorCode() & 0xff) {
            case 3, 8, 14, 23 -> new CacheAccessException(reason, e); // PERM, READONLY, CANTOPEN, AUTH
            case 11, 26 -> new CacheCorruptedException(reason, e); // CORRUPT, NOTADB
            case 13 -> new CacheFullException(reason, e); // FULL
            default -> new CacheUnavailableException(reason, e); // BUSY, LOCKED, IOERR and what may pass
        };
    }
}
