package io.blobpath.tck;

/**
 * The whole kit for a driver. Extend it in the driver's tests, and every rule of {@code docs/contract.md} is tested:
 *
 * <pre>{@code
 * class LmdbBlobPathCacheTckTest extends BlobPathCacheTck {
 *     @Override
 *     protected TckHarness newStore() {
 *         return new LmdbHarness();
 *     }
 * }
 * }</pre>
 *
 * <p>Each test is tagged with the rules that it proves, so {@code mvn test -Dgroups=P3} runs those of one rule. What a harness
 * declares as unsupported shows as skipped, with the reason. The system properties {@code blobpath.tck.seed} and
 * {@code blobpath.tck.histories} repeat or lengthen the random tests, every failure of which prints its seed; the properties
 * {@code blobpath.tck.races} and {@code blobpath.tck.rounds} lengthen the races, within a process and of several.
 *
 * <p>Afterwards a report by rule is printed, and written as text and HTML to the folder {@code blobpath.tck.reports},
 * {@code target/kit} by default. The tests are final, and one that is skipped for a reason that the harness does not declare
 * fails the run: what the report does not list as unsupported was tested.
 */
public abstract non-sealed class BlobPathCacheTck extends ProcessRules {
    /** For the driver's subclass. */
    protected BlobPathCacheTck() {}
}
