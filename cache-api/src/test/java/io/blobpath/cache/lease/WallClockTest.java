package io.blobpath.cache.lease;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A wall clock that jumps by a day changes nothing, because nobody here reads it. A test cannot make the clock jump, but it can
 * look for the ways to read one: their names are in the constant pool of a class that uses them.
 */
class WallClockTest {
    private static final List<String> WAYS =
            List.of("currentTimeMillis", "java/time/Clock", "java/util/Date", "java/time/LocalDateTime");

    @Test
    void noClassOfTheLeasesReadsTheWallClock() throws Exception {
        assertThat(classes())
                .isNotEmpty()
                .allSatisfy(file ->
                        assertThat(constants(file)).as("%s", file.getFileName()).doesNotContain(WAYS));
    }

    private static List<Path> classes() throws IOException, URISyntaxException {
        Path folder = Path.of(Lease.class.getResource("Lease.class").toURI()).getParent();
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".class")).toList();
        }
    }

    private static String constants(Path file) throws IOException {
        return Files.readString(file, ISO_8859_1);
    }
}
