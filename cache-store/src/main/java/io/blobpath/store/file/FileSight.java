package io.blobpath.store.file;

/** What the shortest look at a path tells. {@link FileState} is all that there is to see, and takes three times as long. */
public interface FileSight {
    /** Whether it is a plain file. */
    boolean isRegular();

    /** Whether it is a folder. */
    boolean isFolder();

    /** Whether it is a symbolic link. */
    boolean isSymbolicLink();

    /** Its length. */
    long size();
}
