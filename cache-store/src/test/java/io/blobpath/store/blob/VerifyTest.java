package io.blobpath.store.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.blobpath.cache.BlobPath;
import io.blobpath.cache.Digest;
import io.blobpath.store.Problem;
import io.blobpath.store.ProblemKind;
import io.blobpath.store.StoreListener;
import io.blobpath.store.StoreRoot;
import io.blobpath.store.file.FileOperations;
import io.blobpath.store.fixture.ForwardingFiles;
import io.blobpath.store.fixture.StoreTest;
import io.blobpath.store.fixture.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class VerifyTest extends StoreTest {
    private static final RepositoryName A = new RepositoryName("a");
    private static final RepositoryName B = new RepositoryName("b");

    private Digest manifest = Tree.digest("");

    @BeforeEach
    void publish() throws IOException {
        manifest = Images.image(store(), A, "1.0", "layer");
        Images.image(store(), B, "1.0", "layer");
    }

    @Test
    void aWholeStoreIsWhole() {
        VerifyReport report = verify(VerifyOptions.defaults());

        assertThat(report.problems().named()).isEmpty();
        assertThat(report.repositories()).isEqualTo(2);
        assertThat(report.manifests()).isEqualTo(2);
        assertThat(report.references()).isEqualTo(6);
        assertThat(report.records()).isEqualTo(6);
        assertThat(report.blobs()).isEqualTo(6);
        assertThat(report.read()).as("the repositories share files").isEqualTo(3);
        assertThat(report.complete()).isTrue();
    }

    @Test
    void whatAManifestRefersToAndIsNotThereIsNamed() throws IOException {
        remove(A, Tree.digest("layer"));

        assertThat(problems(VerifyOptions.defaults()))
                .containsExactly(new Problem(
                        A.blob(Tree.digest("layer")).toString(),
                        ProblemKind.MISSING,
                        "manifest " + manifest + " refers to it; push it again, or delete the tags that need it"));
    }

    @Test
    void aManifestThatIsNotThereIsNamed() throws IOException {
        remove(A, manifest);

        assertThat(problems(VerifyOptions.defaults()))
                .extracting(Problem::kind, Problem::path)
                .containsExactly(tuple(ProblemKind.MISSING, A.blob(manifest).toString()));
    }

    @Test
    void aSymbolicLinkInThePlaceOfABlobIsNoBlob() throws IOException {
        Path blob = tree.file(A.blob(Tree.digest("layer")));
        Files.delete(blob);
        Files.createSymbolicLink(blob, tree.file(B.blob(Tree.digest("layer"))));

        assertThat(problems(VerifyOptions.defaults()))
                .extracting(Problem::kind)
                .containsExactlyInAnyOrder(ProblemKind.MISSING, ProblemKind.STALE_RECORD, ProblemKind.SYMBOLIC_LINK);
    }

    @Test
    void aRecordWithoutAFileIsNamed() throws IOException {
        BlobPath stale = BlobPath.of("a/blobs/sha256/" + Tree.digest("never").hex());
        BlobPath wrong = A.blob(Tree.digest("layer"));
        cache.put(Tree.digest("never"), stale);
        cache.put(Tree.digest("never"), wrong);

        assertThat(problems(VerifyOptions.defaults()))
                .extracting(Problem::path)
                .containsExactlyInAnyOrder(stale.toString(), wrong.toString());
        assertThat(recorded(Tree.digest("never"))).as("it only tells").hasSize(2);
    }

    @Test
    void otherBytesAreFoundByReading() throws IOException {
        Files.writeString(tree.file(A.blob(Tree.digest("layer"))), "LAYER");

        assertThat(problems(VerifyOptions.defaults().withSample(0))).isEmpty();
        assertThat(problems(VerifyOptions.defaults())).singleElement().satisfies(problem -> {
            assertThat(problem.kind()).isEqualTo(ProblemKind.CORRUPT);
            assertThat(problem.detail()).contains("nor do those of its 1 other links; push it again");
        });
    }

    @Test
    void oneFileUnderTwoNamesIsReadForEach() throws IOException {
        Digest other = Tree.digest("other");
        Files.createLink(tree.file(A.blob(other)), tree.file(A.blob(Tree.digest("layer"))));

        assertThat(problems(VerifyOptions.defaults()))
                .extracting(Problem::path)
                .containsExactly(A.blob(other).toString());
    }

    @Test
    void anotherSizeIsFoundWithoutReading() throws IOException {
        Files.writeString(tree.file(A.blob(Tree.digest("layer"))), "half");

        assertThat(problems(VerifyOptions.defaults().withSample(0)))
                .extracting(Problem::detail)
                .contains("it has 4 bytes, and manifest " + manifest + " says 5; push it again");
    }

    @Test
    void anotherMediaTypeThanTheIndexSaysIsFound() throws IOException {
        Path index = tree.root().resolve("a/index.json");
        Files.writeString(
                index, Files.readString(index).replace("oci.image.manifest.v1+json", "oci.image.index.v1+json"));

        assertThat(problems(VerifyOptions.defaults())).singleElement().satisfies(problem -> {
            assertThat(problem.kind()).isEqualTo(ProblemKind.MISMATCH);
            assertThat(problem.detail()).contains("oci.image.manifest.v1+json, and the index says application");
        });
    }

    @Test
    void aDamagedIndexIsNamedAndTheRestIsVerified() throws IOException {
        Files.writeString(tree.root().resolve("a/index.json"), "{");

        VerifyReport report = verify(VerifyOptions.defaults());

        assertThat(report.problems().named()).extracting(Problem::path).containsExactly("a/index.json");
        assertThat(report.manifests()).isEqualTo(1);
        assertThat(report.read()).isEqualTo(3);
    }

    @Test
    void aManifestThatIsDeletedAndCollectedMeanwhileIsNoProblem() {
        FileOperations files = new ForwardingFiles() {
            private boolean gone;

            @Override
            protected void before(Call call, Path file) throws IOException {
                if (call == Call.STAT && !gone && file.endsWith(A.blob(manifest).toString())) {
                    gone = true;
                    store().deleteManifest(A, ManifestReference.parse("1.0"));
                    remove(A, manifest);
                }
            }
        };

        VerifyReport report = new StoreVerifier(StoreRoot.open(tree.root(), files), cache, StoreListener.NONE)
                .verify(VerifyOptions.defaults());

        assertThat(report.problems().named()).isEmpty();
        assertThat(report.manifests()).isEqualTo(1);
    }

    @Test
    void theRootMayBeALayoutItself() {
        VerifyReport report = new StoreVerifier(StoreRoot.open(tree.root().resolve("a")), cache, StoreListener.NONE)
                .verify(VerifyOptions.defaults());

        assertThat(report.repositories()).isEqualTo(1);
        assertThat(report.manifests()).isEqualTo(1);
    }

    @Test
    void whenTheTimeIsOverTheReportSaysSo() {
        AtomicLong now = new AtomicLong();
        StoreVerifier verifier =
                new StoreVerifier(root(), cache, StoreListener.NONE, () -> now.getAndAdd(1_000_000_000L));

        VerifyReport report = verifier.verify(VerifyOptions.defaults().withMaxTime(Duration.ofSeconds(2)));

        assertThat(report.complete()).isFalse();
        assertThat(report.read()).isLessThan(3);
        assertThat(report.manifests()).isEqualTo(2);
    }

    private void remove(RepositoryName name, Digest digest) throws IOException {
        Files.delete(tree.file(name.blob(digest)));
        cache.remove(digest, name.blob(digest));
    }

    private List<Problem> problems(VerifyOptions options) {
        return verify(options).problems().named();
    }

    private VerifyReport verify(VerifyOptions options) {
        return new StoreVerifier(root(), cache, StoreListener.NONE).verify(options);
    }

    private BlobStore store() {
        return BlobStore.open(root(), cache);
    }
}
