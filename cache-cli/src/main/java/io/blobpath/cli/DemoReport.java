package io.blobpath.cli;

import io.blobpath.store.dedupe.DedupeReport;
import io.blobpath.store.index.IndexReport;
import java.util.List;

/**
 * What {@code demo} prints.
 *
 * @param root where the tree is, or was
 * @param kept whether it is still there
 * @param images what was made, as {@code repository:tag}
 * @param dryRun what dedupe said it would do
 * @param applied what it did
 * @param verified what reading every blob afterwards found
 */
record DemoReport(
        String root,
        boolean kept,
        List<String> images,
        DedupeReport dryRun,
        DedupeReport applied,
        IndexReport verified) {}
