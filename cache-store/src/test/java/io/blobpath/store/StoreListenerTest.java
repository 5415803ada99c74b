package io.blobpath.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.blobpath.store.dedupe.Deduplicator;
import io.blobpath.store.fixture.StoreTest;
import io.blobpath.store.fixture.Tree;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class StoreListenerTest extends StoreTest {
    /** Writes down what it hears. */
    private static final class Recorder implements StoreListener {
        private final List<String> phases = new CopyOnWriteArrayList<>();
        private final List<Problem> problems = new CopyOnWriteArrayList<>();
        private final Map<StorePhase, Long> items = new EnumMap<>(StorePhase.class);

        @Override
        public void started(StorePhase phase, OptionalLong expected) {
            phases.add(phase + " begins, " + (expected.isPresent() ? expected.getAsLong() : "?"));
        }

        @Override
        public synchronized void advanced(StorePhase phase, long more, long bytes) {
            items.merge(phase, more, Long::sum);
        }

        @Override
        public void finished(StorePhase phase) {
            phases.add(phase + " ends");
        }

        @Override
        public void problem(Problem problem) {
            problems.add(problem);
        }
    }

    @Test
    void phasesAndItemsAreTold() {
        for (int i = 0; i < 50; i++) {
            tree.blob("r" + i, "one");
        }
        Recorder recorder = new Recorder();

        new Deduplicator(root(), cache, recorder).dedupe(applied());

        assertThat(recorder.phases)
                .containsExactly("INDEX begins, ?", "INDEX ends", "DEDUPE begins, 50", "DEDUPE ends");
        assertThat(recorder.items).containsEntry(StorePhase.INDEX, 50L).containsEntry(StorePhase.DEDUPE, 50L);
    }

    @Test
    void everyProblemIsToldAndReported() {
        tree.file("a", Tree.digest("one"), "");
        Recorder recorder = new Recorder();

        Problems problems = new Deduplicator(root(), cache, recorder)
                .dedupe(applied())
                .index()
                .problems();

        assertThat(problems.named()).isEqualTo(recorder.problems);
        assertThat(problems.errors()).isEqualTo(1);
    }

    @Test
    void reportNamesABoundedNumberAndCountsTheRest() {
        Recorder recorder = new Recorder();
        ProblemLog log = new ProblemLog(recorder);
        int many = Problems.MAX_NAMED + 1;

        IntStream.range(0, many).forEach(i -> log.report("path " + i, ProblemKind.CHANGED, "changed"));

        assertThat(log.problems().named()).hasSize(Problems.MAX_NAMED);
        assertThat(log.problems().count(ProblemKind.CHANGED)).isEqualTo(many);
        assertThat(log.problems().errors()).isZero();
        assertThat(recorder.problems).hasSize(many);
    }
}
