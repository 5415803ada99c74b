package io.blobpath.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.blobpath.cache.Digest;
import io.blobpath.store.BlobContent;
import io.blobpath.store.BlobSource;
import io.blobpath.store.file.BlobHashes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program on the page about embedding is one that compiles, and prints what the page says. */
final class EmbeddingTest {
    @Test
    void thePageHasTheProgramAndWhatItPrints(@TempDir Path folder) throws Exception {
        Path root = Files.createDirectory(folder.resolve("root"));
        Path config = folder.resolve("blobpath.json");
        Files.writeString(config, "{\"driver\":\"lmdb\",\"lmdb\":{\"directory\":\"cache\"}}");
        ByteArrayOutputStream printed = new ByteArrayOutputStream();

        PrintStream out = new PrintStream(printed, true, UTF_8);
        EmbeddingSample.run(root, config, out);
        byte[] bytes = "bytes from elsewhere".getBytes(UTF_8);
        Digest digest = BlobHashes.sha256(bytes);
        BlobSource upstream = request -> new BlobContent(bytes.length, new ByteArrayInputStream(bytes));
        EmbeddingSample.mirror(root, config, folder.resolve("streams"), upstream, digest, out);

        String source = Files.readString(Path.of("src/test/java/io/blobpath/cli/EmbeddingSample.java"));
        String code = source.substring(
                source.indexOf("// embedding.md begins\n") + "// embedding.md begins\n".length(),
                source.indexOf("// embedding.md ends"));
        assertThat(Files.readString(Run.repository().resolve("docs/embedding.md")))
                .contains("```java\n" + code + "```\n")
                .contains("```text\n" + printed.toString(UTF_8) + "```\n");
    }
}
