package io.blobpath.store.dedupe;

import io.blobpath.store.ProblemKind;
import io.blobpath.store.ProblemLog;
import io.blobpath.store.StoreRoot;
import java.util.Optional;

/**
 * What all digests of one run have in common.
 *
 * @param root the store
 * @param options how to dedupe
 * @param problems where to report
 * @param tally where to add up
 * @param examiner what decides about a copy
 * @param writer what changes files; empty in a dry run
 */
record DedupeRun(
        StoreRoot root,
        DedupeOptions options,
        ProblemLog problems,
        DedupeTally tally,
        Examiner examiner,
        Optional<SharedFile> writer) {

    void report(Copy copy, ProblemKind kind, String detail) {
        problems.report(copy.path().toString(), kind, detail);
    }
}
