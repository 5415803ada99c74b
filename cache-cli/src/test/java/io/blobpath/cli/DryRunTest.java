package io.blobpath.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** No dry run makes a system call that changes a file below its root, as strace sees it. */
final class DryRunTest {
    /** Whatever changes names, contents or attributes; of those that open, only if they may write. */
    private static final String CHANGING = "open,openat,creat,mkdir,mkdirat,mknod,mknodat,rmdir,unlink,unlinkat,rename,"
            + "renameat,renameat2,link,linkat,symlink,symlinkat,chmod,fchmod,fchmodat,chown,fchown,lchown,fchownat,utime,"
            + "utimes,utimensat,futimesat,truncate,ftruncate,fallocate,setxattr,lsetxattr,fsetxattr";

    private static final Pattern READS = Pattern.compile("^open(at)?\\((?!.*O_(WRONLY|RDWR|CREAT|TRUNC)).*");
    private static final String FAILED = " = -1 ";

    private static final Pattern OWN_FILES =
            Pattern.compile(".*/with/\\.blobpath/(data\\.mdb|lock\\.mdb|blobpath\\.lock|leases[^\"/]*)[\">].*");

    @TempDir
    Path folder;

    @Test
    @Timeout(180)
    void noDryRunChangesAFileBelowTheRoot() throws Exception {
        assumeStrace();
        Path without =
                SmallTree.in(Files.createDirectory(folder.resolve("without"))).root();
        Path with = SmallTree.in(Files.createDirectory(folder.resolve("with"))).root();
        Run.of("index", with);
        config("there", with.resolve(".blobpath"));
        config("new", without.resolve("new-cache"));

        List<String> calls = changes(DryRuns.class, without.toString(), with.toString());

        assertThat(calls).filteredOn(call -> call.contains(without.toString())).isEmpty();
        assertThat(calls)
                .filteredOn(call -> call.contains(with.toString()))
                .as("the cache that is open writes to its own files")
                .isNotEmpty()
                .allMatch(call -> OWN_FILES.matcher(call).matches());
    }

    @Test
    @Timeout(180)
    void whatIsAppliedIsSeen() throws Exception {
        assumeStrace();
        Path root =
                SmallTree.in(Files.createDirectory(folder.resolve("applied"))).root();

        List<String> calls = changes(Main.class, "dedupe", root.toString(), "--apply");

        assertThat(calls).anyMatch(call -> call.startsWith("rename(\"" + root + "/.blobpath/tmp/"));
    }

    private List<String> changes(Class<?> program, String... arguments) throws IOException, InterruptedException {
        Path logs = Files.createDirectory(folder.resolve("strace"));
        List<String> strace = List.of(
                "strace",
                "-ff", // A file for each thread, so that no call is cut in two by another one.
                "-qq",
                "-y",
                "--seccomp-bpf",
                "-e",
                "trace=" + CHANGING,
                "-o",
                logs.resolve("log").toString());
        JvmBehind.run(strace, program, arguments);
        List<String> calls = new ArrayList<>();
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(logs)) {
            for (Path thread : threads) {
                calls.addAll(Files.readAllLines(thread));
            }
        }
        calls.removeIf(call -> READS.matcher(call).find() || call.contains(FAILED));
        return calls;
    }

    private void config(String name, Path directory) throws IOException {
        Path configs = Files.createDirectories(folder.resolve("configs"));
        Files.writeString(
                configs.resolve(name + ".json"),
                "{\"driver\":\"lmdb\",\"lmdb\":{\"directory\":\"" + directory + "\"}}");
    }

    private void assumeStrace() throws InterruptedException {
        Path probe = folder.resolve("probe");
        String unfit = JvmBehind.unfit(List.of("strace", "-f", "--seccomp-bpf", "-o", probe.toString()), "true");
        assumeTrue(unfit.isEmpty(), () -> "strace is not there, or may not be used here: " + unfit);
    }
}
