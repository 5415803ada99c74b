package io.blobpath.cache.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blobpath.cache.lease.KeyedLocks.Ticket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class KeyedLocksTest {
    private static final long LONG = Duration.ofSeconds(50).toNanos();

    private final KeyedLocks<String> locks = new KeyedLocks<>();

    @Test
    void letsOneThreadInAtATime() throws Exception {
        int[] counter = {0};
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            threads.add(start(() -> {
                for (int n = 0; n < 5_000; n++) {
                    try (Ticket<String> ticket = acquire("key")) {
                        counter[0]++;
                    }
                }
            }));
        }

        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(counter[0]).isEqualTo(40_000);
        assertThat(locks.size()).isZero();
    }

    @Test
    void servesInOrderOfArrival() throws Exception {
        List<Integer> order = Collections.synchronizedList(new ArrayList<>());
        List<Thread> threads = new ArrayList<>();
        Ticket<String> first = acquire("key");
        for (int i = 0; i < 20; i++) {
            int number = i;
            threads.add(start(() -> {
                try (Ticket<String> ticket = acquire("key")) {
                    order.add(number);
                }
            }));
            untilParked(threads.get(i));
        }

        first.close();
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(order).isSorted().hasSize(20);
    }

    @Test
    void differentKeysDoNotWaitForEachOther() throws Exception {
        try (Ticket<String> a = acquire("a");
                Ticket<String> b = acquire("b")) {
            assertThat(locks.size()).isEqualTo(2);
        }
    }

    @Test
    void aCallerWhoGivesUpLeavesNothingBehind() throws Exception {
        Ticket<String> holder = acquire("key");

        FutureTask<Ticket<String>> waiting = new FutureTask<>(() -> locks.acquire("key", 1_000_000));
        start(waiting);

        assertThat(waiting.get()).isNull();
        holder.close();
        assertThat(locks.size()).isZero();
    }

    @Test
    void aCancelledCallerNeverAcquires() {
        for (int i = 0; i < 10_000; i++) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> locks.acquire("key", LONG)).isInstanceOf(InterruptedException.class);
        }

        assertThat(locks.size()).isZero();
    }

    @Test
    void anInterruptEndsTheWaitAndTheNextInLineIsServed() throws Exception {
        Ticket<String> holder = acquire("key");
        AtomicInteger interrupted = new AtomicInteger();
        Thread leaver = start(() -> {
            try {
                locks.acquire("key", LONG);
            } catch (InterruptedException e) {
                interrupted.incrementAndGet();
            }
        });
        untilParked(leaver);
        CountDownLatch served = new CountDownLatch(1);
        Thread patient = start(() -> {
            try (Ticket<String> ticket = acquire("key")) {
                served.countDown();
            }
        });
        untilParked(patient);

        leaver.interrupt();
        leaver.join();
        holder.close();
        served.await();
        patient.join();

        assertThat(interrupted).hasValue(1);
        assertThat(locks.size()).isZero();
    }

    @Test
    void closingTwiceTakesNothingFromTheNextHolder() throws Exception {
        Ticket<String> first = acquire("key");
        first.close();
        Ticket<String> second = acquire("key");

        first.close();

        assertThat(locks.tryAcquire("key")).isNull();
        second.close();
        assertThat(locks.size()).isZero();
    }

    @Test
    void reentryIsRefusedInsteadOfWaitingForItself() throws Exception {
        try (Ticket<String> ticket = acquire("key")) {
            assertThatThrownBy(() -> locks.acquire("key", LONG))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("not reentrant");
        }
        assertThat(locks.size()).isZero();
    }

    private Ticket<String> acquire(String key) {
        try {
            return Objects.requireNonNull(locks.acquire(key, LONG));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Thread start(Runnable body) {
        Thread thread = new Thread(body);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void untilParked(Thread thread) {
        while (thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
    }
}
