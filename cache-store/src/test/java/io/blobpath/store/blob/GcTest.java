package io.blobpath.store.blob;

import static org.assertj.core.api.Assertions.assertThat;

import io.blobpath.cache.Digest;
import io.blobpath.store.ProblemKind;
import io.blobpath.store.fixture.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What goes and what stays, while nobody else is at work. */
final class GcTest extends GcFixture {
    @Test
    void aDryRunTellsWhatWouldGoAndChangesNothing() throws IOException {
        Images.image(store(), A, "1.0", "layer");
        Digest garbage = Images.blob(store(), A, "garbage");
        List<Path> before = files();

        GcReport report = collector().collect(GcOptions.defaults());

        assertThat(report.applied()).isFalse();
        assertThat(report.kept()).isEqualTo(Map.of(KeepReason.REFERENCED, 3L));
        assertThat(report.candidates()).isEqualTo(1);
        assertThat(report.removed()).isEqualTo(1);
        assertThat(report.bytesFreed()).isEqualTo(7);
        assertThat(files()).isEqualTo(before);
        assertThat(recorded(garbage)).containsExactly(A.blob(garbage));
    }

    @Test
    void whatNoManifestRefersToGoesWithItsRecord() throws IOException {
        Images.image(store(), A, "1.0", "layer");
        Digest garbage = Images.blob(store(), A, "garbage");

        GcReport report = collect();

        assertThat(report.applied()).isTrue();
        assertThat(report.removed()).isEqualTo(1);
        assertThat(report.removedBytes()).isEqualTo(7);
        assertThat(report.bytesFreed()).isEqualTo(7);
        assertThat(report.problems().total()).isZero();
        assertThat(tree.file(A.blob(garbage))).doesNotExist();
        assertThat(recorded(garbage)).isEmpty();
        assertThat(store().manifest(A, ManifestReference.parse("1.0"))).isPresent();
        assertThat(store().stat(A, Tree.digest("layer"))).isPresent();
        assertThat(aside()).isEmpty();
    }

    @Test
    void whatIsYoungerThanTheGracePeriodStays() throws IOException {
        Digest asked = Images.blob(store(), A, "asked for");
        later().stat(A, asked);
        Digest uploaded = Images.blob(later(), A, "uploaded");
        Images.blob(store(), B, "mounted");
        later().mount(B, A, Tree.digest("mounted"));

        GcReport report = collect(GcOptions.defaults().withApply(true).withRepositories(List.of(A)));

        assertThat(report.kept()).isEqualTo(Map.of(KeepReason.YOUNG, 3L));
        assertThat(report.removed()).isZero();
        assertThat(tree.content(A.blob(uploaded))).isEqualTo("uploaded");
    }

    @Test
    void theManifestOfATagThatMovedStaysAsLongAsIsAskedFor() throws IOException {
        Digest old = Images.image(store(), A, "latest", "layer 1");
        Images.image(store(), A, "latest", "layer 2");
        ManifestReference byDigest = ManifestReference.parse(old.toString());

        GcOptions patient = GcOptions.defaults().withApply(true).withUntagged(Duration.ofDays(3));
        assertThat(collect(patient).removed()).isZero();

        assertThat(store().manifest(A, byDigest)).isPresent();
        assertThat(collect(patient.withUntagged(Duration.ofDays(1))).removed()).isEqualTo(2);
        assertThat(store().manifest(A, byDigest)).isEmpty();
    }

    @Test
    void aManifestThatWasStoredByItsDigestStaysAlthoughItsTagMoved() throws IOException {
        Digest old = Images.image(store(), A, "latest", "layer 1");
        Images.image(store(), A, "latest", "layer 2");
        Images.image(store(), A, old.toString(), "layer 1");

        GcReport report = collect();

        assertThat(report.untagged()).isZero();
        assertThat(store().manifest(A, ManifestReference.parse(old.toString()))).isPresent();
    }

