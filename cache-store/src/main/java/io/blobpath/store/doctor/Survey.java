package io.blobpath.store.doctor;

import io.blobpath.store.Problem;
import io.blobpath.store.ProblemKind;
import io.blobpath.store.file.FileState;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a walk over the store found.
 *
 * @param rootState the root itself
 * @param folders the folders of repositories and of their blobs
 * @param own what lies in the cache's own folder, at any depth, and that folder itself if it is there
 * @param blobs all blobs together
 * @param problems what the walk could not take for a blob, at most {@link io.blobpath.store.Problems#MAX_NAMED}
 * @param indexes what is wrong with indexes
 */
record Survey(
        FileState rootState,
        Map<Path, FileState> folders,
        Map<Path, FileState> own,
        BlobFacts blobs,
        List<Problem> problems,
        List<Problem> indexes) {
    /** Those of this kind. */
    List<Problem> problems(ProblemKind kind) {
        return problems.stream().filter(problem -> problem.kind() == kind).toList();
    }
}
