package io.blobpath.store.stream;

import io.blobpath.store.stream.Entry.Phase;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The phase of an entry, who reads it, and whether it is being made. Each step is atomic and tells what the entry must do about it;
 * nothing is done here, so the lock is never held during I/O.
 */
final class EntryPhases {
    private static final Flow.Place[] NOBODY = {};

    private final ReentrantLock lock = new ReentrantLock();
    private volatile Phase phase = Phase.OPENING;
    private volatile Flow.Place[] readers = NOBODY;
    private boolean finishAnyway;
    private boolean producing;

    /**
     * What a step leaves to be done.
     *
     * @param withdrawn index and folder have the entry, and must not any longer
     * @param abandoned nobody wants what is being made
     * @param idle it is complete, and its last reader left
     * @param settled it is gone, and nobody has to do with it any more
     */
    record Step(boolean withdrawn, boolean abandoned, boolean idle, boolean settled) {
        static final Step NONE = new Step(false, false, false, false);
    }

    Phase phase() {
        return phase;
    }

    /** Those who read it now. */
    Flow.Place[] readers() {
        return readers;
    }

    /** It is made from now on, for this reader first; false if it vanished before, and is for this one alone. */
    boolean begin(Flow.Place creator, OrphanPolicy orphans) {
        lock.lock();
        try {
            finishAnyway = orphans == OrphanPolicy.FINISH;
            producing = true;
            return opened(creator, Phase.WRITING);
        } finally {
            lock.unlock();
        }
    }

    /** It is complete already; false as above. */
    boolean found(Flow.Place reader) {
        lock.lock();
        try {
            return opened(reader, Phase.COMPLETE);
        } finally {
            lock.unlock();
        }
    }

    boolean join(Flow.Place place, OrphanPolicy orphans) {
        lock.lock();
        try {
            if (phase == Phase.OPENING || phase == Phase.GONE) {
                return false;
            }
            readers = plus(place);
            finishAnyway |= orphans == OrphanPolicy.FINISH;
            return true;
        } finally {
            lock.unlock();
        }
    }

    Step leave(Flow.Place place) {
        lock.lock();
        try {
            Flow.Place[] others = minus(place);
            if (others.length == readers.length) {
                return Step.NONE;
            }
            readers = others;
            boolean last = others.length == 0;
            boolean shared = phase == Phase.WRITING;
            boolean abandoned = last && producing && (shared ? !finishAnyway : phase == Phase.GONE);
            if (abandoned) {
                phase = Phase.GONE;
            }
            return new Step(abandoned && shared, abandoned, last && phase == Phase.COMPLETE, isSettled());
        } finally {
            lock.unlock();
        }
    }

    /** From now on nobody's leaving ends it; false if it is for its readers alone. */
    boolean finishing() {
        lock.lock();
        try {
            if (phase == Phase.WRITING) {
                phase = Phase.FINISHING;
            }
            return phase == Phase.FINISHING;
        } finally {
            lock.unlock();
        }
    }

    /** False if it vanished meanwhile. */
    boolean published() {
        lock.lock();
        try {
            if (phase != Phase.FINISHING) {
                return false;
            }
            phase = Phase.COMPLETE;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** The producer has returned. */
    Step produced() {
        lock.lock();
        try {
            producing = false;
            return new Step(false, false, false, isSettled());
        } finally {
            lock.unlock();
        }
    }

    /** Nobody can join any more. What is being made goes on for those who read it; without a reader it ends. */
    Step vanish() {
        lock.lock();
        try {
            Step step = new Step(phase != Phase.GONE, phase == Phase.WRITING && readers.length == 0, false, false);
            phase = Phase.GONE;
            return step;
        } finally {
            lock.unlock();
        }
    }

    /** The same for a complete entry that nobody reads; false if it is in use. */
    boolean retire() {
        lock.lock();
        try {
            boolean read = phase == Phase.COMPLETE && readers.length > 0;
            if (read || phase == Phase.WRITING || phase == Phase.FINISHING) {
                return false;
            }
            phase = Phase.GONE;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** What is being made ends, whoever reads it. */
    Step shut() {
        lock.lock();
        try {
            if (!producing || phase == Phase.FINISHING || phase == Phase.COMPLETE) {
                return Step.NONE;
            }
            Step step = new Step(phase != Phase.GONE, true, false, false);
            phase = Phase.GONE;
            return step;
        } finally {
            lock.unlock();
        }
    }

    private boolean opened(Flow.Place first, Phase next) {
        readers = plus(first);
        if (phase == Phase.OPENING) {
            phase = next;
        }
        return phase == next;
    }

    private boolean isSettled() {
        return phase == Phase.GONE && !producing && readers.length == 0;
    }

    private Flow.Place[] plus(Flow.Place place) {
        Flow.Place[] more = Arrays.copyOf(readers, readers.length + 1);
        more[readers.length] = place;
        return more;
    }

    private Flow.Place[] minus(Flow.Place place) {
        return Arrays.stream(readers).filter(other -> other != place).toArray(Flow.Place[]::new);
    }
}