    @Test
    void theManifestOfATagThatMovedGoesWithItsLayer() throws IOException {
        Digest old = Images.image(store(), A, "latest", "layer 1");
        Digest now = Images.image(store(), A, "latest", "layer 2");

        GcReport wouldGo = collector().collect(GcOptions.defaults());
        GcReport gone = collect();

        assertThat(wouldGo.untagged()).isEqualTo(1);
        assertThat(wouldGo.removed()).isEqualTo(2);
        assertThat(gone.untagged()).isEqualTo(1);
        assertThat(gone.removed()).isEqualTo(2);

        assertThat(tree.file(A.blob(old))).doesNotExist();
        assertThat(tree.file(A.blob(Tree.digest("layer 1")))).doesNotExist();
        assertThat(tree.file(A.blob(now))).exists();
        assertThat(tree.content(A.blob(Tree.digest("config")))).isEqualTo("config");
    }

    @Test
    void aFileThatAnotherRepositoryHasTooIsNotFreed() throws IOException {
        Images.blob(store(), A, "shared");
        Images.image(store(), B, "1.0", "shared");

        assertThat(collector().collect(GcOptions.defaults()).bytesFreed()).isZero();
        GcReport report = collect();

        assertThat(report.removedBytes()).isEqualTo(6);
        assertThat(report.bytesFreed()).isZero();
        assertThat(tree.content(B.blob(Tree.digest("shared")))).isEqualTo("shared");
    }

    @Test
    void aFileThatNobodyNeedsInTwoRepositoriesIsFreedOnce() throws IOException {
        Images.blob(store(), A, "shared");
        Images.blob(store(), B, "shared");

        long told = collector().collect(GcOptions.defaults()).bytesFreed();
        GcReport report = collect();

        assertThat(told).isEqualTo(6);
        assertThat(report.removed()).isEqualTo(2);
        assertThat(report.bytesFreed()).isEqualTo(6);
    }

    @Test
    void manifestsOfIndexesOfIndexesStay() throws IOException {
        Images.image(store(), A, "1.0", "layer");
        byte[] inner = Images.index(List.of(Images.manifest("config", "layer")));
        store().putManifest(A, ManifestReference.parse("inner"), inner);
        store().putManifest(A, ManifestReference.parse("outer"), Images.index(List.of(inner)));
        store().deleteManifest(A, ManifestReference.parse("1.0"));
        store().deleteManifest(A, ManifestReference.parse("inner"));

        assertThat(collect().removed()).isZero();
    }

    @Test
    void whatAReferrerIsAboutStays() throws IOException {
        Digest image = Images.image(store(), A, "1.0", "layer");
        Images.blob(store(), A, "signature");
        String referrer = Images.text(Images.manifest("config", "signature"));
        store().putManifest(
                        A,
                        ManifestReference.parse(
                                Tree.digest(withSubject(referrer, image)).toString()),
                        Images.bytes(withSubject(referrer, image)));
        store().deleteManifest(A, ManifestReference.parse("1.0"));

        assertThat(collect().removed()).isZero();
    }

    /** CVE-2021-41190: a document that is an image to one reader and an index to another. */
    @Test
    void aDocumentOfTwoKindsKeepsWhatEitherRefersTo() throws IOException {
        byte[] image = Images.manifest("config", "layer 1");
        Images.image(store(), A, "1.0", "layer 1");
        Images.blob(store(), A, "layer 2");
        String both = Images.text(Images.manifest("config", "layer 2"))
                .replaceFirst(
                        "\\{",
                        "{" + Images.text(Images.index(List.of(image))).replaceAll("^\\{\"schemaVersion\":2,|}$", "")
                                + ",");
        store().putManifest(A, ManifestReference.parse("both"), Images.bytes(both));
        store().deleteManifest(A, ManifestReference.parse("1.0"));

        assertThat(collect().removed()).isZero();
    }

    @Test
    void artifactsKeepTheirBlobs() throws IOException {
        Images.blob(store(), A, "layer");
        String artifact = "{\"mediaType\":\"application/vnd.oci.artifact.manifest.v1+json\",\"blobs\":["
                + Images.descriptor("layer") + "]}";
        store().putManifest(A, ManifestReference.parse("sbom"), Images.bytes(artifact));

        assertThat(collect().removed()).isZero();
    }

