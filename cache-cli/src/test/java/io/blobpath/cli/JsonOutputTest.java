package io.blobpath.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.blobpath.store.ProblemKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** With {@code --json} stdout is one object, as docs/schema has it. */
final class JsonOutputTest {
    @TempDir
    Path root;

    private SmallTree tree;

    @BeforeEach
    void makeTree() throws IOException {
        tree = SmallTree.in(root);
        Files.writeString(tree.blob("a").resolveSibling("not-a-digest"), "a problem to report");
    }

    @Test
    void dedupe() throws IOException {
        assertFits("dedupe", Run.of("dedupe", root, "--json"));
        assertFits("dedupe", Run.of("dedupe", root, "--apply", "--json"));
        assertFits("undo", Run.of("dedupe", root, "--undo", "--json"));
    }

    @Test
    void index() throws IOException {
        Run run = Run.of("index", root, "--json");

        assertFits("index", run);
        assertThat(run.json().get("problems").get("named").size()).isEqualTo(1);
    }

    @Test
    void gc() throws IOException {
        assertFits("gc", Run.of("gc", root, "--json"));
        assertFits("gc", Run.of("gc", root, "--grace", "0s", "--json"));
        assertFits("gc", Run.of("gc", root, "--grace", "0s", "--apply", "--json"));
    }

    @Test
    void verifyAndRebuild() throws IOException {
        Files.writeString(tree.blob("team/b"), "other bytes");

        Run verify = Run.of("verify", root, "--json");
        assertFits("verify", verify);
        assertThat(verify.exitCode()).isEqualTo(ExitCode.PROBLEMS);
        Run rebuild = Run.of("rebuild", root, "--json");
        assertFits("rebuild", rebuild);
        assertThat(rebuild.json().get("differences").size()).isEqualTo(2);
        assertFits("rebuild", Run.of("rebuild", root, "--apply", "--json"));
    }

    @Test
    void migrateExportAndImport() throws IOException {
        Path from = Files.writeString(
                root.resolve("from.json"), "{\"driver\":\"lmdb\",\"lmdb\":{\"directory\":\".blobpath\"}}");
        Path to =
                Files.writeString(root.resolve("to.json"), "{\"driver\":\"lmdb\",\"lmdb\":{\"directory\":\".other\"}}");
        Path file = root.resolve("records.jsonl");
        Run.of("index", root);

        assertFits("migrate", Run.of("migrate", "--from", from, "--to", to, "--json"));
        assertFits("migrate", Run.of("migrate", "--from", from, "--to", to, "--apply", "--json"));
        assertFits("transfer", Run.of("export", file, "--config", to, "--json"));
        assertFits("transfer", Run.of("import", file, "--json"));
        assertFits("transfer", Run.of("import", file, "--config", to, "--apply", "--json"));
    }

    @Test
    void inspect() throws IOException {
        Path config = root.resolve("blobpath.json");
        Files.writeString(config, "{\"driver\":\"lmdb\",\"lmdb\":{\"directory\":\".blobpath\"}}");
        Run.of("index", root);

        assertFits("inspect", Run.of("inspect", tree.shared(), "--root", root, "--json"));
        assertFits("inspect", Run.of("inspect", tree.shared(), "--config", config, "--json"));
        Files.delete(tree.blob("a"));
        assertFits("inspect", Run.of("inspect", tree.shared(), "--root", root, "--json"));
    }

    @Test
    void doctor() throws IOException {
        Path config = root.resolve("blobpath.json");
        Files.writeString(config, "{\"driver\":\"memory\"}");
        Run.of("index", root);

        assertFits("doctor", Run.of("doctor", "--root", root, "--json"));
        Run run = Run.of("doctor", "--config", config, "--json");
        assertFits("doctor", run);
        assertThat(run.json().get("findings").size()).isEqualTo(1);
    }

    @Test
    void stats() throws IOException {
        Path config = root.resolve("blobpath.json");
        Files.writeString(config, "{\"driver\":\"lmdb\",\"lmdb\":{\"directory\":\".blobpath\"}}");
        Run.of("index", root);

        assertFits("stats", Run.of("stats", "--root", root, "--json"));
        assertFits("stats", Run.of("stats", "--config", config, "--json"));
    }

    @Test
    void driversDemoAndErrors() throws IOException {
        assertFits("drivers", Run.of("drivers", "--json"));
        assertFits("demo", Run.of("demo", "--json"));
        assertFits("error", Run.of("stats", "--json"));
    }

    @Test
    void theSchemaKnowsEveryKindOfProblem() throws IOException {
        var schema = JsonMapper.shared()
                .readTree(Files.readString(Run.repository().resolve("docs/schema/problems.schema.json")));
        var kinds = schema.at("/properties/named/items/properties/kind/enum");

        assertThat(Stream.of(ProblemKind.values()).map(Enum::name))
                .containsExactlyElementsOf(
                        kinds.valueStream().map(kind -> kind.asString()).toList());
    }

    private static void assertFits(String schema, Run run) throws IOException {
        assertThat(JsonShape.problems(schema, run.json())).as("%s", run.out()).isEmpty();
    }
}
