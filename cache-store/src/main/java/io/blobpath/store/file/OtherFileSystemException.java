package io.blobpath.store.file;

import java.nio.file.FileSystemException;

/** A link or rename would cross file systems, or mounts of one ({@code EXDEV}). */
public final class OtherFileSystemException extends FileSystemException {
    private static final long serialVersionUID = 1L;

    /** From this file to that name. */
    public OtherFileSystemException(String file, String other) {
        super(file, other, "on another file system");
    }
}
