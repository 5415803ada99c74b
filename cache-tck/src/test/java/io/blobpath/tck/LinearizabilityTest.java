package io.blobpath.tck;

import static io.blobpath.tck.Sample.digest;
import static io.blobpath.tck.Sample.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blobpath.cache.PutResult;
import io.blobpath.cache.RemoveResult;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Histories whose verdict is known. */
class LinearizabilityTest {
    @Test
    void nothingIsExplained() {
        assertThat(Linearizability.explains(List.of())).isTrue();
    }

    @Test
    void callsOneAfterTheOtherAreExplained() {
        assertThat(Linearizability.explains(List.of(
                        call(Action.PUT, "m", new PutResult(true, path("m")), 0, 1),
                        call(Action.PUT, "a", new PutResult(true, path("m")), 2, 3),
                        call(Action.PATHS, "x", Sample.paths("m", "a"), 4, 5),
                        call(Action.REMOVE, "m", RemoveResult.promoted(path("a")), 6, 7),
                        call(Action.CONTAINS, "m", false, 8, 9),
                        call(Action.REMOVE, "a", RemoveResult.lastPath(), 10, 11),
                        call(Action.CANONICAL, "x", Optional.empty(), 12, 13))))
                .isTrue();
    }

    @Test
    void callsAtOnceMayTakeEffectInAnyOrder() {
        assertThat(Linearizability.explains(List.of(
                        call(Action.PUT, "a", new PutResult(true, path("b")), 0, 3),
                        call(Action.PUT, "b", new PutResult(true, path("b")), 1, 2))))
                .isTrue();
    }

    @Test
    void aReadMayAnswerForAWriteUnderWay() {
        assertThat(Linearizability.explains(List.of(
                        call(Action.PUT, "a", new PutResult(true, path("a")), 0, 5),
                        call(Action.CANONICAL, "x", Optional.empty(), 1, 2),
                        call(Action.CANONICAL, "x", Optional.of(path("a")), 3, 4))))
                .isTrue();
    }

    @Test
    void aReadMustNotForgetWhatAnotherSaw() {
        assertThat(Linearizability.explains(List.of(
                        call(Action.PUT, "a", new PutResult(true, path("a")), 0, 5),
                        call(Action.CANONICAL, "x", Optional.of(path("a")), 1, 2),
                        call(Action.CANONICAL, "x", Optional.empty(), 3, 4))))
                .isFalse();
    }

    @Test
    void aReadMustNotMissAWriteThatReturned() {
        assertThat(Linearizability.explains(List.of(
                        call(Action.PUT, "a", new PutResult(true, path("a")), 0, 1),
                        call(Action.CONTAINS, "a", false, 2, 3))))
                .isFalse();
    }

    @Test
    void twoFirstPutsMustNotBothWin() {
        assertThat(Linearizability.explains(List.of(
                        call(Action.PUT, "a", new PutResult(true, path("a")), 0, 3),
                        call(Action.PUT, "b", new PutResult(true, path("b")), 1, 2))))
                .isFalse();
    }

    @Test
    void twoRemovesMustNotBothPromote() {
        assertThat(Linearizability.explains(List.of(
                        call(Action.PUT, "m", new PutResult(true, path("m")), 0, 1),
                        call(Action.PUT, "a", new PutResult(true, path("m")), 2, 3),
                        call(Action.REMOVE, "m", RemoveResult.promoted(path("a")), 4, 7),
                        call(Action.REMOVE, "m", RemoveResult.promoted(path("a")), 5, 6))))
                .isFalse();
    }

    @Test
    void aListingMustHaveExistedAtOneMoment() {
        assertThat(Linearizability.explains(List.of(
                        call(Action.PUT, "m", new PutResult(true, path("m")), 0, 1),
                        call(Action.PATHS, "x", Sample.paths("m", "z"), 2, 7),
                        call(Action.REMOVE, "m", RemoveResult.lastPath(), 3, 4),
                        call(Action.PUT, "z", new PutResult(true, path("z")), 5, 6))))
                .isFalse();
    }

    @Test
    void aChangeThatFailedMayHaveHappenedOrNot() {
        Operation failed = Operation.failed(0, Action.PUT, digest(1), path("a"), 0);

        assertThat(Linearizability.explains(List.of(failed))).isTrue();
        assertThat(Linearizability.explains(List.of(failed, call(Action.CONTAINS, "a", true, 1, 2))))
                .isTrue();
        assertThat(Linearizability.explains(List.of(
                        failed, call(Action.CONTAINS, "a", false, 1, 2), call(Action.CONTAINS, "a", true, 3, 4))))
                .isTrue();
    }

    @Test
    void aChangeThatFailedDoesNotComeAndGo() {
        assertThat(Linearizability.explains(List.of(
                        Operation.failed(0, Action.PUT, digest(1), path("a"), 0),
                        call(Action.CONTAINS, "a", true, 1, 2),
                        call(Action.CONTAINS, "a", false, 3, 4))))
                .isFalse();
    }

    @Test
    void withoutAFailureALostReplyLeavesEveryChangeInDoubtAndNoRead() {
        Operation put = call(Action.PUT, "a", new PutResult(false, path("a")), 0, 1);

        assertThat(new History(7, List.of(put)).contradictions()).isNotEmpty();
        assertThat(new History(7, List.of(put)).withALostReply().contradictions())
                .isEmpty();
        assertThat(new History(7, List.of(put, call(Action.CONTAINS, "a", false, 2, 3)))
                        .withALostReply()
                        .contradictions())
                .isNotEmpty();
    }

    @Test
    void manyCallsAtOnceAreDecidedQuickly() {
        List<Operation> calls = Collections.nCopies(40, call(Action.CANONICAL, "x", Optional.of(path("a")), 0, 1));

        assertThat(Linearizability.explains(calls)).isFalse();
    }

    @Test
    void tooManyCallsAreRefused() {
        List<Operation> calls = Collections.nCopies(65, call(Action.CANONICAL, "x", Optional.empty(), 0, 1));

        assertThatThrownBy(() -> Linearizability.explains(calls)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aContradictionIsPrintedAsATimeline() {
        History history = new History(
                7,
                List.of(
                        call(Action.PUT, "a", new PutResult(true, path("a")), 0, 3),
                        call(Action.PUT, "b", new PutResult(true, path("b")), 1, 2)));

        assertThat(history.contradictions().lines())
                .containsExactly(
                        "no order of these calls explains their answers (repeat with -Dblobpath.tck.seed=7): "
                                + digest(1),
                        "  thread 0 [--] PUT a -> PutResult[added=true, canonical=a]",
                        "  thread 0  []  PUT b -> PutResult[added=true, canonical=b]");
    }

    private static Operation call(Action action, String path, Object answer, long called, long returned) {
        return new Operation(0, action, digest(1), path(path), answer, called, returned);
    }
}
