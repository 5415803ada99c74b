package io.blobpath.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.BlobPathCaches;
import io.blobpath.cache.CacheConfig;
import io.blobpath.cache.Digest;
import io.blobpath.cache.lease.Lease;
import io.blobpath.cache.lease.LeaseName;
import io.blobpath.cache.lease.LeaseOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class LeasesCommandTest {
    private static final LeaseName NAME = LeaseName.of("sync/library \u001b[2J");
    private static final Digest DIGEST = Digest.parse("sha256:" + "a".repeat(64));

    @TempDir
    Path folder;

    private Path config;
    private BlobPathCache node;

    @BeforeEach
    void openANode() throws IOException {
        config = folder.resolve("blobpath.json");
        Files.writeString(config, "{\"driver\":\"lmdb\",\"lmdb\":{\"directory\":\"cache\"}}");
        node = BlobPathCaches.open(CacheConfig.load(config));
    }

    @AfterEach
    void closeTheNode() {
        node.close();
    }

    @Test
    void listsWhoHoldsWhat() throws Exception {
        try (Lease named = node.leases().acquire(NAME, LeaseOptions.DEFAULT);
                Lease ofDigest = node.leases().acquire(DIGEST, LeaseOptions.DEFAULT)) {
            Run run = Run.of("leases", "--config", config);

            assertThat(run.exitCode()).isZero();
            assertThat(run.out())
                    .contains("sync/library ?[2J", DIGEST.toString())
                    .contains("pid " + ProcessHandle.current().pid())
                    .contains("fence        " + named.fence(), "fence        " + ofDigest.fence())
                    .contains("age ", "progress ", "lease        30.0 s")
                    .doesNotContain("\u001b");
            assertThat(run.err()).isEmpty();
        }
    }

    @Test
    void saysThatNobodyHoldsALease() {
        Run run = Run.of("leases", "--config", config);

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEqualTo("no leases are held\n");
    }

    @Test
    void printsJson() throws Exception {
        try (Lease lease = node.leases().acquire(NAME, LeaseOptions.DEFAULT)) {
            JsonNode report = Run.of("leases", "--config", config, "--json").json();
            JsonNode held = report.get("leases").get(0);

            assertThat(JsonShape.problems("leases", report)).isEmpty();

            assertThat(held.get("name").asString()).isEqualTo(NAME.toString());
            assertThat(held.get("digest").asBoolean()).isFalse();
            assertThat(held.get("fence").asLong()).isEqualTo(lease.fence());
            assertThat(held.get("leaseMillis").asLong()).isEqualTo(30_000);
            assertThat(held.get("ageMillis").asLong()).isNotNegative();
            assertThat(held.has("remainingMillis"))
                    .as("a time that LMDB does not keep")
                    .isFalse();
        }
    }

    @Test
    void breaksNothingWithoutBeingToldWhichGrant() throws Exception {
        try (Lease lease = node.leases().acquire(DIGEST, LeaseOptions.DEFAULT)) {
            Run run = Run.of("leases", "break", DIGEST, "--config", config);

            assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
            assertThat(run.err()).contains("warning", "is not stopped by this", "--fence " + lease.fence(), "--yes");
            assertThat(node.leases().peek(LeaseName.of(DIGEST))).isPresent();
        }
    }

    @Test
    void breaksTheGrantThatWasMeantAndWarns() throws Exception {
        try (Lease lease = node.leases().acquire(NAME, LeaseOptions.DEFAULT)) {
            Run run = Run.of("leases", "break", NAME, "--config", config, "--fence", lease.fence());

            assertThat(run.exitCode()).isZero();
            assertThat(run.out()).contains("fence " + lease.fence() + " is free now");
            assertThat(run.err()).contains("warning", "is not stopped by this");
            assertThat(node.leases().peek(NAME)).isEmpty();
        }
    }

    @Test
    void leavesALaterGrantAlone() throws Exception {
        try (Lease lease = node.leases().acquire(NAME, LeaseOptions.DEFAULT)) {
            Run run = Run.of("leases", "break", NAME, "--config", config, "--fence", lease.fence() - 1);

            assertThat(run.exitCode()).isEqualTo(ExitCode.PROBLEMS);
            assertThat(run.out()).contains("is not held with fence");
            assertThat(node.leases().peek(NAME)).isPresent();
        }
    }

    @Test
    void breaksWhateverIsHeldIfAsked() throws Exception {
        try (Lease lease = node.leases().acquire(NAME, LeaseOptions.DEFAULT)) {
            Run run = Run.of("leases", "break", NAME, "--config", config, "--yes", "--json");

            assertThat(run.exitCode()).isZero();
            assertThat(JsonShape.problems("leases-break", run.json())).isEmpty();
            assertThat(run.json().get("broken").asBoolean()).isTrue();
            assertThat(run.json().get("fence").asLong()).isEqualTo(lease.fence());
        }
    }

    @Test
    void saysThatThereIsNothingToBreak() {
        Run run = Run.of("leases", "break", NAME, "--config", config, "--yes");

        assertThat(run.exitCode()).isEqualTo(ExitCode.PROBLEMS);
        assertThat(run.out()).contains("is not held");
    }

    @Test
    void refusesANameThatNoLeaseCanHave() {
        Run run = Run.of("leases", "break", "x".repeat(513), "--config", config, "--yes");

        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("1 to 512 bytes");
    }

    @Test
    void needsToKnowWhichCache() {
        Run run = Run.of("leases");

        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("--root ROOT or --config FILE");
    }
}
