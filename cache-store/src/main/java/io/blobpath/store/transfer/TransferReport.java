package io.blobpath.store.transfer;

/**
 * What was written to a file, or read from one.
 *
 * @param applied whether records were written, to the file or to the cache; otherwise the file was only checked
 * @param digests how many digests the file has
 * @param records how many paths it has for them
 * @param added how many of the records are new in the cache; 0 when writing a file
 * @param known how many were there before; 0 when writing a file
 * @param promoted for how many digests another path was made canonical; 0 when writing a file
 */
public record TransferReport(boolean applied, long digests, long records, long added, long known, long promoted) {}
