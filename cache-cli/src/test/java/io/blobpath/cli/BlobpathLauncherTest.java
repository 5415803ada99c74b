package io.blobpath.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script and the jar that Maven has just built, in a folder of their own whose name has a space. */
final class BlobpathLauncherTest {
    /** Twice the goal: processors that are shared are slower. The benchmarks have the exact time. */
    private static final Duration FAST = Duration.ofSeconds(1);

    private static final List<String> AS_NOBODY =
            List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");

    @TempDir
    static Path temp;

    private static Path home;

    @TempDir
    Path work;

    private record Ended(int exitCode, String out, String err) {}

    @BeforeAll
    static void copyTheBuild() throws IOException {
        home = copyOfTheBuild(temp.resolve("a copy"));
        for (Path folder : List.of(temp, home)) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    private static Path copyOfTheBuild(Path folder) throws IOException {
        Path lib = Files.createDirectories(folder.resolve("cache-cli/target/lib"));
        copy(Run.repository().resolve("blobpath"), folder);
        copy(Path.of("target/blobpath.jar"), folder.resolve("cache-cli/target"));
        try (Stream<Path> jars = Files.list(Path.of("target/lib"))) {
            for (Path jar : jars.toList()) {
                copy(jar, lib);
            }
        }
        return folder;
    }

    @Test
    void startsThroughALinkFromAnywhereAndSaysItsVersion() throws Exception {
        Path link = Files.createSymbolicLink(work.resolve("link"), home.resolve("blobpath"));

        Ended ended = run(List.of(link.toString(), "--version"));

        assertThat(ended.out()).startsWith("blobpath " + Version.number());
        assertThat(ended.err()).isEmpty();
        assertThat(ended.exitCode()).isZero();
    }

    /** The server in the tests of the DynamoDB driver is proprietary, and brings a mocking library. */
    @Test
    void noServerForTestsIsShipped() throws IOException {
        try (Stream<Path> jars = Files.list(Path.of("target/lib"))) {
            assertThat(jars.map(jar -> jar.getFileName().toString()))
                    .noneMatch(jar -> jar.startsWith("DynamoDBLocal")
                            || jar.startsWith("sqlite4java")
                            || jar.startsWith("mockito"));
        }
    }

    /** Time of the processor, which other processes do not take; the best of some, since they slow it down. */
    @Test
    void aSecondStartIsQuick() throws Exception {
        run(List.of(script(), "--version"));

        Duration best = Duration.ofDays(1);
        for (int i = 0; i < 20 && best.compareTo(FAST) >= 0; i++) {
            Ended ended = run(List.of("sh", "-c", "\"$0\" --version; times", script()));
            Duration took = children(ended.out());
            best = took.compareTo(best) < 0 ? took : best;
        }

        assertThat(best).isLessThan(FAST);
    }

    /** In a folder without a space: with one, Java 17 takes its own classes from what is written down, and none of ours. */
    @Test
    void theFirstStartWritesTheClassesDownForTheNextOnes() throws Exception {
        Path copy = copyOfTheBuild(work.resolve("copy"));
        String script = copy.resolve("blobpath").toString();
        Path loaded = work.resolve("loaded");

        run(List.of(script, "--version"));

        try (Stream<Path> written = Files.list(copy.resolve("cache-cli/target/launcher"))) {
            assertThat(written)
                    .singleElement()
                    .satisfies(
                            archive -> assertThat(archive).hasExtension("jsa").isNotEmptyFile());
        }
        run(List.of("env", "BLOBPATH_OPTS=-Xlog:class+load:file=" + loaded, script, "--version"));
        assertThat(loaded)
                .content()
                .contains("io.blobpath.cli.Blobpath source: shared objects file")
                .contains("picocli.CommandLine source: shared objects file");
    }

    @Test
    void exitCodesAndStreamsReachTheShell() throws Exception {
        Ended ended = run(List.of(script(), "dedupe", work.resolve("none").toString(), "--json"));

        assertThat(ended.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(ended.out()).contains("\"exitCode\" : 2").doesNotContain("\u001b");
        assertThat(ended.err()).startsWith("blobpath: cannot open store");
    }

    @Test
    void fileNamesAreUtf8WhateverTheLocale() throws Exception {
        SmallTree.in(work.resolve("größe"));

        Ended ended = run(List.of("env", "LC_ALL=C", script(), "dedupe", "größe", "--apply"));

        assertThat(ended.err()).isEmpty();
        assertThat(ended.out()).contains("linked 1 path");
    }

    @Test
    void aRootThatMayNotBeReadIsTheMachinesFault() throws Exception {
        Path secret = Files.createDirectory(work.resolve("secret"));
        Files.setPosixFilePermissions(work, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("---------"));
        List<String> asUser = System.getProperty("user.name").equals("root") ? AS_NOBODY : List.of();
        assumeTrue(starts(with(asUser, script(), "--version")), "another user cannot run Java or setpriv here");

        Ended ended = run(with(asUser, script(), "index", secret.toString()));

        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rwx------"));
        assertThat(ended.exitCode()).isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(ended.err())
                .contains("cannot open store '" + secret + "': it cannot be read; run as a user who may");
    }

    @Test
    void aSignalEndsTheStepAndClosesTheCache() throws Exception {
        SmallTree tree = SmallTree.in(work.resolve("tree"));
        try (RandomAccessFile sparse = new RandomAccessFile(
                tree.blob("a").resolveSibling("f".repeat(64)).toFile(), "rw")) {
            sparse.setLength(1L << 40); // Hours to hash, and nothing on disk.
        }
        Process process = start(List.of(script(), "index", tree.root().toString(), "--verify"));

        while (!Files.exists(tree.root().resolve(".blobpath/data.mdb"))) {
            assertThat(process.waitFor(10, TimeUnit.MILLISECONDS)).isFalse();
        }
        process.destroy(); // SIGTERM; a shell may have told its children to ignore SIGINT.
        Ended ended = end(process);

        assertThat(ended.exitCode()).isEqualTo(128 + 15);
        assertThat(ended.err()).contains("stopped; every file is whole");
    }

    @Test
    void damagedRecordsAreSetAsideWithAWarningThatSaysWhatToDo() throws Exception {
        SmallTree tree = SmallTree.in(work.resolve("tree"));
        run(List.of(script(), "index", tree.root().toString()));
        Files.writeString(tree.root().resolve(".blobpath/data.mdb"), "not what LMDB wrote");

        Ended ended = run(List.of(script(), "index", tree.root().toString()));

        assertThat(ended.exitCode()).isZero();
        assertThat(ended.out()).contains("records: 2 new ones");
        assertThat(ended.err())
                .contains("the records in " + tree.root().resolve(".blobpath") + " are damaged")
                .contains("they were moved to data.mdb.damaged-", "fill it again, with 'index' for example");
    }

    @Test
    void aReaderThatGoesAwayIsNoFailure() throws Exception {
        // The reader closes its end of the pipe and tells so before the command begins.
        String pipe = "mkfifo ended; { read -r _ <ended; \"$0\" drivers; echo $? >code; }"
                + " | sh -c 'exec >&- <&-; echo >ended'; cat code";

        Ended ended = run(List.of("sh", "-c", pipe, script()));

        assertThat(ended.out()).isEqualTo(ExitCode.NO_READER + "\n");
        assertThat(ended.err()).isEmpty();
    }

    @Test
    void withoutABuildAndForbiddenToMakeOneItSaysSo() throws Exception {
        copy(home.resolve("blobpath"), work);

        Ended ended = run(List.of(work.resolve("blobpath").toString(), "--version"));

        assertThat(ended.exitCode()).isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(ended.err()).contains("there is no build and BLOBPATH_BUILD is 'never'");
    }

    @Test
    void aJavaHomeWithoutJavaIsNamed() throws Exception {
        Ended ended = run(List.of("env", "JAVA_HOME=" + work, script(), "--version"));

        assertThat(ended.exitCode()).isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(ended.err()).contains("JAVA_HOME is '" + work + "' but it has no bin/java");
    }

    /** The last line that {@code times} of a shell prints: user and system time of its children, as in 0m0.25s 0m0.03s. */
    private static Duration children(String times) {
        String last = times.lines().reduce((first, second) -> second).orElseThrow();
        return Stream.of(last.split(" "))
                .map(time -> Duration.parse("PT" + time.toUpperCase(Locale.ROOT)))
                .reduce(Duration.ZERO, Duration::plus);
    }

    private static String script() {
        return home.resolve("blobpath").toString();
    }

    private static List<String> with(List<String> prefix, String... command) {
        List<String> all = new ArrayList<>(prefix);
        all.addAll(List.of(command));
        return all;
    }

    private boolean starts(List<String> command) throws InterruptedException {
        try {
            return run(command).exitCode() == 0;
        } catch (IOException e) {
            return false; // There is no such program.
        }
    }

    private Ended run(List<String> command) throws IOException, InterruptedException {
        return end(start(command));
    }

    private Process start(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(work.toFile())
                .redirectOutput(temp.resolve("out").toFile())
                .redirectError(temp.resolve("err").toFile());
        builder.environment().put("BLOBPATH_BUILD", "never");
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        return builder.start();
    }

    private static Ended end(Process process) throws IOException, InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            throw new AssertionError("it did not end within a minute: " + Files.readString(temp.resolve("err")));
        }
        return new Ended(
                process.exitValue(), Files.readString(temp.resolve("out")), Files.readString(temp.resolve("err")));
    }

    private static void copy(Path file, Path folder) throws IOException {
        Files.copy(file, folder.resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
    }
}
