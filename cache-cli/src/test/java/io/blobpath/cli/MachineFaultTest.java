package io.blobpath.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Publishes, links and collects on a machine that fails: on a file system of its own that is full or becomes read-only, and
 * under strace, which lets system calls fail. Whatever fails says so in clear words, nothing that was acknowledged is lost, no
 * half file is visible, and the next run finishes. The profile {@code campaign} does more of the same.
 */
@Timeout(600)
final class MachineFaultTest {
    private static final int FAULTS = Integer.getInteger("blobpath.faults", 1);
    private static final int STEPS = 20;

    /** What changes files. Opening is not among them: the JVM opens too much. */
    private static final List<String> CHANGING = List.of(
            "write",
            "pwrite64",
            "pwritev",
            "fsync",
            "fdatasync",
            "ftruncate",
            "rename",
            "link",
            "symlink",
            "unlink",
            "mkdir",
            "utimensat");

    private final long seed = Long.getLong("blobpath.seed", System.nanoTime());
    private final Random random = new Random(seed);

    @TempDir
    Path folder;

    @BeforeEach
    void printTheSeed() {
        System.out.println("MachineFaultTest seed " + seed);
    }

    @Test
    void nothingIsLostOnAFullDisk() throws IOException, InterruptedException {
        runMounted("full", String.valueOf(Math.max(1, 3 / FAULTS)), String.valueOf(Math.max(1, 48 / FAULTS)));
    }

    @Test
    void nothingIsLostWhenTheFileSystemBecomesReadOnly() throws IOException, InterruptedException {
        Path config = Files.writeString(
                folder.resolve("blobpath.json"), "{\"driver\":\"lmdb\",\"lmdb\":{\"directory\":\"cache\"}}");

        runMounted("read-only", config.toString(), String.valueOf(2 + FAULTS));
    }

    @Test
    void nothingIsLostWhenSystemCallsFail() throws IOException, InterruptedException {
        for (int i = 0; i < FAULTS; i++) {
            List<String> faults = new ArrayList<>();
            for (String call : CHANGING) {
                // Folders are made again and again.
                int step = (10 + random.nextInt(30)) * (call.equals("mkdir") ? 4 : 1);
                faults.add(call + ":error=EIO:when=" + (notCounted(call) + 1 + random.nextInt(step)) + "+" + step);
            }

            runTraced(Files.createDirectory(folder.resolve("root" + i)), faults);
        }
    }

    @Test
    void nothingIsLostWhenTheDiskFailsForGood() throws IOException, InterruptedException {
        for (int i = 0; i < FAULTS; i++) {
            int first = 1 + random.nextInt(40);
            List<String> faults = CHANGING.stream()
                    .map(call -> call + ":error=EROFS:when=" + (notCounted(call) + first) + "+")
                    .toList();

            runTraced(Files.createDirectory(folder.resolve("root" + i)), faults);
        }
    }

    private static int notCounted(String call) {
        return switch (call) {
            case "write" -> TracedDay.WRITES;
            case "pwrite64" -> TracedDay.POSITIONAL_WRITES;
            default -> 0;
        };
    }

    private void runTraced(Path root, List<String> faults) throws IOException, InterruptedException {
        List<String> strace = new ArrayList<>(List.of("strace", "-f", "-qq", "--seccomp-bpf", "-o", "/dev/null"));
        strace.add("--trace=" + String.join(",", CHANGING));
        faults.forEach(fault -> strace.add("--inject=" + fault));
        String unfit = JvmBehind.unfit(strace, "true");
        assumeTrue(unfit.isEmpty(), () -> "strace is not there, or may not be used here: " + unfit);

        Path acknowledged = root.resolveSibling(root.getFileName() + ".acknowledged");
        Path elsewhere = Files.createDirectory(root.resolveSibling(root.getFileName() + ".elsewhere"));
        run(
                strace,
                TracedDay.class,
                root.toString(),
                acknowledged.toString(),
                String.valueOf(STEPS),
                elsewhere.toString());

        try (FaultyDay day = new FaultyDay(root)) {
            day.acknowledged().addAll(Files.readAllLines(acknowledged));
            day.assertSound();
            assertThat(day.rest()).as("%s", day.failures()).isTrue();
            day.assertFinishes();
        }
    }

    private void runMounted(String... arguments) throws IOException, InterruptedException {
        Path mount = Files.createDirectory(folder.resolve("mount"));
        // As root of a namespace, so that no other process sees what is mounted and it goes with the process.
        List<String> alone = List.of("unshare", "--map-root-user", "--mount");
        String unfit = JvmBehind.unfit(alone, "mount", "-t", "tmpfs", "blobpath", mount.toString());
        assumeTrue(unfit.isEmpty(), () -> "a file system cannot be mounted here: " + unfit);

        List<String> all = new ArrayList<>(List.of(mount.toString()));
        all.addAll(List.of(arguments));
        run(alone, MountedDay.class, all.toArray(String[]::new));
    }

    /** A trace in its log would be a user's mistake told as ours. */
    private static void run(List<String> before, Class<?> program, String... arguments)
            throws IOException, InterruptedException {
        assertThat(JvmBehind.run(before, program, arguments)).noneMatch(line -> line.startsWith("\tat "));
    }
}
