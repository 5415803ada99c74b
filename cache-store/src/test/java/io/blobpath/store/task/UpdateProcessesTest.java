package io.blobpath.store.task;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Three processes on one LMDB store, and a fourth that is killed while it holds what they want. */
@Timeout(120)
final class UpdateProcessesTest {
    private static final int ADDITIONS = 50;

    @TempDir
    Path folder;

    private final List<Child> children = new ArrayList<>();

    private record Child(Process process, BufferedReader told) {
        String next() throws IOException {
            return String.valueOf(told.readLine());
        }
    }

    @AfterEach
    void endThem() throws IOException, InterruptedException {
        for (Child child : children) {
            child.process.destroyForcibly().waitFor();
            child.told.close();
        }
    }

    @Test
    void additionsLoseNothingAndOneRenameWinsAlthoughAHolderIsKilled() throws Exception {
        Shelf shelf = new Shelf(Files.createDirectories(folder.resolve("shelf")));
        for (String name : List.of("a", "b", "c")) {
            shelf.write(name, List.of(name));
        }
        Child holder = start("hang");
        assertThat(holder.next()).isEqualTo("holding");
        List<Child> workers = new ArrayList<>();
        for (String name : List.of("a", "b", "c")) {
            workers.add(start("work", name, ADDITIONS));
        }
        for (Child worker : workers) {
            assertThat(worker.next()).isEqualTo("waiting");
        }

        holder.process.destroyForcibly().waitFor();

        List<String> ends = new ArrayList<>();
        for (Child worker : workers) {
            ends.add(worker.next());
            assertThat(worker.process.waitFor()).isZero();
        }
        assertThat(ends).containsExactlyInAnyOrder("renamed", "refused", "refused");
        assertThat(shelf.read("list"))
                .hasSize(3 * ADDITIONS)
                .doesNotHaveDuplicates()
                .doesNotContain("never");
        assertThat(shelf.files()).hasSize(4).contains("winner", "list");
    }

    /** Starts one and waits until it has opened the cache: on a busy machine that takes long, and only one at a time can. */
    private Child start(String what, Object... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                UpdateProcess.class.getName(),
                what,
                folder.toString()));
        for (Object argument : more) {
            command.add(argument.toString());
        }
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Child child = new Child(process, new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8)));
        children.add(child);
        assertThat(child.next()).isEqualTo("open");
        return child;
    }
}
