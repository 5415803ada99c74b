package io.blobpath.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.blobpath.cache.lease.LeaseName;
import io.blobpath.cache.lease.LeasePage;
import io.blobpath.cache.spi.LeaseAttempt;
import io.blobpath.cache.spi.LeaseClaim;
import io.blobpath.cache.spi.LeaseDriver;
import io.blobpath.cache.spi.OwnerToken;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The checks around a driver's leases change no answer. */
final class CheckedLeaseDriverTest {
    private static final Digest DIGEST = Digest.parse("sha256:" + "0".repeat(64));
    private static final LeaseName NAME = LeaseName.of(DIGEST);
    private static final OwnerToken OWNER = new OwnerToken(1, 2);
    private static final BlobPath PATH = BlobPath.of("a");

    private static LeaseDriver answering(Map<String, Object> answers) {
        LeaseDriver driver = (LeaseDriver) Proxy.newProxyInstance(
                LeaseDriver.class.getClassLoader(),
                new Class<?>[] {LeaseDriver.class},
                (proxy, method, arguments) -> answers.get(method.getName()));
        return new CheckedLeaseDriver(driver, new CheckedCalls("fake"));
    }

    @Test
    void answersArePassedOn() {
        LeaseAttempt granted = new LeaseAttempt.Granted(7, Optional.empty());
        LeasePage page = new LeasePage(List.of(), Optional.of("next"));
        AutoCloseable subscription = () -> {};
        LeaseDriver driver = answering(Map.of(
                "tryAcquire",
                granted,
                "renew",
                List.of(true, false),
                "peek",
                Optional.empty(),
                "list",
                page,
                "put",
                new PutResult(true, PATH),
                "remove",
                RemoveResult.lastPath(),
                "watch",
                subscription,
                "shard",
                5,
                "polling",
                new LeaseDriver.Polling(Duration.ofMillis(1), Duration.ofMillis(2))));

        assertThat(driver.tryAcquire(new LeaseClaim(NAME, OWNER, Duration.ofSeconds(1), "me", Optional.empty(), false)))
                .isEqualTo(granted);
        assertThat(driver.renew(List.of())).containsExactly(true, false);
        assertThat(driver.peek(NAME)).isEmpty();
        assertThat(driver.list(Optional.empty(), 1)).isEqualTo(page);
        assertThat(driver.put(DIGEST, OWNER, PATH)).isEqualTo(new PutResult(true, PATH));
        assertThat(driver.remove(DIGEST, OWNER, PATH)).isEqualTo(RemoveResult.lastPath());
        assertThat(driver.watch(name -> {})).isSameAs(subscription);
        assertThat(driver.shard(NAME)).isEqualTo(5);
        assertThat(driver.polling().last()).isEqualTo(Duration.ofMillis(2));
    }

    @Test
    void yesAndNoArePassedOn() {
        for (boolean answer : List.of(true, false)) {
            LeaseDriver driver = answering(Map.of("release", answer, "breakLease", answer, "promote", answer));

            assertThat(driver.release(NAME, OWNER, Optional.empty())).isEqualTo(answer);
            assertThat(driver.breakLease(NAME, 7)).isEqualTo(answer);
            assertThat(driver.promote(DIGEST, OWNER, PATH)).isEqualTo(answer);
        }
    }
}
