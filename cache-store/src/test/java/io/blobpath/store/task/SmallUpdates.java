package io.blobpath.store.task;

import io.blobpath.cache.BlobPath;
import io.blobpath.cache.Digest;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Updates for one thing each. */
final class SmallUpdates {
    private SmallUpdates() {}

    /** Asks for another resource each time. */
    enum Restless implements Update<Shelf, Restless.Counter, Integer, String> {
        UPDATE;

        record Counter(AtomicInteger loads) {}

        @Override
        public Integer load(Shelf shelf, Counter counter) {
            return counter.loads().incrementAndGet();
        }

        @Override
        public Set<Resource> plan(Counter counter, Integer state) {
            return Set.of(Resource.of("count/" + state));
        }

        @Override
        public String apply(Shelf shelf, Counter counter, Integer state, Transaction transaction) {
            throw new AssertionError("its plan does not hold");
        }

        @Override
        public String describe(Counter counter) {
            return "restless";
        }
    }

    /** Asks for nothing. */
    enum Idle implements Update<Shelf, Idle.Nothing, String, String> {
        UPDATE;

        record Nothing() {}

        @Override
        public String load(Shelf shelf, Nothing nothing) {
            return "state";
        }

        @Override
        public Set<Resource> plan(Nothing nothing, String state) {
            return Set.of();
        }

        @Override
        public String apply(Shelf shelf, Nothing nothing, String state, Transaction transaction) {
            throw new AssertionError("it holds nothing");
        }

        @Override
        public String describe(Nothing nothing) {
            return "idle";
        }
    }

    /** Records a path of a digest. */
    enum Recording implements Update<Shelf, Recording.Copy, String, Boolean> {
        PUT;

        record Copy(Digest digest, BlobPath path, ShelfUpdate.Probe probe) {}

        @Override
        public String load(Shelf shelf, Copy copy) {
            return "nothing to read";
        }

        @Override
        public Set<Resource> plan(Copy copy, String state) {
            return Set.of(Resource.of(copy.digest()));
        }

        @Override
        public Boolean apply(Shelf shelf, Copy copy, String state, Transaction transaction)
                throws IOException, InterruptedException {
            copy.probe().reached(transaction);
            return transaction.put(copy.digest(), copy.path()).added();
        }

        @Override
        public String describe(Copy copy) {
            return "record " + copy.digest();
        }
    }
}
