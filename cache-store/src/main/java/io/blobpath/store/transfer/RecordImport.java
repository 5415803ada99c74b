package io.blobpath.store.transfer;

import io.blobpath.cache.BlobPathCache;
import io.blobpath.store.InvalidContentException;
import io.blobpath.store.StoreListener;
import io.blobpath.store.StorePhase;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * Reads records from JSON lines, as {@link RecordExport} writes them. What is recorded already stays and nothing is removed, so
 * that reading a file again changes nothing. The path that is first for a digest in the file becomes its canonical one.
 */
public final class RecordImport {
    private RecordImport() {}

    /**
     * Reads the file and tells what it has.
     *
     * @throws InvalidContentException if it is not whole, with the number of the line
     */
    public static TransferReport check(Path file) throws IOException {
        return read(file, (digest, path, canonical) -> {});
    }

    /**
     * Checks the file from its first line to its last, and then records what it has.
     *
     * @param cache stays open
     * @throws InvalidContentException if it is not whole, with the number of the line; nothing is recorded then
     * @throws io.blobpath.cache.BlobPathCacheException if the cache failed; what was recorded before stays, and reading the file
     *     again does the rest
     */
    public static TransferReport apply(Path file, BlobPathCache cache, StoreListener listener) throws IOException {
        TransferReport checked = check(file);
        RecordSink sink = new RecordSink(cache);
        listener.started(StorePhase.COPY, OptionalLong.of(checked.records()));
        read(file, (digest, path, canonical) -> {
            sink.accept(digest, path, canonical);
            listener.advanced(StorePhase.COPY, 1, 0);
        });
        sink.flush();
        listener.finished(StorePhase.COPY);
        return new TransferReport(
                true, checked.digests(), checked.records(), sink.added(), sink.known(), sink.promoted());
    }

    private static TransferReport read(Path file, RecordFile.Visitor visitor) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            return RecordFile.read(in, visitor);
        } catch (InvalidContentException e) {
            throw new InvalidContentException("cannot read '" + file + "': " + e.getMessage(), e);
        }
    }
}
