package io.blobpath.store.model;

import static io.blobpath.store.model.Actor.COLLECTOR;
import static io.blobpath.store.model.Actor.PUBLISHER;
import static io.blobpath.store.model.Actor.REMOVER;
import static io.blobpath.store.model.Actor.UNPUBLISHER;
import static io.blobpath.store.model.Property.ACKNOWLEDGED_BLOBS_STAY;
import static io.blobpath.store.model.Property.NO_DANGLING_REFERENCE;
import static io.blobpath.store.model.Property.NO_LOST_UPDATE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The protocol holds in every state that its actors can reach together, crashes, pauses and lost leases included; and each part
 * of it is needed, or is shown not to be.
 */
final class ModelTest {
    private static final long ALL = 200_000_000;
    private static final Shape PUBLISH_AND_COLLECT = Shape.of(1, PUBLISHER, COLLECTOR);
    private static final Shape TWO_PUBLISHERS = Shape.of(1, PUBLISHER, PUBLISHER);
    private static final Shape TWO_COLLECTORS = Shape.of(1, PUBLISHER, COLLECTOR, COLLECTOR);
    private static final List<Shape> SMALL = List.of(
            TWO_PUBLISHERS,
            Shape.of(2, PUBLISHER, COLLECTOR),
            Shape.of(1, PUBLISHER, COLLECTOR, UNPUBLISHER),
            Shape.of(1, PUBLISHER, COLLECTOR, REMOVER));
    private static final List<Shape> LARGE = List.of(Shape.of(1, PUBLISHER, PUBLISHER, COLLECTOR), TWO_COLLECTORS);

    @Test
    void theProtocolHolds() {
        assertThat(holds(SMALL, Flaw.NONE)).isGreaterThan(10_000_000);
    }

    @Test
    @EnabledIfSystemProperty(named = "blobpath.campaign", matches = "true")
    void theProtocolHoldsForMoreActors() {
        assertThat(holds(LARGE, Flaw.NONE)).isGreaterThan(90_000_000);
    }

    /** The doors alone keep sessions apart; the lease and the second question only keep them from disturbing each other. */
    @ParameterizedTest
    @MethodSource("neededForProgressOnly")
    void safetyDoesNotRestOnTheLease(Flaw flaw) {
        holds(List.of(PUBLISH_AND_COLLECT, TWO_PUBLISHERS), flaw);
    }

    @ParameterizedTest
    @MethodSource("flaws")
    void aFlawIsFound(Flaw flaw, Property property, Shape shape) {
        assertViolated(flaw, property, shape);
    }

    @ParameterizedTest
    @MethodSource("deepFlaws")
    @EnabledIfSystemProperty(named = "blobpath.campaign", matches = "true")
    void aDeepFlawIsFound(Flaw flaw, Property property, Shape shape) {
        assertViolated(flaw, property, shape);
    }

    static Stream<Flaw> neededForProgressOnly() {
        return Stream.of(Flaw.NO_LEASE, Flaw.NO_CONFIRM, Flaw.CONFIRM_BEFORE_DOOR);
    }

    static Stream<Arguments> flaws() {
        return Stream.of(
                Arguments.of(Flaw.NO_PRESENCE_CHECK, NO_DANGLING_REFERENCE, PUBLISH_AND_COLLECT),
                Arguments.of(Flaw.NO_GRACE, ACKNOWLEDGED_BLOBS_STAY, PUBLISH_AND_COLLECT),
                Arguments.of(Flaw.READ_BEFORE_LEASE, NO_DANGLING_REFERENCE, PUBLISH_AND_COLLECT),
                Arguments.of(Flaw.READ_BEFORE_LEASE, NO_LOST_UPDATE, TWO_PUBLISHERS),
                Arguments.of(Flaw.NO_DOOR, NO_DANGLING_REFERENCE, PUBLISH_AND_COLLECT),
                Arguments.of(Flaw.NO_DOOR, NO_LOST_UPDATE, TWO_PUBLISHERS),
                Arguments.of(Flaw.NO_DROP, NO_DANGLING_REFERENCE, PUBLISH_AND_COLLECT),
                Arguments.of(Flaw.NO_DROP, NO_LOST_UPDATE, TWO_PUBLISHERS),
                Arguments.of(Flaw.DROP_AFTER_READ, NO_DANGLING_REFERENCE, PUBLISH_AND_COLLECT),
                Arguments.of(Flaw.DROP_AFTER_READ, NO_LOST_UPDATE, TWO_PUBLISHERS),
                Arguments.of(Flaw.BARE_UNLINK, ACKNOWLEDGED_BLOBS_STAY, PUBLISH_AND_COLLECT),
                Arguments.of(Flaw.NO_SEARCH, ACKNOWLEDGED_BLOBS_STAY, PUBLISH_AND_COLLECT),
                Arguments.of(Flaw.NO_SECOND_LOOK, ACKNOWLEDGED_BLOBS_STAY, PUBLISH_AND_COLLECT),
                Arguments.of(Flaw.NO_LOOK_AFTER_TOUCH, ACKNOWLEDGED_BLOBS_STAY, PUBLISH_AND_COLLECT));
    }

    static Stream<Arguments> deepFlaws() {
        return Stream.of(Flaw.SHARED_ASIDE, Flaw.NO_SECOND_SEARCH, Flaw.NO_TOUCH_AT_BACK, Flaw.NO_LOOK_AT_DOOR)
                .map(flaw -> Arguments.of(flaw, ACKNOWLEDGED_BLOBS_STAY, TWO_COLLECTORS));
    }

    /** Looks at every state; how many transitions there are. */
    private static long holds(List<Shape> shapes, Flaw flaw) {
        return shapes.parallelStream()
                .mapToLong(shape -> {
                    Explorer.Result result = Explorer.search(shape, flaw, ALL);
                    assertThat(result.violation()).as("%s %s", flaw, shape).isEmpty();
                    assertThat(result.complete()).isTrue();
                    System.out.printf(
                            "%s of %d blobs, %s: %,d states, %,d transitions%n",
                            shape.actors(), shape.blobs(), flaw, result.states(), result.transitions());
                    return result.transitions();
                })
                .sum();
    }

    private static void assertViolated(Flaw flaw, Property property, Shape shape) {
        Explorer.Result result = Explorer.search(shape, flaw, property, ALL);

        assertThat(result.violation()).as("%s breaks %s", flaw, property).isPresent();
    }
}
