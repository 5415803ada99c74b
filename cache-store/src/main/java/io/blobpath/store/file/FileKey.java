package io.blobpath.store.file;

/**
 * Which file it is, whatever its path: equal for all hard links of one file.
 *
 * @param device the file system
 * @param inode the file's number there
 */
public record FileKey(long device, long inode) {}
