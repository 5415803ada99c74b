package io.blobpath.store.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.Digest;
import io.blobpath.cache.lease.LeaseState;
import io.blobpath.store.StoreInterruptedException;
import io.blobpath.store.StoreRoot;
import io.blobpath.store.fixture.ForwardingFiles;
import io.blobpath.store.fixture.Tree;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A collector that is stopped at the worst moment, or not alone. */
final class GcConcurrencyTest extends GcFixture {
    private static final GcOptions APPLY = GcOptions.defaults().withApply(true);

    private BlobPathCache otherNode;

    @BeforeEach
    void startOtherNode() {
        otherNode = anotherCache();
    }

    @AfterEach
    void stopOtherNode() {
        otherNode.close();
    }

    private interface Others {
        void act() throws IOException;
    }

    /** Before the first call of this kind on such a file, others act. */
    private static final class Pause extends ForwardingFiles {
        private final Call call;
        private final Predicate<String> file;
        private final Others others;
        private boolean done;

        Pause(Call call, Predicate<String> file, Others others) {
            this.call = call;
            this.file = file;
            this.others = others;
        }

        @Override
        protected void before(Call now, Path at) throws IOException {
            if (!done && now == call && file.test(at.toString())) {
                done = true;
                others.act();
            }
        }
    }

    @Test
    void whatIsPublishedBeforeItsTurnStays() throws IOException {
        Digest layer = Images.blob(store(), A, "layer");
        Pause pause = new Pause(
                ForwardingFiles.Call.STAT,
                name -> name.endsWith(layer.hex()),
                () -> Images.image(store(), A, "1.0", "layer"));

        GcReport report = collector(pause, Pace.SYSTEM).collect(APPLY);

        assertThat(report.kept()).containsEntry(KeepReason.REFERENCED_MEANWHILE, 1L);
        assertThat(tree.content(A.blob(layer))).isEqualTo("layer");
    }

    @Test
    void aCollectorThatWasStoppedPastItsLeaseTakesNothingAwayThatWasPublishedMeanwhile() throws IOException {
        Digest layer = Images.blob(store(), A, "layer");
        Pause pause = new Pause(ForwardingFiles.Call.RENAME, name -> name.contains("/aside/"), () -> {
            endLease();
            Images.image(other(), A, "1.0", "layer");
        });

        GcReport report = collector(pause, Pace.SYSTEM).collect(APPLY);

        assertThat(report.removed()).isZero();
        assertThat(report.kept()).containsEntry(KeepReason.REFERENCED_MEANWHILE, 1L);
        assertThat(tree.content(A.blob(layer))).isEqualTo("layer");
    }

    @Test
    void whatIsAskedForJustBeforeItIsTakenComesBack() throws IOException {
        Digest layer = Images.blob(store(), A, "layer");
        Pause pause =
                new Pause(ForwardingFiles.Call.RENAME, name -> name.contains("/aside/"), () -> later().stat(A, layer));

        GcReport report = collector(pause, Pace.SYSTEM).collect(APPLY);

        assertThat(report.kept()).isEqualTo(Map.of(KeepReason.YOUNG_MEANWHILE, 1L));
        assertThat(report.removed()).isZero();
        assertThat(tree.content(A.blob(layer))).isEqualTo("layer");
        assertThat(recorded(layer)).containsExactly(A.blob(layer));
        assertThat(aside()).isEmpty();
    }

    @Test
    void whatIsAskedForBeforeItsTurnStays() throws IOException {
        Digest layer = Images.blob(store(), A, "layer");
        Pause pause = new Pause(ForwardingFiles.Call.SYMBOLIC_LINK, door -> true, () -> later().stat(A, layer));

        GcReport report = collector(pause, Pace.SYSTEM).collect(APPLY);

        assertThat(report.kept()).isEqualTo(Map.of(KeepReason.YOUNG_MEANWHILE, 1L));
        assertThat(tree.content(A.blob(layer))).isEqualTo("layer");
    }

    @Test
    void aBlobThatIsAsideWhileItsManifestIsPublishedIsNotMissing() throws IOException {
        Digest layer = Images.blob(store(), A, "layer");
        Pause pause = new Pause(ForwardingFiles.Call.STAT, name -> name.contains("/aside/"), () -> {
            endLease();
            Images.blob(other(), A, "config");
            other().putManifest(A, ManifestReference.parse("1.0"), Images.manifest("config", "layer"));
        });

        collector(pause, Pace.SYSTEM).collect(APPLY);

        assertThat(tree.content(A.blob(layer))).isEqualTo("layer");
        assertThat(aside()).isEmpty();
    }

