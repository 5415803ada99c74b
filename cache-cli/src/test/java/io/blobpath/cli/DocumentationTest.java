package io.blobpath.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.blobpath.cache.BlobPath;
import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.BlobPathCaches;
import io.blobpath.cache.CacheConfig;
import io.blobpath.cache.OptionInfo;
import io.blobpath.cli.demo.DemoTree;
import io.blobpath.store.StoreListener;
import io.blobpath.store.StoreRoot;
import io.blobpath.store.blob.BlobStore;
import io.blobpath.store.blob.ManifestReference;
import io.blobpath.store.blob.RepositoryName;
import io.blobpath.store.doctor.StoreDoctor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    /** The name of a command, without its parameters, which are in capitals. */
    private static final Pattern COMMAND_HEADING = Pattern.compile("(?m)^## `([a-z]+(?: [a-z]+)*)");

    private static final String PROMPT = "$ blobpath ";

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
    void theReadmeShowsTheDayOfAnOperator() throws IOException {
        Path root = Files.createDirectory(folder.resolve("registry"));
        DemoTree.write(root);
        for (Path blob : ManyBlobs.in(root)) {
            Files.setLastModifiedTime(blob, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
        }
        try (BlobPathCache cache = CacheSource.embeddedIn(StoreRoot.open(root)).open()) {
            BlobStore.open(StoreRoot.open(root), cache)
                    .deleteManifest(new RepositoryName("team/orders"), ManifestReference.parse("1.0"));
        }
        String day = page("README.md");
        day = day.substring(day.indexOf("## The day of an operator\n"));
        day = day.substring(day.indexOf("```text\n") + "```text\n".length(), day.indexOf("```\n\n"));

        StringBuilder printed = new StringBuilder();
        for (String line : day.lines().filter(line -> line.startsWith(PROMPT)).toList()) {
            printed.append(printed.isEmpty() ? "" : "\n").append(line).append('\n');
            String command = line.substring(PROMPT.length()).replace("/srv/registry", root.toString());
            printed.append(Run.of((Object[]) command.split(" ")).out());
        }

        assertThat(printed.toString().replace(root.toString(), "/srv/registry")).isEqualTo(day);
    }

    @Test
    void theDoctorPageHasEveryCheckOfAStore() throws IOException {
        String page = page("docs/doctor.md");

        assertThat(new StoreDoctor(StoreRoot.open(folder), StoreListener.NONE).examine())
                .allSatisfy(
                        check -> assertThat(page).contains("| `" + check.name() + "` | " + check.question() + " |"));
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

        assertThat(commands)
                .extracting(
                        command -> command.getCommandSpec().qualifiedName(" ").replace("blobpath ", ""))
                .containsExactlyInAnyOrderElementsOf(COMMAND_HEADING
                        .matcher(page)
                        .results()
                        .map(heading -> heading.group(1))
                        .toList());
        assertThat(commands)
                .flatExtracting(command -> command.getCommandSpec().options())
                .allSatisfy(option -> assertThat(page).contains("`" + option.longestName()));
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
    void theRulesOfTasksNameTestsThatExist() throws IOException {
        String page = page("docs/tasks.md");
        String rules = page.substring(page.indexOf("\n## Rows and tests\n"));
        Map<String, String> sources = new HashMap<>();
        for (Path source : sources()) {
            sources.put(source.getFileName().toString(), Files.readString(source));
        }

        List<MatchResult> tests =
                Pattern.compile("`(\\w+)\\.(\\w+)`").matcher(rules).results().toList();

        assertThat(tests)
                .hasSizeGreaterThan(50)
                .allSatisfy(test -> assertThat(sources.getOrDefault(test.group(1) + ".java", ""))
                        .as("%s", test.group())
                        .contains("void " + test.group(2) + "("));
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

    /** The tests of the store and of the command, and the rules of the kit. */
    private static List<Path> sources() throws IOException {
        List<Path> sources = new ArrayList<>();
        for (String folder : List.of("cache-store/src/test", "cache-cli/src/test", "cache-tck/src/main")) {
            try (Stream<Path> files = Files.walk(Run.repository().resolve(folder))) {
                files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
            }
        }
        return sources;
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
