package io.blobpath.store.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.blobpath.cache.Digest;
import io.blobpath.cache.DigestAlgorithm;
import io.blobpath.store.fixture.ForwardingFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BlobHashesTest {
    private static final Digest ABC_256 =
            Digest.parse("sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    private static final Digest ABC_512 =
            Digest.parse("sha512:ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
                    + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f");

    private final FileOperations files = FileOperations.system();
    private Path file;

    @BeforeEach
    void write(@TempDir Path folder) throws IOException {
        file = Files.writeString(folder.resolve("abc"), "abc");
    }

    @Test
    void matchesTheDigestOfEachAlgorithm() throws IOException {
        assertThat(BlobHashes.verify(files, ABC_256, file, files.stat(file))).isEqualTo(Verdict.MATCHES);
        assertThat(BlobHashes.verify(files, ABC_512, file, files.stat(file))).isEqualTo(Verdict.MATCHES);
    }

    @Test
    void differsFromAnotherDigest() throws IOException {
        Digest other = BlobHashes.ofNothing(DigestAlgorithm.SHA256);

        assertThat(BlobHashes.verify(files, other, file, files.stat(file))).isEqualTo(Verdict.DIFFERS);
    }

    @Test
    void unknownAlgorithmIsNeverAMatch() throws IOException {
        Digest blake3 = BlobHashes.ofNothing(DigestAlgorithm.BLAKE3);

        assertThat(BlobHashes.verify(files, blake3, file, files.stat(file))).isEqualTo(Verdict.NOT_VERIFIABLE);
    }

    @Test
    void fileThatGrowsWhileItIsReadHasChanged() throws IOException {
        FileState before = files.stat(file);
        ForwardingFiles growing = new ForwardingFiles() {
            @Override
            protected void before(Call call, Path path) throws IOException {
                if (call == Call.READ) {
                    Files.writeString(path, "more", StandardOpenOption.APPEND);
                }
            }
        };

        assertThat(BlobHashes.verify(growing, ABC_256, file, before)).isEqualTo(Verdict.CHANGED);
    }

    @Test
    void fileThatWasExchangedHasChanged() throws IOException {
        FileState before = files.stat(file);
        Files.move(Files.writeString(file.resolveSibling("new"), "abc"), file, StandardCopyOption.ATOMIC_MOVE);

        assertThat(BlobHashes.verify(files, ABC_256, file, before)).isEqualTo(Verdict.CHANGED);
    }
}
