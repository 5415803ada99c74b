package io.blobpath.store.dedupe;

import java.util.concurrent.atomic.LongAdder;

/** Adds up what all threads of a dedupe run did. */
final class DedupeTally {
    final LongAdder duplicates = new LongAdder();
    final LongAdder bytesShared = new LongAdder();
    final LongAdder alreadyLinked = new LongAdder();
    final LongAdder linked = new LongAdder();
    final LongAdder bytesFreed = new LongAdder();
}
