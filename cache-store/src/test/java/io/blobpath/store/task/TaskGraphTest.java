package io.blobpath.store.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Random task graphs beside a sequential model: a list of tasks in order of submission, of which one may run exactly if no
 * earlier one that has not ended conflicts with it. {@code -Dblobpath.seeds=1000000} makes it a campaign.
 */
final class TaskGraphTest {
    private static final int SEEDS = Integer.getInteger("blobpath.seeds", 10_000);
    private static final int STEPS = 40;

    @Test
    void whoMayRunIsWhatTheModelSays() {
        long first = firstSeed();
        for (long seed = first; seed < first + SEEDS; seed++) {
            new Graph(seed).run();
        }
    }

    @Test
    void threadsComeToWhatOneAfterTheOtherComesTo() throws Exception {
        long first = firstSeed();
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            for (long seed = first; seed < first + SEEDS / 100; seed++) {
                runWithThreads(seed, pool);
            }
        } finally {
            pool.shutdown();
            assertThat(pool.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static long firstSeed() {
        long seed = Long.getLong("blobpath.seed", System.nanoTime());
        System.out.println("TaskGraphTest seed " + seed);
        return seed;
    }

    private static void runWithThreads(long seed, ExecutorService pool) throws InterruptedException {
        Random random = new Random(seed);
        Map<String, Integer> expected = new ConcurrentHashMap<>();
        Map<String, Integer> state = new ConcurrentHashMap<>();
        TaskQueue queue = new TaskQueue(pool);
        for (int i = 1; i <= STEPS; i++) {
            ModelTask task = new ModelTask(i, random);
            task.apply(expected);
            queue.submit("task " + i, task.resources(), context -> {
                task.apply(state);
                return task.number;
            });
        }
        queue.closeWhenDone();

        assertThat(state).as("seed %d", seed).isEqualTo(expected);
        assertThat(queue.scheduler().footprint()).isZero();
    }

    /** One graph. A task that has its resources is in the hands of the executor; it ends when it is run. */
    private static final class Graph {
        private final long seed;
        private final Random random;
        private final HandExecutor hands = new HandExecutor();
        private final TaskQueue queue = new TaskQueue(hands, 0);
        private final List<ModelTask> models = new ArrayList<>();
        private final List<Task<Integer>> tasks = new ArrayList<>();

        // Bit sets: for each task the earlier ones that conflict with it; and those that have not ended.
        private final List<Long> conflicts = new ArrayList<>();
        private long alive;

        Graph(long seed) {
            this.seed = seed;
            this.random = new Random(seed);
        }

        void run() {
            for (int step = 0; step < STEPS; step++) {
                int choice = random.nextInt(10);
                if (choice < 5) {
                    submit();
                } else if (choice < 9 && hands.size() > 0) {
                    end();
                } else if (!tasks.isEmpty()) {
                    cancel(random.nextInt(tasks.size()));
                }
                compare();
            }
            while (hands.size() > 0) {
                end();
                compare();
            }
            verify(alive == 0, "all have ended");
            verify(queue.scheduler().footprint() == 0, "nothing is left");
        }

        private void submit() {
            ModelTask model = new ModelTask(tasks.size(), random);
            long mask = 0;
            for (ModelTask earlier : models) {
                mask |= model.conflictsWith(earlier) ? 1L << earlier.number : 0;
            }
            models.add(model);
            conflicts.add(mask);
            alive |= 1L << model.number;
            tasks.add(queue.submit("task", model.resources(), context -> model.number));
        }

        private void end() {
            long before = alive;
            hands.run(random.nextInt(hands.size()));
            for (int i = 0; i < tasks.size(); i++) {
                if (tasks.get(i).state.isFinal() && (alive & 1L << i) != 0) {
                    verify(mayRun(i, before), "it had its resources");
                    alive &= ~(1L << i);
                }
            }
            verify(Long.bitCount(before) == Long.bitCount(alive) + 1, "one has ended");
        }

        /** One that has its resources keeps them until its turn, which then does nothing. */
        private void cancel(int number) {
            boolean open = (alive & 1L << number) != 0;
            verify(tasks.get(number).cancel() == open, "it tells whether the task was open");
            if (open && !mayRun(number, alive)) {
                alive &= ~(1L << number);
            }
        }

        private void compare() {
            for (int i = 0; i < tasks.size(); i++) {
                TaskState state = tasks.get(i).state;
                boolean open = (alive & 1L << i) != 0;
                TaskState expected = mayRun(i, alive) ? TaskState.RUNNING : TaskState.QUEUED;
                verify(open ? state == expected : state.isFinal(), state.name());
            }
        }

        private boolean mayRun(int number, long others) {
            return (conflicts.get(number) & others) == 0;
        }

        private void verify(boolean holds, String what) {
            if (!holds) {
                throw new AssertionError(what + "; -Dblobpath.seed=" + seed + " shows it at once");
            }
        }
    }
}
