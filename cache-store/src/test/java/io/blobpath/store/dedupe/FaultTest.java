package io.blobpath.store.dedupe;

import static org.assertj.core.api.Assertions.assertThat;

import io.blobpath.cache.BlobPath;
import io.blobpath.store.StoreException;
import io.blobpath.store.file.FileOperations;
import io.blobpath.store.fixture.FailingFiles;
import io.blobpath.store.fixture.ForwardingFiles.Call;
import io.blobpath.store.fixture.StoreTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Lets every single operation fail once: every file stays whole, and the next run finishes the job. */
final class FaultTest extends StoreTest {
    private static final DedupeOptions ONE_THREAD = applied().withThreads(1).withIgnoreMode(true);
    private static final int REPOSITORIES = 4;

    private final List<BlobPath> ones = new ArrayList<>();
    private final List<BlobPath> twos = new ArrayList<>();

    @ParameterizedTest
    @EnumSource(Call.class)
    void dedupeSurvivesTheFailureOfAnyOperation(Call call) throws IOException {
        FailingFiles files;
        int number = 0;
        do {
            freshTree();
            files = new FailingFiles(call, ++number);

            attempt(files, true);

            assertThat(tree.broken()).as("%s number %d", call, number).isEmpty();
            assertThat(dedupe(FileOperations.system(), ONE_THREAD).problems().named())
                    .as("%s number %d", call, number)
                    .isEmpty();
            assertThat(tree.files(ones)).isEqualTo(1);
            assertThat(tree.files(twos)).isEqualTo(1);
            assertThat(tree.leftovers()).isEmpty();
        } while (files.hasFailed());
    }

    @ParameterizedTest
    @EnumSource(Call.class)
    void undoSurvivesTheFailureOfAnyOperation(Call call) throws IOException {
        FailingFiles files;
        int number = 0;
        do {
            freshTree();
            dedupe(FileOperations.system(), ONE_THREAD);
            files = new FailingFiles(call, ++number);

            attempt(files, false);

            assertThat(tree.broken()).as("%s number %d", call, number).isEmpty();
            assertThat(undo(FileOperations.system(), ONE_THREAD).problems().named())
                    .as("%s number %d", call, number)
                    .isEmpty();
            assertThat(tree.files(ones)).isEqualTo(REPOSITORIES);
            assertThat(tree.leftovers()).isEmpty();
        } while (files.hasFailed());
    }

    /** A run may report the failure and go on, or end with it; both are told apart by nobody here. */
    private void attempt(FailingFiles files, boolean dedupe) {
        try {
            long problems = dedupe
                    ? dedupe(files, ONE_THREAD).problems().total()
                    : undo(files, ONE_THREAD).problems().total();
            assertThat(problems).isGreaterThanOrEqualTo(0);
        } catch (StoreException e) {
            assertThat(e).hasMessageContaining(tree.root().toString());
        }
    }

    private void freshTree() throws IOException {
        ones.clear();
        twos.clear();
        for (int i = 0; i < REPOSITORIES; i++) {
            ones.add(fresh("r" + i, "one", i));
            twos.add(fresh("r" + i, "two", i));
        }
    }

    /** Files of ascending age and different permissions, so that a link changes the time and the permissions too. */
    private BlobPath fresh(String repository, String content, int age) throws IOException {
        BlobPath path = tree.blob(repository, content);
        Files.delete(tree.file(path));
        tree.blob(repository, content);
        Files.setLastModifiedTime(tree.file(path), FileTime.fromMillis(1_000_000_000_000L + 1000L * age));
        Files.setPosixFilePermissions(
                tree.file(path), PosixFilePermissions.fromString(age == 0 ? "rw-------" : "rw-r--r--"));
        return path;
    }
}
