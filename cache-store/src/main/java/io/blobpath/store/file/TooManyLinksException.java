package io.blobpath.store.file;

import java.nio.file.FileSystemException;

/** The file has as many hard links as its file system allows ({@code EMLINK}). */
public final class TooManyLinksException extends FileSystemException {
    private static final long serialVersionUID = 1L;

    /** For this file. */
    public TooManyLinksException(String file) {
        super(file, null, "too many links");
    }
}
