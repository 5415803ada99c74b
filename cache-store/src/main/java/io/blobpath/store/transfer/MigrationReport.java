package io.blobpath.store.transfer;

/**
 * What was copied, and how the target differs from the source then.
 *
 * @param applied whether records were copied, or only compared
 * @param resumed whether it went on where a run before was stopped
 * @param digests how many digests the source has
 * @param records how many paths it has for them
 * @param added how many records this run added to the target
 * @param known how many this run found there
 * @param promoted for how many digests another path was made canonical in the target
 * @param missing how many records of the source the target has not
 * @param otherCanonical how many digests have another canonical path in the target
 * @param surplus how many paths the target has for digests of the source that the source has not
 */
public record MigrationReport(
        boolean applied,
        boolean resumed,
        long digests,
        long records,
        long added,
        long known,
        long promoted,
        long missing,
        long otherCanonical,
        long surplus) {
    /** Whether the target has all that the source has. */
    public boolean isComplete() {
        return missing == 0 && otherCanonical == 0;
    }
}
