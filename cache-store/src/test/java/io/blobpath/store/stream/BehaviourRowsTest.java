package io.blobpath.store.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of behaviours names every row of the systems that it is taken from, and tests that exist. */
final class BehaviourRowsTest {
    private static final Pattern TEST = Pattern.compile("`([A-Za-z][A-Za-z.]*)`");

    @Test
    void everyRowIsThere() throws IOException {
        Set<String> rows = table().flatMap(line -> Stream.of(line.split("\\|", -1)[1].split(",", -1)))
                .map(String::strip)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(rows)
                .containsExactlyInAnyOrderElementsOf(Stream.of(
                                rows("GG-", 13),
                                rows("GG-D", 9),
                                rows("CF-", 14),
                                rows("CF-D", 7),
                                rows("GS-", 18),
                                rows("GS-D", 10),
                                rows("GP-", 13),
                                rows("GF-", 9),
                                rows("GM-", 4))
                        .flatMap(all -> all)
                        .toList());
    }

    @Test
    void everyTestThatIsNamedExists() throws IOException {
        for (String line : table().toList()) {
            List<String> names = TEST.matcher(line.split("\\|", -1)[3])
                    .results()
                    .map(result -> result.group(1))
                    .toList();
            assertThat(names).as(line).isNotEmpty();
            String type = "";
            for (String name : names) {
                // A method alone belongs to the class that was named last.
                boolean alone = Character.isLowerCase(name.charAt(0));
                int dot = name.indexOf('.');
                type = alone ? type : dot < 0 ? name : name.substring(0, dot);
                String method = alone ? name : dot < 0 ? "" : name.substring(dot + 1);
                assertThat(exists(type, method)).as("%s of: %s", name, line).isTrue();
            }
        }
    }

    private static boolean exists(String type, String method) {
        return Stream.of("stream.", "layer.").anyMatch(inside -> {
            try {
                Class<?> test = Class.forName("io.blobpath.store." + inside + type);
                return method.isEmpty()
                        || Arrays.stream(test.getDeclaredMethods())
                                .anyMatch(declared -> declared.getName().equals(method));
            } catch (ClassNotFoundException e) {
                return false;
            }
        });
    }

    private static Stream<String> rows(String prefix, int count) {
        return IntStream.rangeClosed(1, count).mapToObj(number -> prefix + number);
    }

    private static Stream<String> table() throws IOException {
        return Files.readAllLines(Path.of("..", "docs", "stream-cache.md")).stream()
                .filter(line -> line.matches("\\| [CG][A-Z]-.*"));
    }
}
