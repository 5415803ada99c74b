package io.blobpath.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.BlobPathCaches;
import io.blobpath.cache.CacheConfig;
import io.blobpath.cache.Finding;
import io.blobpath.cache.lease.Lease;
import io.blobpath.cache.lease.LeaseName;
import io.blobpath.cache.lease.LeaseOptions;
import io.blobpath.store.doctor.CheckResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DoctorCommandTest {
    @TempDir
    Path folder;

    @Test
    void aSoundTreeHasNothingToMendInManyChecks() throws IOException {
        Path root = SmallTree.in(Files.createDirectory(folder.resolve("root"))).root();
        Run.of("index", root);

        Run run = Run.of("doctor", "--root", root);

        assertThat(run.out()).startsWith("found nothing to mend in ").contains("at driver lmdb");
        assertThat(run.exitCode()).isZero();
        assertThat(Run.of("doctor", "--root", root, "--json")
                        .json()
                        .get("checks")
                        .size())
                .isGreaterThan(25);
    }

    @Test
    void whatIsWrongInTheTreeIsTold() throws IOException {
        SmallTree tree = SmallTree.in(Files.createDirectory(folder.resolve("root")));
        Run.of("index", tree.root());
        Files.delete(tree.root().resolve("a/oci-layout"));

        Run run = Run.of("doctor", "--root", tree.root());

        assertThat(run.exitCode()).isEqualTo(ExitCode.PROBLEMS);
        assertThat(run.out()).contains("finding: a/blobs (there is no file oci-layout", "  mend:  write the file");
    }

    @Test
    void aConfigThatGivesItsSecretsAwayIsTold() throws IOException {
        Path secret = Files.writeString(folder.resolve("password"), "hush");
        Path config = Files.writeString(folder.resolve("redis.json"), """
                {"driver": "redis", "redis": {"addresses": ["10.0.0.7:6379"], "password": "hush",
                 "trustStorePassword": {"file": "password"}}}
                """);
        permit(config, "rw-rw-r--");
        permit(secret, "rw-r--r--");

        assertThat(findings(ConfigChecks.of(config, "redis")))
                .extracting(Finding::text)
                .satisfiesExactly(
                        read -> assertThat(read)
                                .contains("redis.json has a secret and may be read by others; chmod 600"),
                        file -> assertThat(file).contains("password has a secret and may be read by others"),
                        write -> assertThat(write).contains("may be changed by others"),
                        tls -> assertThat(tls).contains("has a password and no tls"))
                .noneMatch(text -> text.contains("hush"));
        permit(config, "rw-------");
        permit(secret, "rw-------");
        assertThat(findings(ConfigChecks.of(config, "redis"))).hasSize(1);
    }

    @Test
    void aConfigWithoutSecretsMayBeRead() throws IOException {
        Path config = Files.writeString(folder.resolve("lmdb.json"), "{\"driver\":\"lmdb\",\"lmdb\":{}}");
        permit(config, "rw-r--r--");

        assertThat(findings(ConfigChecks.of(config, "lmdb"))).isEmpty();
    }

    @Test
    void aSlowCacheAndAnOldLeaseAreTold() throws Exception {
        CacheConfig config = CacheConfig.parse("{\"driver\":\"lmdb\",\"lmdb\":{\"directory\":\"cache\"}}", folder);
        AtomicLong clock = new AtomicLong();
        try (BlobPathCache cache = BlobPathCaches.open(config);
                Lease lease = cache.leases().acquire(LeaseName.of("sync/library"), LeaseOptions.DEFAULT)) {
            List<CheckResult> sound = new CacheChecks(cache, () -> 0, Instant.now()).examine();
            List<CheckResult> checks = new CacheChecks(
                            cache,
                            () -> clock.getAndAdd(Duration.ofMillis(150).toNanos()),
                            Instant.now().plus(Duration.ofDays(2)))
                    .examine();

            assertThat(findings(sound)).isEmpty();
            assertThat(findings(checks))
                    .extracting(Finding::text)
                    .satisfiesExactly(
                            slow -> assertThat(slow).startsWith("lmdb took 150 ms for a look-up"),
                            old -> assertThat(old)
                                    .startsWith("lease sync/library is held since ")
                                    .endsWith("leases break --fence " + lease.fence()));
        }
    }

    private static List<Finding> findings(List<CheckResult> checks) {
        return checks.stream().flatMap(check -> check.findings().stream()).toList();
    }

    private static void permit(Path file, String permissions) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }
}
