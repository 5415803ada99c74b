package io.blobpath.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a user gets wrong is answered in a line or two: what was asked, what is wrong, what to do. */
final class BadInputTest {
    private static final String UPPER = "sha256:" + "A".repeat(64);

    @TempDir
    Path folder;

    @Test
    void aRootThatDoesNotExist() {
        Run run = Run.of("dedupe", folder.resolve("none"));

        assertRefused(run, "cannot open store '" + folder.resolve("none") + "': it does not exist; name the folder");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aRootThatIsAFile() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertRefused(Run.of("index", file), "cannot open store '" + file + "': it is not a folder; name the folder");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    sha256:abc            | sha256 has 64 hexadecimal digits, not 3
                    sha256:../../secret   | sha256 has 64 hexadecimal digits, not 12
                    ../secret             | it must look like sha256:<64 lower-case hexadecimal digits>
                    md5:0123              | the algorithm must be one of sha256, sha512, blake3
                    """)
    void aDigestOfTheWrongForm(String digest, String why) {
        assertRefused(Run.of("inspect", digest, "--root", folder), "invalid digest '" + digest + "': " + why);
    }

    @Test
    void aDigestInUpperCase() {
        assertRefused(
                Run.of("inspect", UPPER, "--root", folder),
                "invalid digest '" + UPPER + "': the digits must be 0-9 and a-f in lower case");
    }

    @Test
    void everyProblemOfAConfigAtOnce() throws IOException {
        Run run = withConfig("{\"driver\":\"lmdb\",\"lmdb\":{\"directroy\":\"x\",\"mapSize\":\"-5MiB\"}}");

        assertRefused(
                run,
                "lmdb.directroy is unknown; did you mean 'lmdb.directory'?",
                "lmdb.mapSize was '-5MiB' but",
                "lmdb.directory is required");
    }

    @Test
    void anUnknownDriver() throws IOException {
        assertRefused(
                withConfig("{\"driver\":\"redsi\",\"redis\":{\"addresses\":[\"host:6379\"]}}"),
                "blobpath: driver 'redsi' is not on the class path; did you mean 'redis'? (found: lmdb, memory, redis)\n");
    }

    @Test
    void aConfigThatIsNotJson() throws IOException {
        assertRefused(withConfig("driver: lmdb"), "it is not JSON", "line 1, column");
    }

    @Test
    void aConfigThatDoesNotExist() {
        assertRefused(
                Run.of("index", folder, "--config", folder.resolve("none.json")), "none.json: there is no such file");
    }

    @Test
    void neitherRootNorConfig() {
        assertRefused(Run.of("stats"), "--root ROOT or --config FILE is needed");
    }

    @Test
    void applyAndUndoAtOnce() {
        assertRefused(Run.of("dedupe", folder, "--apply", "--undo"), "--apply, --undo are mutually exclusive");
    }

    @Test
    void applyAndDryRunAtOnce() {
        assertRefused(
                Run.of("dedupe", folder, "--apply", "--dry-run"),
                "--apply and --dry-run contradict each other",
                "--help'");
        assertThat(folder).isEmptyDirectory();
    }

    @ParameterizedTest
    @CsvSource({"dedup x,did you mean dedupe?", "dedupe x --aply,did you mean --apply?", "'',a command is missing"})
    void aMistypedCommandOrOption(String line, String answer) {
        String[] args =
                Stream.of(line.split(" ", -1)).filter(arg -> !arg.isEmpty()).toArray(String[]::new);

        assertRefused(Run.of((Object[]) args), answer, "--help'");
    }

    @Test
    void aDemoInAFolderThatIsInUse() throws IOException {
        Files.createFile(folder.resolve("mine"));

        assertRefused(Run.of("demo", "--keep", folder), "it is not an empty folder; name a new one");
        assertThat(folder.resolve("mine")).exists();
    }

    @Test
    void damagedRecordsAreSetAsideAndSaidToBe() throws IOException {
        SmallTree.in(folder);
        Run.of("index", folder);
        Files.writeString(folder.resolve(".blobpath/data.mdb"), "not what LMDB wrote");

        Run run = Run.of("index", folder, "--json");

        assertThat(run.exitCode()).isZero();
        assertThat(run.json().get("added").asInt()).isEqualTo(2);
        try (Stream<Path> own = Files.list(folder.resolve(".blobpath"))) {
            assertThat(own.map(path -> path.getFileName().toString()))
                    .anyMatch(name -> name.startsWith("data.mdb.damaged-"));
        }
    }

    @Test
    void aFailureIsAnObjectOnStdoutWithJson() {
        Run run = Run.of("dedupe", folder.resolve("none"), "--json");

        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.json().get("error").get("exitCode").asInt()).isEqualTo(ExitCode.USAGE);
        assertThat(run.json().get("error").get("message").asString()).contains("it does not exist");
        assertThat(run.err()).contains("it does not exist");
    }

    @Test
    void aStackTraceIsPrintedWhenAskedFor() {
        assertThat(Run.of("dedupe", folder.resolve("none"), "--stacktrace").err())
                .contains("StoreRootException", "at io.blobpath.");
    }

    private Run withConfig(String json) throws IOException {
        Path config = folder.resolve("blobpath.json");
        Files.writeString(config, json);
        return Run.of("index", folder, "--config", config);
    }

    private static void assertRefused(Run run, String... said) {
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains(said).doesNotContain("Exception", "\tat ");
        assertThat(run.err().lines()).allMatch(line -> line.startsWith("blobpath: "));
    }
}
