package io.blobpath.store.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.blobpath.cache.BlobPath;
import io.blobpath.cache.Digest;
import io.blobpath.store.InvalidContentException;
import io.blobpath.store.StoreListener;
import io.blobpath.store.fixture.StoreTest;
import io.blobpath.store.fixture.Tree;
import io.blobpath.store.walk.RecordScan;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Records as a file, and back. */
final class RecordFileTest extends StoreTest {
    private static final String HEAD = "{\"format\":\"blobpath-records\",\"version\":1}\n";
    private static final Digest SHARED = Tree.digest("shared by many");

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("records.jsonl");
    }

    @Test
    void theFileIsAsThePageSays() throws IOException {
        Digest digest = Tree.digest("content");
        cache.put(digest, BlobPath.of("b/x"));
        cache.put(digest, BlobPath.of("a/\u00e9\""));
        String entry = "{\"digest\":\"" + digest + "\",\"paths\":[\"b/x\",\"a/\u00e9\\\"\"]}\n";

        assertThat(export())
                .isEqualTo(HEAD + entry + "{\"digests\":1,\"records\":2,\"sha256\":\""
                        + Tree.digest(HEAD + entry).hex() + "\"}\n");
    }

    @Test
    void whatWasWrittenIsReadAgain() throws IOException {
        for (int i = 0; i < 2500; i++) {
            cache.put(SHARED, BlobPath.of("r" + (9999 - i) + "/x"));
            cache.put(Tree.digest("blob " + i % 700), BlobPath.of("r" + i + "/x"));
        }
        String text = export();
        List<BlobPath> paths = recorded(SHARED);
        wipe();

        TransferReport report = read(text);

        assertThat(report).isEqualTo(new TransferReport(true, 701, 5000, 5000, 0, 0));
        assertThat(recorded(SHARED)).isEqualTo(paths);
        assertThat(export()).isEqualTo(text);
        assertThat(read(text).added()).isZero();
    }

    @Test
    void theFirstPathOfTheFileBecomesCanonical() throws IOException {
        cache.put(SHARED, BlobPath.of("b/x"));
        cache.put(SHARED, BlobPath.of("a/x"));
        String text = export();
        cache.remove(SHARED, BlobPath.of("b/x"));

        TransferReport report = read(text);

        assertThat(report.promoted()).isEqualTo(1);
        assertThat(recorded(SHARED)).containsExactly(BlobPath.of("b/x"), BlobPath.of("a/x"));
    }

    @Test
    void checkingRecordsNothing() throws IOException {
        cache.put(SHARED, BlobPath.of("b/x"));
        Files.writeString(file, export());
        wipe();

        assertThat(RecordImport.check(file)).isEqualTo(new TransferReport(false, 1, 1, 0, 0, 0));
        assertThat(recorded(SHARED)).isEmpty();
    }

    @Test
    void whereverACopyWasCutOffItIsRefusedAndNothingRecorded() throws IOException {
        cache.put(SHARED, BlobPath.of("b/x"));
        String text = export();
        wipe();

        for (int length = 0; length < text.length(); length++) {
            String cut = text.substring(0, length);
            assertThatExceptionOfType(InvalidContentException.class)
                    .as("%d", length)
                    .isThrownBy(() -> read(cut))
                    .withMessageContaining(
                            "line " + (1 + cut.chars().filter(c -> c == '\n').count()) + ": ");
        }
        assertThat(recorded(SHARED)).isEmpty();
    }

    @Test
    void aChangedPathIsNoticed() throws IOException {
        cache.put(SHARED, BlobPath.of("b/x"));
        String text = export().replace("b/x", "b/y");

        assertThatExceptionOfType(InvalidContentException.class)
                .isThrownBy(() -> read(text))
                .withMessageContaining("line 3: a line before it was changed");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | line 1: it is no file of records",
                "{\"format\":\"blobpath-records\",\"version\":2} | line 1: it is of version 2 and this blobpath reads",
                "HEAD [] | line 2: it is no JSON object",
                "HEAD nonsense | line 2: it is no JSON: ",
                "HEAD {\"digest\":\"sha256:12\",\"paths\":[\"a\"]} | line 2: ",
                "HEAD {\"digest\":\"sha256:12\"} | line 2: it has a digest and no paths",
                "HEAD {\"digests\":1,\"records\":0} | line 2: there are 0 digests and 0 records before it",
                "HEAD {\"digests\":0,\"records\":0} more | line 3: there is more behind the last line"
            })
    void whatIsWrongIsToldWithItsLine(String text, String message) {
        String lines = text.replace("HEAD ", HEAD).replace("} more", "}\nmore") + "\n";

        assertThatExceptionOfType(InvalidContentException.class)
                .isThrownBy(() -> read(lines))
                .withMessageContaining(message);
    }

    @Test
    void bytesThatAreNoTextAreTold() throws IOException {
        byte[] bytes = (HEAD + "?\n").getBytes(UTF_8);
        bytes[bytes.length - 2] = (byte) 0xff;
        Files.write(file, bytes);

        assertThatExceptionOfType(InvalidContentException.class)
                .isThrownBy(() -> RecordImport.check(file))
                .withMessageContaining("line 2: it is not UTF-8");
    }

    private String export() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new RecordExport(cache, StoreListener.NONE).write(out);
        return out.toString(UTF_8);
    }

    private TransferReport read(String text) throws IOException {
        Files.writeString(file, text);
        return RecordImport.apply(file, cache, StoreListener.NONE);
    }

    private void wipe() {
        new RecordScan(cache).forEach((entry, path) -> cache.remove(entry.digest(), path));
    }
}
