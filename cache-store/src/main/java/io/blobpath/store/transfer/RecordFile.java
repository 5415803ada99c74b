package io.blobpath.store.transfer;

import io.blobpath.cache.BlobPath;
import io.blobpath.cache.Digest;
import io.blobpath.store.InvalidContentException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Goes over a file of records, from its first line to its last. */
final class RecordFile {
    private final LineReader lines;
    private final Visitor visitor;
    private Optional<Digest> last = Optional.empty();
    private long digests;
    private long records;

    /** Gets the records in their order, the canonical one of each digest first. */
    interface Visitor {
        void visit(Digest digest, BlobPath path, boolean canonical);
    }

    private RecordFile(InputStream in, Visitor visitor) {
        this.lines = new LineReader(in);
        this.visitor = visitor;
    }

    /**
     * Reads all of it; how much that was.
     *
     * @throws InvalidContentException with the number of the first line that is wrong or missing
     */
    static TransferReport read(InputStream in, Visitor visitor) throws IOException {
        return new RecordFile(in, visitor).read();
    }

    private TransferReport read() throws IOException {
        head(lines.next());
        JsonNode line = lines.next();
        while (line.has(RecordFormat.DIGEST)) {
            entry(line);
            line = lines.next();
        }
        foot(line);
        lines.end();
        return new TransferReport(false, digests, records, 0, 0, 0);
    }

    private void head(JsonNode line) {
        if (!line.path(RecordFormat.FORMAT).asString("").equals(RecordFormat.NAME)) {
            throw lines.wrong("it is no file of records: its first line does not say " + RecordFormat.NAME, null);
        }
        int version = line.path(RecordFormat.VERSION).asInt(0);
        if (version != RecordFormat.CURRENT) {
            throw lines.wrong(
                    "it is of version " + version + " and this blobpath reads version " + RecordFormat.CURRENT, null);
        }
    }

    private void entry(JsonNode line) {
        JsonNode paths = line.path(RecordFormat.PATHS);
        if (!paths.isArray() || paths.isEmpty()) {
            throw lines.wrong("it has a digest and no paths", null);
        }
        try {
            Digest digest = Digest.parse(line.path(RecordFormat.DIGEST).asString(""));
            boolean first = !last.equals(Optional.of(digest));
            last = Optional.of(digest);
            digests += first ? 1 : 0;
            for (JsonNode path : paths) {
                visitor.visit(digest, BlobPath.of(path.asString("")), first);
                first = false;
                records++;
            }
        } catch (IllegalArgumentException e) {
            throw lines.wrong(String.valueOf(e.getMessage()), e);
        }
    }

    private void foot(JsonNode line) {
        if (line.path(RecordFormat.DIGESTS).asLong(-1) != digests
                || line.path(RecordFormat.RECORDS).asLong(-1) != records) {
            throw lines.wrong(
                    "there are " + digests + " digests and " + records + " records before it, and it says otherwise",
                    null);
        }
        // Whoever makes such a file by other means need not compute it.
        if (line.has(RecordFormat.SHA256)
                && !line.path(RecordFormat.SHA256).asString("").equals(lines.hashBefore())) {
            throw lines.wrong("a line before it was changed: they have another SHA-256", null);
        }
    }
}
