package io.blobpath.dynamodb;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.InternalServerErrorException;

/**
 * Lets the requests of some clients happen one at a time, in an order drawn at random: a client stops before each request until
 * it is drawn, and nobody else is until it comes with the next one or has done. So a seed is an order, again and again. Between
 * races requests pass. Some requests fail, before or after they were applied.
 */
final class Turns {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final TreeSet<Integer> waiting = new TreeSet<>();
    private int racing;
    private int drawn = -1;
    private Fault fault = Fault.NONE;

    private enum Fault {
        NONE,
        BEFORE,
        AFTER
    }

    /** A client whose requests take turns. Closing it does not close the target. */
    DynamoDbClient client(int number, DynamoDbClient target) {
        return (DynamoDbClient) Proxy.newProxyInstance(
                Turns.class.getClassLoader(), new Class<?>[] {DynamoDbClient.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        return null;
                    }
                    Fault fate = await(number);
                    if (fate == Fault.BEFORE) {
                        throw failure();
                    }
                    try {
                        Object answer = method.invoke(target, arguments);
                        if (fate == Fault.AFTER) {
                            throw failure();
                        }
                        return answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** So many clients race from now on. */
    void begin(int clients) {
        lock.lock();
        try {
            racing = clients;
        } finally {
            lock.unlock();
        }
    }

    /** A client's call has returned. */
    void done() {
        lock.lock();
        try {
            racing--;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Draws until all clients have done. One of {@code odds} requests fails, if that is not 0. */
    void run(Random random, int odds) throws InterruptedException {
        lock.lock();
        try {
            while (racing > 0) {
                if (drawn < 0 && waiting.size() == racing) {
                    drawn = waiting.stream()
                            .skip(random.nextInt(racing))
                            .findFirst()
                            .orElseThrow();
                    fault = odds > 0 && random.nextInt(odds) == 0
                            ? random.nextBoolean() ? Fault.BEFORE : Fault.AFTER
                            : Fault.NONE;
                    changed.signalAll();
                } else {
                    changed.await();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private Fault await(int number) throws InterruptedException {
        lock.lock();
        try {
            if (racing == 0) {
                return Fault.NONE;
            }
            waiting.add(number);
            changed.signalAll();
            while (drawn != number) {
                changed.await();
            }
            waiting.remove(number);
            drawn = -1;
            return fault;
        } finally {
            lock.unlock();
        }
    }

    private static InternalServerErrorException failure() {
        return InternalServerErrorException.builder()
                .message("made by the test")
                .statusCode(500)
                .build();
    }
}
