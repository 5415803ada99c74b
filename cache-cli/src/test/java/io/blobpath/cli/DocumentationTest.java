package io.blobpath.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.blobpath.cache.BlobPath;
import io.blobpath.cache.BlobPathCaches;
import io.blobpath.cache.CacheConfig;
import io.blobpath.cache.OptionInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** What the pages say is what the code does. */
final class DocumentationTest {
    @TempDir
    Path folder;

    @Test
    void theReadmeShowsWhatTheDemoPrints() throws IOException {
        Path root = folder.resolve("demo");

        String printed = Run.of("demo", "--keep", root).out();

        assertThat(page("README.md"))
                .contains("```text\n"
                        + printed.replace(root.toString(), "/tmp/blobpath-demo")
                                .replace(
                                        "the tree is in /tmp/blobpath-demo",
                                        "the tree is deleted; --keep DIR leaves one to look at")
                        + "```\n");
    }

    @Test
    void theReadmeShowsCodeThatCompilesAndWorks() throws IOException {
        String source = Files.readString(Path.of("src/test/java/io/blobpath/cli/ReadmeSample.java"));
        String code = source.substring(source.indexOf("// README begins\n"), source.indexOf("        // README ends"))
                .replaceFirst("// README begins\n", "")
                .stripTrailing()
                .stripIndent();
        String text = "sha256:" + "a".repeat(64);
        Path config = folder.resolve("blobpath.json");
        Files.writeString(config, "{\"driver\":\"lmdb\",\"lmdb\":{\"directory\":\"cache\"}}");

        assertThat(page("README.md")).contains("```java\n" + code + "\n```\n");
        assertThat(ReadmeSample.pushed(config, text, "library/a")).isEmpty();
        assertThat(ReadmeSample.pushed(config, text, "library/b"))
                .contains(BlobPath.of("library/a/blobs/sha256/" + "a".repeat(64)));
    }

    @Test
    void theConfigurationPageHasTheCommonKeys() throws IOException {
        assertThat(page("docs/configuration.md")).contains(table(CacheConfig.commonOptions()));
    }

    @ParameterizedTest
    @MethodSource("drivers")
    void theConfigurationPageHasTheKeysOfEveryDriver(String driver) throws IOException {
        assertThat(page("docs/configuration.md"))
                .contains("## `" + driver + "`\n")
                .contains(table(BlobPathCaches.options(driver)));
    }

    @Test
    void theCommandPageHasEveryCommandAndOption() throws IOException {
        String page = page("docs/cli.md");

        List<CommandLine> commands = below(Blobpath.commandLine(Terminal.plain(System.out, System.err)))
                .toList();

        assertThat(commands).hasSize(11).allSatisfy(command -> {
            assertThat(page)
                    .contains("\n## `"
                            + command.getCommandSpec().qualifiedName(" ").replace("blobpath ", ""));
            assertThat(command.getCommandSpec().options())
                    .allSatisfy(option -> assertThat(page).contains("`" + option.longestName()));
        });
    }

    /** Each snippet stands below the link to the file that it is quoted from. */
    @Test
    void theGuideForDriversQuotesCodeThatCompilesAndPassesTheKit() throws IOException {
        List<MatchResult> quotes = Pattern.compile(
                        "\\]\\(\\.\\./(\\S+\\.java)\\)\\n\\n *```java\\n(.*?)\\n *```", Pattern.DOTALL)
                .matcher(page("docs/writing-a-driver.md"))
                .results()
                .toList();

        assertThat(quotes).hasSize(page("docs/writing-a-driver.md").split("```java").length - 1);
        for (MatchResult quote : quotes) {
            assertThat(unindented(page(quote.group(1)))).as(quote.group(1)).contains("\n" + unindented(quote.group(2)));
        }
    }

    @Test
    void noPageNamesAPlaceOfOneMachine() throws IOException {
        for (Path page : pages()) {
            assertThat(Files.readString(page)).as("%s", page).doesNotContain("/work/", "/root/", "/home/");
        }
    }

    static Stream<String> drivers() {
        return BlobPathCaches.drivers().stream();
    }

    private static String unindented(String code) {
        return code.lines().map(String::strip).collect(Collectors.joining("\n", "", "\n"));
    }

    private static Stream<CommandLine> below(CommandLine command) {
        return command.getSubcommands().values().stream().flatMap(sub -> Stream.concat(Stream.of(sub), below(sub)));
    }

    private static String table(List<OptionInfo> options) {
        return options.stream()
                .map(option -> "| `" + option.key() + "` | " + option.type().replace("|", "\\|") + " | "
                        + option.fallback() + " | " + option.description().replace("|", "\\|") + " |\n")
                .collect(Collectors.joining("", "| key | type | default | meaning |\n|---|---|---|---|\n", ""));
    }

    private static String page(String name) throws IOException {
        return Files.readString(Run.repository().resolve(name));
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> top = Files.list(Run.repository());
                Stream<Path> docs = Files.walk(Run.repository().resolve("docs"))) {
            return Stream.concat(top, docs)
                    .filter(path -> path.toString().endsWith(".md"))
                    .toList();
        }
    }
}