    @Test
    void aBlobThatIsUploadedWhileAYoungOneIsAsideIsAsYoung() throws IOException {
        Digest layer = Images.blob(store(), A, "layer");
        Pause touch =
                new Pause(ForwardingFiles.Call.RENAME, name -> name.contains("/aside/"), () -> later().stat(A, layer));
        ForwardingFiles both = new ForwardingFiles() {
            @Override
            protected void before(Call call, Path file) throws IOException {
                touch.before(call, file);
                if (call == Call.LINK && file.equals(tree.file(A.blob(layer)))) {
                    Images.blob(store(), A, "layer");
                }
            }
        };

        collector(both, Pace.SYSTEM).collect(APPLY);

        assertThat(collect().kept()).isEqualTo(Map.of(KeepReason.YOUNG, 1L));
    }

    @Test
    void aManifestThatIsRemovedWhileItIsFollowedIsNoDamage() throws IOException {
        Digest gone = Images.image(store(), A, "1.0", "layer");
        Digest garbage = Images.blob(store(), A, "garbage");
        Pause pause = new Pause(ForwardingFiles.Call.READ, name -> name.endsWith(gone.hex()), () -> {
            store().deleteManifest(A, ManifestReference.parse("1.0"));
            store().delete(A, gone);
        });

        GcReport report = collector(pause, Pace.SYSTEM).collect(APPLY);

        assertThat(report.problems().total()).isZero();
        assertThat(tree.file(A.blob(garbage))).doesNotExist();
    }

    @Test
    void aRepositoryIsNotHeldForLongerThanASlice() throws IOException {
        for (int i = 0; i < 6; i++) {
            Images.blob(store(), A, "garbage " + i);
        }
        List<String> doors = new ArrayList<>();
        TestTimer timer = new TestTimer();
        ForwardingFiles files = new ForwardingFiles() {
            @Override
            protected void before(Call call, Path file) {
                if (call == Call.SYMBOLIC_LINK) {
                    doors.add(file.toString());
                } else if (call == Call.RENAME) {
                    timer.pass(Duration.ofMillis(100));
                }
            }
        };

        assertThat(collector(files, timer).collect(APPLY).removed()).isEqualTo(6);

        assertThat(doors).as("two removals of 100 ms in each slice of 200 ms").hasSize(3);
    }

    @Test
    void noMoreIsRemovedInASecondThanWasAskedFor() throws IOException {
        for (int i = 0; i < 6; i++) {
            Images.blob(store(), A, "garbage " + i);
        }
        TestTimer timer = new TestTimer();

        collector(new ForwardingFiles(), timer)
                .collect(APPLY.withSlice(Duration.ZERO).withRate(2));

        assertThat(timer.slept).as("the last of six at two in a second").isEqualTo(Duration.ofMillis(2500));
    }

    @Test
    void anInterruptEndsTheRun() throws IOException {
        Images.blob(store(), A, "garbage");
        Pause pause = new Pause(
                ForwardingFiles.Call.LIST,
                name -> name.endsWith("sha256"),
                () -> Thread.currentThread().interrupt());

        assertThatExceptionOfType(StoreInterruptedException.class)
                .isThrownBy(() -> collector(pause, Pace.SYSTEM).collect(APPLY));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(tree.content(A.blob(Tree.digest("garbage")))).isEqualTo("garbage");
    }

    private BlobStore other() {
        return BlobStore.open(StoreRoot.open(tree.root()), otherNode);
    }

    /** What happens when a holder is stopped: its lease ends, and it does not know. */
    private void endLease() {
        LeaseState state = cache.leases().peek(A.resource().lease()).orElseThrow();
        assertThat(cache.leases().breakLease(A.resource().lease(), state.fence()))
                .isTrue();
    }

    private static final class TestTimer implements Pace.Timer {
        private long now;
        private Duration slept = Duration.ZERO;

        void pass(Duration duration) {
            now += duration.toNanos();
        }

        @Override
        public long nanos() {
            return now;
        }

        @Override
        public void sleep(Duration duration) {
            slept = slept.plus(duration);
            pass(duration);
        }
    }
}
