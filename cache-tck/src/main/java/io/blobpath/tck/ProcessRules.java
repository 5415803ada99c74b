package io.blobpath.tck;

import static io.blobpath.tck.Entries.assertPaths;
import static io.blobpath.tck.Sample.digest;
import static io.blobpath.tck.Sample.path;
import static org.assertj.core.api.Assertions.assertThat;

import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.lease.DigestLease;
import io.blobpath.cache.lease.LeaseOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/** Rules K and F over processes that share a store, that are stopped, and that die. */
abstract sealed class ProcessRules extends FlightRules permits BlobPathCacheTck {
    private static final int PROCESSES = 3;
    private static final int THREADS = 8;
    private static final int TIMES = 5;
    private static final int CALLERS = 100;
    private static final LeaseOptions PATIENT = new LeaseOptions(ChildTasks.LEASE, ChildTasks.LEASE.multipliedBy(10));

    @TempDir
    private Path directory;

    private ChildProcesses processes;

    @BeforeEach
    final void shareProcesses(ChildProcesses ofTheClass) {
        processes = ofTheClass;
    }

    @Test
    @Tag("K1")
    public final void threadsOfSeveralProcessesLoseNoUpdate() throws Exception {
        List<ChildProcess> children = start(PROCESSES);

        children.forEach(child -> child.tells("count " + THREADS + " " + TIMES));
        for (ChildProcess child : children) {
            child.answers("counted");
        }

        assertThat(SharedFiles.in(directory).read())
                .as("counter raised under a lease")
                .isEqualTo(PROCESSES * THREADS * TIMES);
    }

    /** Shows that the test before can fail: the same counter, changed by the same processes without a lease. */
    @Test
    @Tag("K1")
    public final void withoutTheLeaseUpdatesAreLost() throws Exception {
        List<ChildProcess> children = start(PROCESSES);

        List<Integer> seen = new ArrayList<>();
        for (ChildProcess child : children) {
            seen.add(Integer.parseInt(child.asks("read")));
        }
        for (int i = 0; i < PROCESSES; i++) {
            assertThat(children.get(i).asks("write " + (seen.get(i) + 1))).isEqualTo("written");
        }

        assertThat(SharedFiles.in(directory).read())
                .as("counter raised " + PROCESSES + " times without a lease")
                .isEqualTo(1);
    }

    @Test
    @Tag("K3")
    @Tag("K7")
    public final void theLeaseOfAKilledProcessIsFreeAfterItsTime() throws Exception {
        ChildProcess holder = start(1).get(0);
        BlobPathCache successor = open();
        long fence = hold(holder);

        holder.kill();
        long killed = System.nanoTime();
        try (DigestLease lease = successor.leases().acquire(digest(1), PATIENT)) {
            assertThat(Duration.ofNanos(System.nanoTime() - killed))
                    .as("time from the kill to the takeover")
                    .isLessThan(ChildTasks.LEASE.plusSeconds(1));
            assertThat(lease.fence()).isGreaterThan(fence);
        }
    }

    @Test
    @Tag("F1")
    @Tag("F2")
    @Tag("K8")
    public final void aProcessThatWasStoppedWritesNothingAfterItsSuccessor() throws Exception {
        ChildProcess stopped = start(1).get(0);
        BlobPathCache successor = open();
        hold(stopped);

        stopped.pause();
        try (DigestLease lease = successor.leases().acquire(digest(1), PATIENT)) {
            lease.put(path("by-the-successor"));
            stopped.resume();

            assertThat(stopped.asks("put by-the-stopped")).isEqualTo("refused");
            assertThat(stopped.asks("lost")).isIn("EXPIRED", "TAKEN");

            assertThat(lease.isHeld()).as("the lease of the successor").isTrue();
        }
        assertPaths(successor, digest(1), "by-the-successor");
    }

    @Test
    @Tag("K1")
    @Timeout(value = 2, unit = TimeUnit.HOURS, threadMode = ThreadMode.SEPARATE_THREAD) // Each answer has its own.
    public final void callersOfSeveralProcessesRunTheWorkOnceARound() throws Exception {
        List<ChildProcess> children = start(PROCESSES);

        for (int round = 0; round < size().rounds(); round++) {
            String fly = "fly " + round + " " + CALLERS;
            children.forEach(child -> child.tells(fly));
            for (ChildProcess child : children) {
                child.answers("asked");
                child.answers("made [made-" + round + "]");
            }
            assertThat(SharedFiles.in(directory).runsOf(Integer.toString(round)))
                    .as("runs of the work in round %d", round)
                    .isEqualTo(1);
        }
    }

    @Test
    @Tag("K3")
    public final void theWorkOfAKilledProcessIsDoneOnceMore() throws Exception {
        List<ChildProcess> children = start(PROCESSES);
        ChildProcess leader = children.get(0);
        List<ChildProcess> waiting = children.subList(1, PROCESSES);
        assertThat(leader.asks("hang 1")).isEqualTo("working");

        waiting.forEach(child -> child.tells("fly 1 " + CALLERS));
        for (ChildProcess child : waiting) {
            child.answers("asked");
        }
        leader.kill();

        for (ChildProcess child : waiting) {
            child.answers("made [made-1]");
        }
        assertThat(SharedFiles.in(directory).runsOf("1")).as("runs of the work").isEqualTo(2);
    }

    /** Processes that have the store open; all start at the same time. */
    private List<ChildProcess> start(int count) throws Exception {
        needs(Capability.LEASES);
        needs(Capability.PROCESSES);
        List<ChildProcess> children = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ChildProcess child = processes.take(store().sharedConfig(), directory);
            closedLater((AutoCloseable) () -> processes.giveBack(child));
            children.add(child);
        }
        for (ChildProcess child : children) {
            child.answers("open");
        }
        return children;
    }

    /** Lets the process take the lease of a digest; its fence. */
    private static long hold(ChildProcess child) throws InterruptedException {
        String held = child.asks("hold 1");
        assertThat(held).startsWith("held ");
        return Long.parseLong(held.substring("held ".length()));
    }
}
