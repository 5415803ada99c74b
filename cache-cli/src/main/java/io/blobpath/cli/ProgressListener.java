package io.blobpath.cli;

import io.blobpath.store.StoreListener;
import io.blobpath.store.StorePhase;
import java.io.PrintStream;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Shows how a run goes on: a bar that is drawn again and again on a screen, else a plain line every few seconds, so that the
 * log of a nightly job stays short. It has no thread of its own; whoever reports an advance draws, one at a time.
 */
final class ProgressListener implements StoreListener, AutoCloseable {
    private static final long SCREEN_NANOS = 100_000_000L;
    private static final long LOG_NANOS = 5_000_000_000L;
    private static final int WIDTH = 24;
    private static final String CLEAR_LINE = "\r\u001b[K";

    private final PrintStream err;
    private final boolean animated;
    private final LongSupplier nanoTime;
    private final LongAdder items = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final ReentrantLock drawing = new ReentrantLock();
    private volatile long expected = -1;
    private volatile long due;
    private boolean drawn;

    ProgressListener(Terminal terminal, LongSupplier nanoTime) {
        this.err = terminal.err();
        this.animated = terminal.animated();
        this.nanoTime = nanoTime;
    }

    @Override
    public void started(StorePhase phase, OptionalLong total) {
        items.reset();
        bytes.reset();
        expected = total.orElse(-1);
        due = nanoTime.getAsLong() + interval();
    }

    @Override
    public void advanced(StorePhase phase, long moreItems, long moreBytes) {
        items.add(moreItems);
        bytes.add(moreBytes);
        if (nanoTime.getAsLong() - due >= 0 && drawing.tryLock()) {
            try {
                draw(phase);
                due = nanoTime.getAsLong() + interval();
            } finally {
                drawing.unlock();
            }
        }
    }

    @Override
    public void finished(StorePhase phase) {
        close();
    }

    /** Leaves the line empty for what comes next. */
    @Override
    public void close() {
        drawing.lock();
        try {
            if (animated && drawn) {
                err.print(CLEAR_LINE);
                err.flush();
            }
            drawn = false;
        } finally {
            drawing.unlock();
        }
    }

    private void draw(StorePhase phase) {
        String line = line(phase);
        if (animated) {
            err.print(CLEAR_LINE + line);
            err.flush();
        } else {
            err.println("blobpath: " + line);
        }
        drawn = true;
    }

    private String line(StorePhase phase) {
        long done = items.sum();
        StringBuilder line = new StringBuilder(verb(phase)).append(' ');
        if (expected > 0) {
            // The number that was expected may be a little off.
            int percent = (int) Math.min(100, 100 * done / expected);
            if (animated) {
                int filled = percent * WIDTH / 100;
                line.append('[')
                        .append("#".repeat(filled))
                        .append(".".repeat(WIDTH - filled))
                        .append("] ");
            }
            line.append(percent).append(" % ");
        }
        line.append(String.format(Locale.ROOT, "%,d done", done));
        if (bytes.sum() > 0) {
            line.append(", ").append(Bytes.text(bytes.sum()));
        }
        return line.toString();
    }

    private static String verb(StorePhase phase) {
        return switch (phase) {
            case INDEX -> "indexing blobs";
            case STALE -> "looking for stale records";
            case DEDUPE -> "comparing copies";
            case MEASURE -> "measuring";
            case UNDO -> "copying blobs";
            case COLLECT -> "collecting repositories";
            case STRUCTURE -> "following manifests";
            case READ -> "reading blobs";
            case COMPARE -> "comparing records";
            case COPY -> "copying records";
            case STATS -> "adding up";
        };
    }

    private long interval() {
        return animated ? SCREEN_NANOS : LOG_NANOS;
    }
}
