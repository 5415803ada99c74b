package io.blobpath.store.blob;

import io.blobpath.store.task.Resource;
import io.blobpath.store.task.Transaction;
import io.blobpath.store.task.Update;
import java.io.IOException;
import java.util.Set;

/** A change of one repository, with its index as it is in the session. Everything it changes goes through the session's door. */
interface RepositoryUpdate<V extends Record, R> extends Update<Repository, V, ImageIndex, R> {
    @Override
    default ImageIndex load(Repository repository, V values) throws IOException {
        return repository.index();
    }

    /** The repository is enough. */
    @Override
    default Set<Resource> plan(V values, ImageIndex index) {
        return Set.of();
    }

    @Override
    default R apply(Repository repository, V values, ImageIndex index, Transaction transaction) throws IOException {
        return apply(repository, values, index);
    }

    /** Does it. */
    R apply(Repository repository, V values, ImageIndex index) throws IOException;
}
