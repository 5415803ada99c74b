package io.blobpath.store.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.blobpath.cache.BlobPath;
import io.blobpath.cache.Digest;
import io.blobpath.cache.DigestAlgorithm;
import io.blobpath.store.file.BlobHashes;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes the lines of a file of records. */
final class LineWriter {
    private static final JsonMapper JSON = new JsonMapper();

    private final OutputStream out;
    private final MessageDigest hash = BlobHashes.hash(DigestAlgorithm.SHA256).orElseThrow();
    private long digests;
    private long records;

    LineWriter(OutputStream out) {
        this.out = out;
    }

    void begin() throws IOException {
        write(JSON.createObjectNode()
                .put(RecordFormat.FORMAT, RecordFormat.NAME)
                .put(RecordFormat.VERSION, RecordFormat.CURRENT));
    }

    void entry(Digest digest, List<BlobPath> paths) throws IOException {
        for (int from = 0; from < paths.size(); from += RecordFormat.PATHS_OF_LINE) {
            ObjectNode line = JSON.createObjectNode();
            line.put(RecordFormat.DIGEST, digest.toString());
            ArrayNode list = line.putArray(RecordFormat.PATHS);
            paths.subList(from, Math.min(paths.size(), from + RecordFormat.PATHS_OF_LINE))
                    .forEach(path -> list.add(path.toString()));
            write(line);
        }
        digests++;
        records += paths.size();
    }

    TransferReport end() throws IOException {
        write(JSON.createObjectNode()
                .put(RecordFormat.DIGESTS, digests)
                .put(RecordFormat.RECORDS, records)
                .put(RecordFormat.SHA256, HexFormat.of().formatHex(hash.digest())));
        out.flush();
        return new TransferReport(true, digests, records, 0, 0, 0);
    }

    private void write(ObjectNode line) throws IOException {
        byte[] bytes = (JSON.writeValueAsString(line) + '\n').getBytes(UTF_8);
        hash.update(bytes);
        out.write(bytes);
    }
}
