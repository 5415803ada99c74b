package io.blobpath.cache.lease;

import java.util.ArrayList;
import java.util.List;
import org.jetbrains.lincheck.Lincheck;
import org.junit.jupiter.api.Test;

/** Every interleaving of a few threads, up to the checker's bounds. */
class KeyedLocksModelTest {
    private static final int INVOCATIONS = Boolean.getBoolean("blobpath.campaign") ? 1_000 : 150;

    @Test
    void noInterleavingLetsTwoInOrLeavesSomethingBehind() {
        Lincheck.runConcurrentTest(INVOCATIONS, () -> {
            KeyedLocks<String> locks = new KeyedLocks<>();
            int[] inside = {0};
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                Thread thread = new Thread(() -> enter(locks, inside));
                threads.add(thread);
                thread.start();
            }
            for (Thread thread : threads) {
                join(thread);
            }
            check(locks.size() == 0, "a key was left behind");
            check(inside[0] == 0, "somebody is still inside");
        });
    }

    private static void enter(KeyedLocks<String> locks, int[] inside) {
        KeyedLocks.Ticket<String> ticket = locks.tryAcquire("key");
        if (ticket == null) {
            try {
                ticket = locks.acquire("key", Long.MAX_VALUE / 2);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
        check(ticket != null, "the wait has no end, and still it ended");
        inside[0]++;
        check(inside[0] == 1, "two are inside");
        inside[0]--;
        if (ticket != null) {
            ticket.close();
            ticket.close();
        }
    }

    private static void check(boolean holds, String message) {
        if (!holds) {
            throw new AssertionError(message);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
