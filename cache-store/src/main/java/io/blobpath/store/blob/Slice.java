package io.blobpath.store.blob;

import java.io.IOException;
import java.util.Deque;

/** Sweeps for the time of a slice; whether the marking could be brought up to date first. */
enum Slice implements RepositoryUpdate<Slice.Work, Boolean> {
    SWEEP;

    /**
     * The collection, and what it has not decided on. Both were made outside: what the collection knows to be reached stays
     * reached, the index of the session tells what came since, and each candidate is looked at again.
     */
    record Work(Sweep sweep, Deque<Candidate> left) {}

    @Override
    public Boolean apply(Repository repository, Work work, ImageIndex index) throws IOException {
        return work.sweep().slice(repository.session(), index, work.left());
    }

    @Override
    public String describe(Work work) {
        return "remove some of " + work.left().size() + " blobs";
    }
}
