package io.blobpath.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.BlobPathCaches;
import io.blobpath.cache.CacheConfig;
import io.blobpath.cache.lease.Lease;
import io.blobpath.cache.lease.LeaseName;
import io.blobpath.cache.lease.LeaseOptions;
import io.blobpath.store.task.ResourceSet;
import io.blobpath.store.task.TaskAnnouncer;
import io.blobpath.store.task.TaskQueue;
import io.blobpath.tck.ChildJvm;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@Timeout(60)
final class TasksCommandTest {
    @TempDir
    Path folder;

    @Test
    void listsWhatRunsAndNoOtherLeases() throws Exception {
        try (BlobPathCache node = BlobPathCaches.open(CacheConfig.load(config()));
                Lease other = node.leases().acquire(LeaseName.of("sync/library"), LeaseOptions.DEFAULT);
                TaskQueue queue = new TaskQueue(Runnable::run)) {
            String name = "gc library/base \u001b[2J";

            Run run = queue.run(
                    name,
                    ResourceSet.none(),
                    new TaskAnnouncer(node.leases()).announced(name, context -> Run.of("tasks", "--config", config())));

            assertThat(run.exitCode()).isZero();
            assertThat(run.out())
                    .startsWith("gc library/base ?[2J\n")
                    .contains("pid " + ProcessHandle.current().pid(), "age  ", "progress     0", "id  ")
                    .doesNotContain(other.name().toString(), "\u001b");
            assertThat(run.err()).isEmpty();
        }
    }

    @Test
    void saysThatNothingRuns() throws IOException {
        assertThat(Run.of("tasks", "--config", config()).out()).isEqualTo("no tasks run\n");
        assertThat(Run.of("tasks", "--config", config(), "--json").json().get("tasks"))
                .isEmpty();
    }

    @Test
    void needsToKnowWhichCache() {
        Run run = Run.of("tasks");

        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("--root ROOT or --config FILE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"index --verify", "dedupe", "dedupe --undo", "dedupe --undo --dry-run", "rebuild"})
    void whateverWorksOnAStoreIsATask(String command) throws IOException {
        Path root = SmallTree.in(folder.resolve("root")).root().toRealPath();
        Run.of("index", root);
        List<String> arguments = new ArrayList<>(List.of(command.split(" ")));
        arguments.add(1, root.toString());
        Onlooker onlooker = new Onlooker(root);

        int exitCode = Cli.run(
                Terminal.plain(new PrintStream(onlooker, true, UTF_8), System.err), arguments.toArray(String[]::new));

        assertThat(exitCode).isZero();
        assertThat(onlooker.seen).startsWith(command + " " + root + "\n");
        assertThat(Run.of("tasks", "--root", root).out()).isEqualTo("no tasks run\n");
    }

    @Test
    void everyLongCommandOfAnotherProcessIsListedUntilTheProcessIsGone() throws Exception {
        Path root = SmallTree.in(folder.resolve("root")).root().toRealPath();
        Run.of("index", root);
        Path records = folder.resolve("records.jsonl");
        Run.of("export", records, "--root", root);
        Path there = config("there", folder.resolve("there"));
        Path here = config("here", root.resolve(".blobpath"));
        Run.of("import", records, "--config", there, "--apply");
        Map<String, List<String>> commands = Map.of(
                "index " + root, List.of("index", root.toString()),
                "dedupe --apply " + root, List.of("dedupe", root.toString(), "--apply"),
                "gc --apply " + root, List.of("gc", root.toString(), "--apply"),
                "verify " + root, List.of("verify", root.toString()),
                "rebuild --apply " + root, List.of("rebuild", root.toString(), "--apply"),
                "import " + records, List.of("import", records.toString(), "--root", root.toString(), "--apply"),
                "migrate --apply from " + there + " to " + here,
                        List.of("migrate", "--from", there.toString(), "--to", here.toString(), "--apply"));
        try (ChildJvm process = start(commands.values())) {
            for (int i = 0; i < commands.size(); i++) {
                assertThat(process.readLine()).isEqualTo(RunningCommand.REPORTING);
            }

            JsonNode report = reportWithProgress(root);

            assertThat(JsonShape.problems("tasks", report)).isEmpty();
            assertThat(report.get("tasks"))
                    .extracting(task -> task.get("name").asString())
                    .containsExactlyInAnyOrderElementsOf(commands.keySet());
            assertThat(report.get("tasks")).allSatisfy(task -> {
                assertThat(task.get("holder").asString()).contains("pid " + process.pid());
                assertThat(task.get("ageMillis").asLong()).isPositive();
            });
        }
        assertThat(Run.of("tasks", "--root", root).out()).isEqualTo("no tasks run\n");
    }

    private static ChildJvm start(Collection<List<String>> commands) throws IOException {
        List<String> words = new ArrayList<>();
        commands.forEach(command -> {
            words.addAll(command);
            words.add(RunningCommand.END);
        });
        return ChildJvm.start(RunningCommand.class, words.toArray(String[]::new));
    }

    /** Progress travels with the renewals of the leases, the first of them after two seconds. */
    private static JsonNode reportWithProgress(Path root) {
        JsonNode report;
        do {
            report = Run.of("tasks", "--root", root, "--json").json();
        } while (report.get("tasks")
                .valueStream()
                .anyMatch(task -> task.get("progress").asLong() == 0));
        return report;
    }

    private Path config(String name, Path directory) throws IOException {
        return Files.writeString(
                folder.resolve(name + ".json"), "{\"driver\":\"lmdb\",\"lmdb\":{\"directory\":\"" + directory + "\"}}");
    }

    private Path config() throws IOException {
        Path config = folder.resolve("blobpath.json");
        return Files.writeString(config, "{\"driver\":\"lmdb\",\"lmdb\":{\"directory\":\"cache\"}}");
    }

    /** Asks for the tasks when a command begins to print its report. */
    private static final class Onlooker extends OutputStream {
        private final Path root;
        private String seen = "";

        Onlooker(Path root) {
            this.root = root;
        }

        @Override
        public void write(int something) {
            if (seen.isEmpty()) {
                seen = Run.of("tasks", "--root", root).out();
            }
        }
    }
}
