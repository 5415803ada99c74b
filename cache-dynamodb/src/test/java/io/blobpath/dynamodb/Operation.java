package io.blobpath.dynamodb;

import static io.blobpath.dynamodb.Fixture.path;

import io.blobpath.cache.BlobPath;
import io.blobpath.cache.BlobRecord;
import io.blobpath.cache.Digest;
import io.blobpath.cache.PutResult;
import io.blobpath.cache.RemoveResult;
import io.blobpath.cache.lease.LeaseName;
import io.blobpath.cache.spi.CacheDriver;
import io.blobpath.cache.spi.LeaseAttempt;
import io.blobpath.cache.spi.LeaseClaim;
import io.blobpath.cache.spi.LeaseDriver;
import io.blobpath.cache.spi.LeaseRenewal;
import io.blobpath.cache.spi.OwnerToken;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Every operation on a digest that has some paths, the right answer, and what is there afterwards. */
@SuppressWarnings("ImmutableEnumChecker") // The steps hold no state.
enum Operation {
    FIRST_PUT("", "a", (driver, digest) -> driver.put(digest, path("a")).equals(new PutResult(true, path("a")))),
    ANOTHER_PUT("m", "m a", (driver, digest) -> driver.put(digest, path("a")).equals(new PutResult(true, path("m")))),
    PUT_AGAIN("m a", "m a", (driver, digest) -> driver.put(digest, path("a")).equals(new PutResult(false, path("m")))),
    REMOVE_DUPLICATE(
            "m a z", "m z", (driver, digest) -> driver.remove(digest, path("a")).equals(RemoveResult.duplicate())),
    REMOVE_CANONICAL(
            "m a z",
            "a z",
            (driver, digest) -> driver.remove(digest, path("m")).equals(RemoveResult.promoted(path("a")))),
    REMOVE_LAST("m", "", (driver, digest) -> driver.remove(digest, path("m")).equals(RemoveResult.lastPath())),
    REMOVE_ABSENT(
            "m a", "m a", (driver, digest) -> driver.remove(digest, path("x")).equals(RemoveResult.absent())),
    PUT_ALL(
            "m",
            "m a z",
            (driver, digest) -> driver.putAll(records(digest, "z", "a", "z"))
                    .equals(List.of(
                            new PutResult(true, path("m")),
                            new PutResult(true, path("m")),
                            new PutResult(false, path("m"))))),
    REMOVE_ALL(
            "m a z",
            "z",
            (driver, digest) -> driver.removeAll(records(digest, "m", "a"))
                    .equals(List.of(RemoveResult.promoted(path("a")), RemoveResult.promoted(path("z"))))),
    CANONICAL("m a", "m a", (driver, digest) -> driver.canonical(digest).equals(Optional.of(path("m")))),
    CONTAINS("m a", "m a", (driver, digest) -> driver.contains(digest, path("a"))),
    PATHS("m a z", "m a z", (driver, digest) -> listing(driver, digest).equals(List.of("m", "a", "z"))),
    ACQUIRE(
            "m a",
            "m a",
            (driver, digest) -> acquire(driver, digest) instanceof LeaseAttempt.Granted granted
                    && granted.entry().orElseThrow().canonical().equals(path("m"))),
    RENEW(
            "m",
            "m",
            true,
            (driver, digest) -> leases(driver)
                    .renew(List.of(new LeaseRenewal(LeaseName.of(digest), owner(digest), lease(), 0)))
                    .equals(List.of(true))),
    RELEASE(
            "m",
            "m",
            true,
            (driver, digest) -> leases(driver).release(LeaseName.of(digest), owner(digest), Optional.empty())),
    GUARDED_PUT(
            "m",
            "m a",
            true,
            (driver, digest) ->
                    leases(driver).put(digest, owner(digest), path("a")).equals(new PutResult(true, path("m")))),
    GUARDED_REMOVE(
            "m a",
            "a",
            true,
            (driver, digest) ->
                    leases(driver).remove(digest, owner(digest), path("m")).equals(RemoveResult.promoted(path("a")))),
    PROMOTE("m a", "a m", true, (driver, digest) -> leases(driver).promote(digest, owner(digest), path("a")));

    private final String before;
    private final String after;
    private final boolean leased;
    private final Step step;

    private interface Step {
        boolean answersRight(CacheDriver driver, Digest digest);
    }

    Operation(String before, String after, Step step) {
        this(before, after, false, step);
    }

    Operation(String before, String after, boolean leased, Step step) {
        this.before = before;
        this.after = after;
        this.leased = leased;
        this.step = step;
    }

    /** Makes the digest what it is to be before, and leases it if that is needed. */
    void prepare(CacheDriver driver, Digest digest) {
        driver.putAll(records(digest, before().toArray(String[]::new)));
        if (leased) {
            acquire(driver, digest);
        }
    }

    /** Whether the answer was right. */
    boolean answersRight(CacheDriver driver, Digest digest) {
        return step.answersRight(driver, digest);
    }

    List<String> before() {
        return words(before);
    }

    List<String> after() {
        return words(after);
    }

    /** The paths of a digest, canonical first. */
    static List<String> listing(CacheDriver driver, Digest digest) {
        var slice = driver.paths(digest, Optional.empty(), 10);
        return Stream.concat(
                        slice.canonical().stream(),
                        slice.ascending().stream()
                                .filter(path -> !slice.canonical().equals(Optional.of(path))))
                .map(BlobPath::toString)
                .toList();
    }

    private static LeaseAttempt acquire(CacheDriver driver, Digest digest) {
        return leases(driver)
                .tryAcquire(new LeaseClaim(
                        LeaseName.of(digest), owner(digest), lease(), "the test", Optional.empty(), false));
    }

    private static LeaseDriver leases(CacheDriver driver) {
        return driver.leases().orElseThrow();
    }

    private static Duration lease() {
        return Duration.ofMinutes(10);
    }

    private static OwnerToken owner(Digest digest) {
        return OwnerToken.parse(digest.hex().substring(0, 32));
    }

    private static List<BlobRecord> records(Digest digest, String... paths) {
        return Arrays.stream(paths)
                .map(text -> new BlobRecord(digest, path(text)))
                .toList();
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(" ", -1));
    }
}
