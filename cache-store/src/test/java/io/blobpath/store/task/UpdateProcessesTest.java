package io.blobpath.store.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.blobpath.tck.ChildJvm;
import java.io.IOException;
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

    private final List<ChildJvm> children = new ArrayList<>();

    @AfterEach
    void endThem() throws IOException, InterruptedException {
        for (ChildJvm child : children) {
            child.close();
        }
    }

    @Test
    void additionsLoseNothingAndOneRenameWinsAlthoughAHolderIsKilled() throws Exception {
        Shelf shelf = new Shelf(Files.createDirectories(folder.resolve("shelf")));
        for (String name : List.of("a", "b", "c")) {
            shelf.write(name, List.of(name));
        }
        ChildJvm holder = start("hang");
        assertThat(holder.readLine()).isEqualTo("holding");
        List<ChildJvm> workers = new ArrayList<>();
        for (String name : List.of("a", "b", "c")) {
            workers.add(start("work", name, Integer.toString(ADDITIONS)));
        }
        for (ChildJvm worker : workers) {
            assertThat(worker.readLine()).isEqualTo("waiting");
        }

        holder.kill();

        List<String> ends = new ArrayList<>();
        for (ChildJvm worker : workers) {
            ends.add(String.valueOf(worker.readLine()));
            assertThat(worker.exitCode()).isZero();
        }
        assertThat(ends).containsExactlyInAnyOrder("renamed", "refused", "refused");
        assertThat(shelf.read("list"))
                .hasSize(3 * ADDITIONS)
                .doesNotHaveDuplicates()
                .doesNotContain("never");
        assertThat(shelf.files()).hasSize(4).contains("winner", "list");
    }

    /** Starts one and waits until it has opened the cache: on a busy machine that takes long, and only one at a time can. */
    private ChildJvm start(String what, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(what, folder.toString()));
        arguments.addAll(List.of(more));
        ChildJvm child = ChildJvm.start(UpdateProcess.class, arguments.toArray(String[]::new));
        children.add(child);
        assertThat(child.readLine()).isEqualTo("open");
        return child;
    }
}
