package io.blobpath.store.transfer;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * How to migrate.
 *
 * @param apply whether to copy; otherwise the two caches are only compared
 * @param progress a file that tells how far the copying came, so that a run after one that was stopped goes on there; made and
 *     removed by the migration. Without it such a run looks at all records again, which changes nothing
 */
public record MigrationOptions(boolean apply, Optional<Path> progress) {
    /** Refuses null. */
    public MigrationOptions {
        Objects.requireNonNull(progress, "progress");
    }

    /** Compares only. */
    public static MigrationOptions defaults() {
        return new MigrationOptions(false, Optional.empty());
    }

    /** The same, copying or not. */
    public MigrationOptions withApply(boolean on) {
        return new MigrationOptions(on, progress);
    }

    /** The same with this file. */
    public MigrationOptions withProgress(Path file) {
        return new MigrationOptions(apply, Optional.of(file));
    }
}
