package io.blobpath.store.blob;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/**
 * Lets one actor at a time go on, and decides before each of its steps who is next, who dies, and what happens in the world; all
 * of it by one seed, so that a run can be repeated.
 */
final class Schedule {
    /** How probable it is that an actor is put to sleep before a step; a few long turns find other things than many short ones. */
    private static final double[] SWITCHES = {0.01, 0.05, 0.3};

    private static final double CRASHES = 0.001;
    private static final double EVENTS = 0.01;

    private final Random random;
    private final Runnable world;
    private final double switches;
    private final List<Actor> actors = new ArrayList<>();
    private Actor current = new Actor(() -> {});
    private boolean calm;

    /** The process of an actor has died. Not caught by what it was doing. */
    static final class Crash extends Error {
        private static final long serialVersionUID = 1L;

        Crash() {
            super("crashed", null, false, false);
        }
    }

    /** Something that an actor does, which may fail. */
    interface Body {
        void run() throws Exception;
    }

    private static final class Actor {
        private final Body body;
        private final Semaphore turn = new Semaphore(0);
        private boolean dead;
        private boolean done;

        Actor(Body body) {
            this.body = body;
        }
    }

    Schedule(Random random, Runnable world) {
        this.random = random;
        this.world = world;
        this.switches = SWITCHES[random.nextInt(SWITCHES.length)];
    }

    void add(Body body) {
        actors.add(new Actor(body));
    }

    /** Runs all actors to their end or death. */
    void run(ExecutorService threads) throws InterruptedException, ExecutionException {
        List<Future<?>> ends = new ArrayList<>();
        for (Actor actor : actors) {
            ends.add(threads.submit(() -> run(actor)));
        }
        wake(actors.get(random.nextInt(actors.size())));
        for (Future<?> end : ends) {
            end.get();
        }
        actors.clear();
    }

    /** From now on nobody dies and nothing happens in the world. */
    void calmDown() {
        calm = true;
    }

    /** The same object, with a step before each call. */
    <T> T stepping(Class<T> type, T target) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, values) -> {
                    step();
                    try {
                        return method.invoke(target, values);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    private Object run(Actor actor) throws Exception {
        actor.turn.acquire();
        try {
            actor.body.run();
        } catch (Crash e) {
            actor.dead = true;
        } finally {
            actor.done = true;
            actors.stream().filter(other -> !other.done).findFirst().ifPresent(this::wake);
        }
        return actor;
    }

    private void step() {
        Actor me = current;
        if (!calm && !me.dead && random.nextDouble() < CRASHES) {
            me.dead = true;
        }
        if (me.dead) {
            throw new Crash();
        }
        if (!calm && random.nextDouble() < EVENTS) {
            world.run();
        }
        if (random.nextDouble() < switches) {
            List<Actor> others =
                    actors.stream().filter(other -> other != me && !other.done).toList();
            if (!others.isEmpty()) {
                wake(others.get(random.nextInt(others.size())));
                me.turn.acquireUninterruptibly();
            }
        }
    }

    private void wake(Actor next) {
        current = next;
        next.turn.release();
    }
}