    @Test
    void aRepositoryWithADamagedManifestIsLeftAloneAndTheOthersAreNot() throws IOException {
        Digest manifest = Images.image(store(), A, "1.0", "layer");
        Digest kept = Images.blob(store(), A, "garbage of a");
        Images.blob(store(), B, "garbage of b");
        Files.writeString(tree.file(A.blob(manifest)), "{}");

        GcReport report = collect();

        assertThat(report.removed()).isEqualTo(1);
        assertThat(tree.content(A.blob(kept))).isEqualTo("garbage of a");
        assertThat(report.problems().named())
                .singleElement()
                .satisfies(problem -> assertThat(problem.kind()).isEqualTo(ProblemKind.NOT_COLLECTED))
                .satisfies(problem -> assertThat(problem.path()).isEqualTo("a"))
                .satisfies(problem -> assertThat(problem.detail()).contains(manifest.toString()));
    }

    @Test
    void aRepositoryWithAManifestOfUnknownKindIsLeftAlone() throws IOException {
        String old = "{\"schemaVersion\":1,\"fsLayers\":[]}";
        Digest kept = Images.blob(store(), A, "layer of the old one");
        Images.blob(store(), A, old);
        Files.writeString(
                tree.root().resolve("a/index.json"),
                "{\"schemaVersion\":2,\"manifests\":[" + Images.descriptor(old) + "]}");

        GcReport report = collect();

        assertThat(report.problems().count(ProblemKind.NOT_COLLECTED)).isEqualTo(1);
        assertThat(tree.file(A.blob(kept))).exists();
    }

    @Test
    void aManifestThatIsGoneLeavesTheRepositoryAlone() throws IOException {
        Digest manifest = Images.image(store(), A, "1.0", "layer");
        Files.delete(tree.file(A.blob(manifest)));

        assertThat(collect().problems().count(ProblemKind.NOT_COLLECTED)).isEqualTo(1);
        assertThat(tree.content(A.blob(Tree.digest("layer")))).isEqualTo("layer");
    }

    @Test
    void linksAndStrangersAreLeftAlone() throws IOException {
        Images.blob(store(), A, "garbage");
        Path blobs = tree.root().resolve("a/blobs/sha256");
        Path link = Files.createSymbolicLink(blobs.resolve(Tree.digest("link").hex()), tree.root());
        Path stranger = Files.writeString(blobs.resolve("notes.txt"), "by hand");

        GcReport report = collect();

        assertThat(report.removed()).isEqualTo(1);
        assertThat(report.problems().count(ProblemKind.SYMBOLIC_LINK)).isEqualTo(1);
        assertThat(report.problems().count(ProblemKind.NOT_A_BLOB)).isEqualTo(1);
        assertThat(link).isSymbolicLink();
        assertThat(stranger).exists();
    }

    @Test
    void oldUploadsGoAndYoungOnesStay() throws IOException {
        Images.blob(store(), A, "layer");
        Path left = Files.writeString(tree.root().resolve(".blobpath/uploads/dead"), "half of a lay");

        GcReport report = collect(GcOptions.defaults().withApply(true).withGrace(Duration.ofDays(3)));
        assertThat(report.leftovers()).isZero();
        assertThat(left).exists();
        report = collect();

        assertThat(report.leftovers()).isEqualTo(1);
        assertThat(report.leftoverBytes()).isEqualTo(13);
        assertThat(left).doesNotExist();
    }

    @Test
    void aBlobThatADeadCollectorPutAsideGoes() throws IOException {
        Digest layer = Images.blob(store(), A, "layer");
        Files.move(tree.file(A.blob(layer)), new Aside(root(), A).newName(layer));

        assertThat(collector().collect(GcOptions.defaults()).removed()).isEqualTo(1);
        assertThat(aside()).hasSize(1);
        assertThat(collect().removed()).isEqualTo(1);

        assertThat(aside()).isEmpty();
        assertThat(tree.file(A.blob(layer))).doesNotExist();
    }

    @Test
    void aYoungBlobThatADeadCollectorPutAsideComesBack() throws IOException {
        Digest layer = Images.blob(later(), A, "layer");
        Files.move(tree.file(A.blob(layer)), new Aside(root(), A).newName(layer));

        assertThat(collect().kept()).isEqualTo(Map.of(KeepReason.YOUNG_MEANWHILE, 1L));

        assertThat(aside()).isEmpty();
        assertThat(tree.content(A.blob(layer))).isEqualTo("layer");
        assertThat(recorded(layer)).containsExactly(A.blob(layer));
    }

    private static String withSubject(String manifest, Digest subject) {
        return manifest.replaceFirst("\\{", "{\"subject\":{\"digest\":\"" + subject + "\",\"size\":1},");
    }
}
