package io.blobpath.store.dedupe;

import static org.assertj.core.api.Assertions.assertThat;

import io.blobpath.cache.BlobPath;
import io.blobpath.cache.Digest;
import io.blobpath.store.Problem;
import io.blobpath.store.ProblemKind;
import io.blobpath.store.fixture.StoreTest;
import io.blobpath.store.fixture.Tree;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;

/** Three copies of one digest, of which {@code a} is the canonical one. */
abstract class ThreeCopies extends StoreTest {
    static final Digest DIGEST = Tree.digest("one");

    BlobPath a;
    BlobPath b;
    BlobPath c;

    @BeforeEach
    void copies() {
        a = tree.blob("a", "one");
        index();
        b = tree.blob("b", "one");
        c = tree.blob("c", "one");
    }

    static void assertNamed(DedupeReport report, ProblemKind kind, BlobPath... paths) {
        List<String> expected =
                Stream.of(paths).map(BlobPath::toString).sorted().toList();
        assertThat(report.problems().named()).extracting(Problem::kind).containsOnly(kind);
        assertThat(named(report.problems(), kind)).isEqualTo(expected);
    }
}
