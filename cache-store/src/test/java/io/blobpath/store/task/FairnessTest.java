package io.blobpath.store.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who runs when: rows AQ-2, AQ-3, BN-2, BN-3 and AP-D3 to AP-D5. */
final class FairnessTest extends QueueTest {
    @Test
    void disjointTasksRunAtTheSameTime() throws Exception {
        Holder a = holder("a", ResourceSet.exclusive(A)).began();
        Holder b = holder("b", ResourceSet.exclusive(B)).began();

        a.end();
        b.end();
    }

    @Test
    void allWhoMayRunStartWhenSomethingEnds() throws Exception {
        Holder both = holder("both", ResourceSet.exclusive(A, B)).began();
        Holder a = holder("a", ResourceSet.exclusive(A));
        Holder b = holder("b", ResourceSet.exclusive(B));
        Holder another = holder("another", ResourceSet.exclusive(B));

        both.end();

        a.began();
        b.began();
        assertThat(another.isQueued()).isTrue();
        a.end();
        b.end();
        another.began().end();
    }

    @Test
    void sharersRunTogetherAndTheChangerBehindThemAlone() throws Exception {
        Holder one = holder("one", ResourceSet.shared(A)).began();
        Holder other = holder("other", ResourceSet.shared(A)).began();
        Holder changer = holder("changer", ResourceSet.exclusive(A));
        Holder later = holder("later", ResourceSet.shared(A));

        one.end();
        assertThat(changer.isQueued()).isTrue();
        other.end();
        changer.began();
        assertThat(later.isQueued()).isTrue();
        changer.end();
        later.began().end();
    }

    @Test
    void aBranchCoversWhatIsBelowAndNothingElse() throws Exception {
        Holder branch = holder("branch", ResourceSet.exclusiveBelow("repo")).began();
        Holder below = holder("below", ResourceSet.exclusive(A));
        Holder beside = holder("beside", ResourceSet.exclusive(Resource.of("repository/a")))
                .began();
        Holder itself =
                holder("itself", ResourceSet.exclusive(Resource.of("repo"))).began();
        Holder nothing = holder("nothing", ResourceSet.none()).began();
        Holder all = holder("all", ResourceSet.everything());

        assertThat(below.isQueued()).isTrue();
        assertThat(all.isQueued()).isTrue();
        for (Holder holder : List.of(branch, beside, itself, nothing, below, all)) {
            holder.end();
        }
    }

    @Test
    void aRepositoryIsNotTheRepositoriesBelowItsName() throws Exception {
        Holder library = holder("library", ResourceSet.exclusive(Resource.of("repo/library")))
                .began();
        Holder base = holder("base", ResourceSet.exclusive(Resource.of("repo/library/base")))
                .began();

        library.end();
        base.end();
    }

    @Test
    void aWideTaskIsOvertakenByNobodyUnderSteadyTraffic() throws Exception {
        ConcurrentLinkedQueue<Task<Long>> submitted = new ConcurrentLinkedQueue<>();
        ConcurrentLinkedQueue<Long> started = new ConcurrentLinkedQueue<>();
        AtomicBoolean stop = new AtomicBoolean();
        CountDownLatch flowing = new CountDownLatch(2_000);
        List<Thread> traffic = Stream.of(A, B)
                .map(resource -> new Thread(() -> {
                    while (!stop.get()) {
                        Task<Long> task = queue.submit("narrow", ResourceSet.exclusive(resource), context -> {
                            started.add(context.id());
                            flowing.countDown();
                            return context.id();
                        });
                        submitted.add(task);
                        if (task.id() % 16 == 0) {
                            task.done().toCompletableFuture().join();
                        }
                    }
                }))
                .toList();
        traffic.forEach(Thread::start);
        flowing.await();

        Task<Long> wide = queue.submit("wide", ResourceSet.everything(), context -> {
            started.add(context.id());
            return context.id();
        });
        wide.await(LONG);
        stop.set(true);
        for (Thread thread : traffic) {
            thread.join();
        }
        queue.closeWhenDone();

        long overtook = started.stream()
                .takeWhile(id -> id != wide.id())
                .filter(id -> id > wide.id())
                .count();
        System.out.println(
                "FairnessTest: of " + submitted.size() + " narrow tasks " + overtook + " overtook the wide one");
        assertThat(overtook).isZero();
        assertThat(started).hasSize(submitted.size() + 1);
    }

    @Test
    void conflictingTasksRunInTheOrderOfTheirSubmission() throws Exception {
        ConcurrentLinkedQueue<Integer> order = new ConcurrentLinkedQueue<>();
        Holder first = holder("first", ResourceSet.exclusive(A)).began();
        IntStream.range(0, 200)
                .forEach(number -> queue.submit("task", ResourceSet.exclusive(A), context -> order.add(number)));

        first.end();
        queue.closeWhenDone();

        assertThat(order)
                .containsExactlyElementsOf(IntStream.range(0, 200).boxed().toList());
    }
}
