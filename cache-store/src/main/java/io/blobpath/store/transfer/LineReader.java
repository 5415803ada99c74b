package io.blobpath.store.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.blobpath.cache.DigestAlgorithm;
import io.blobpath.store.InvalidContentException;
import io.blobpath.store.file.BlobHashes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads lines that are JSON objects, and says of what is wrong on which line it is. */
final class LineReader {
    private static final JsonMapper JSON = new JsonMapper();

    private final InputStream in;
    private final MessageDigest hash = BlobHashes.hash(DigestAlgorithm.SHA256).orElseThrow();
    private long number;
    private byte[] last = {};

    LineReader(InputStream in) {
        this.in = in;
    }

    /** The next line. */
    JsonNode next() throws IOException {
        number++;
        hash.update(last);
        last = bytes();
        try {
            if (JSON.readTree(UTF_8.newDecoder().decode(ByteBuffer.wrap(last)).toString())
                    instanceof ObjectNode object) {
                return object;
            }
        } catch (CharacterCodingException e) {
            throw wrong("it is not UTF-8", e);
        } catch (JacksonException e) {
            throw wrong("it is no JSON: " + e.getOriginalMessage(), e);
        }
        throw wrong("it is no JSON object", null);
    }

    /** Refuses whatever comes behind the last line. */
    void end() throws IOException {
        if (in.read() >= 0) {
            number++;
            throw wrong("there is more behind the last line", null);
        }
    }

    /** The SHA-256 of all lines before this one. */
    String hashBefore() {
        return HexFormat.of().formatHex(hash.digest());
    }

    InvalidContentException wrong(String why, @Nullable Exception cause) {
        return new InvalidContentException("line " + number + ": " + why, cause);
    }

    private byte[] bytes() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0; next = in.read()) {
            line.write(next);
            if (next == '\n') {
                return line.toByteArray();
            }
            if (line.size() > RecordFormat.LINE_BYTES) {
                throw wrong("it has more than " + RecordFormat.LINE_BYTES + " bytes", null);
            }
        }
        throw wrong("the file ends here, before its last line, and is not complete", null);
    }
}
