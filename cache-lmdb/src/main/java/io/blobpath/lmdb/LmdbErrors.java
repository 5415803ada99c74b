package io.blobpath.lmdb;

import io.blobpath.cache.BlobPathCacheException;
import io.blobpath.cache.CacheAccessException;
import io.blobpath.cache.CacheCorruptedException;
import io.blobpath.cache.CacheFullException;
import io.blobpath.cache.CacheInterruptedException;
import io.blobpath.cache.CacheUnavailableException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.util.Locale;
import org.lmdbjava.LmdbException;
import org.lmdbjava.LmdbNativeException;

/** What LMDB's and the file system's errors mean for a caller. Numbers: {@code lmdb.h}, and errno of Linux. */
final class LmdbErrors {
    private static final int MAP_FULL = -30792;
    private static final int MAP_RESIZED = -30785;
    private static final int READERS_FULL = -30790;
    private static final int PAGE_NOT_FOUND = -30797;
    private static final int CORRUPTED = -30796;
    private static final int VERSION_MISMATCH = -30794;
    private static final int INVALID = -30793;
    private static final int EPERM = 1;
    private static final int EIO = 5;
    private static final int ENOMEM = 12;
    private static final int EACCES = 13;
    private static final int EFBIG = 27;
    private static final int ENOSPC = 28;
    private static final int EROFS = 30;
    private static final int EDQUOT = 122;
    private static final int UNKNOWN = 0;

    private LmdbErrors() {}

    static BlobPathCacheException translate(LmdbException e) {
        return translate(code(e), e);
    }

    static BlobPathCacheException translate(int code, LmdbException cause) {
        return switch (code) {
            case MAP_FULL ->
                new CacheFullException(
                        "the map is full, most likely with pages that a long read pins; end such readers, or set a larger"
                                + " lmdb.mapSize in every process",
                        cause);
            case ENOSPC, EDQUOT, EFBIG ->
                new CacheFullException(
                        "the disk is full, or a quota or limit of the file's size is reached; make room", cause);
            case EACCES, EPERM, EROFS ->
                new CacheAccessException(
                        "the files cannot be written: " + cause.getMessage()
                                + "; use a writable directory of this user",
                        cause);
            case MAP_RESIZED ->
                new CacheUnavailableException(
                        "another process made the map larger than this one's; close the cache, set the same lmdb.mapSize"
                                + " everywhere and open it again",
                        cause);
            case READERS_FULL ->
                new CacheUnavailableException("too many processes read at once; close some of them", cause);
            case ENOMEM ->
                new CacheUnavailableException(
                        "there is no memory, or no address space for lmdb.mapSize; set a smaller one or raise the limit"
                                + " (ulimit -v)",
                        cause);
            case CORRUPTED, PAGE_NOT_FOUND, INVALID, VERSION_MISMATCH ->
                new CacheCorruptedException(
                        "LMDB found its file damaged: " + cause.getMessage()
                                + "; close every process that has the cache open and open it again: the file is then"
                                + " checked and set aside",
                        cause);
            default -> new CacheUnavailableException("LMDB failed: " + cause.getMessage(), cause);
        };
    }

    /**
     * Whether a commit that failed so leaves doubt about what is on disk. After a failed sync the kernel may hold pages for
     * clean that it never wrote (Rebello et al., "Can Applications Recover from fsync Failures?", USENIX ATC 2020).
     */
    static boolean isSuspect(LmdbException e) {
        return switch (code(e)) {
            case MAP_FULL, MAP_RESIZED, ENOSPC, EDQUOT, EFBIG, READERS_FULL, ENOMEM, UNKNOWN -> false;
            default -> true;
        };
    }

    /** Whether reading or writing failed; LMDB says so also when a write was cut short because the disk is full. */
    static boolean isInputOutput(LmdbException e) {
        return code(e) == EIO;
    }

    static BlobPathCacheException translate(IOException e) {
        if (e instanceof ClosedByInterruptException || e instanceof FileLockInterruptionException) {
            Thread.currentThread().interrupt();
            return new CacheInterruptedException("interrupted while the files were opened or closed", e);
        }
        String text = e.getMessage() == null ? "" : e.getMessage().toLowerCase(Locale.ROOT);
        if (e instanceof AccessDeniedException || text.contains("read-only") || text.contains("not permitted")) {
            return new CacheAccessException("the files cannot be written: " + e, e);
        }
        if (text.contains("no space") || text.contains("quota")) {
            return new CacheFullException("the disk is full or over quota; make room: " + e, e);
        }
        return e instanceof FileSystemException
                ? new CacheAccessException("the directory cannot be used: " + e, e)
                : new CacheUnavailableException("the files cannot be read or written: " + e, e);
    }

    /** The native library could not be loaded. */
    static CacheAccessException translate(LinkageError e) {
        return new CacheAccessException(
                "the native library of LMDB cannot be loaded: " + e + "; it is unpacked to java.io.tmpdir, which must"
                        + " not be mounted noexec: start Java with -Dlmdbjava.extract.dir=DIRECTORY to unpack it elsewhere",
                e);
    }

    private static int code(LmdbException e) {
        return e instanceof LmdbNativeException vendor ? vendor.getResultCode() : UNKNOWN;
    }
}
