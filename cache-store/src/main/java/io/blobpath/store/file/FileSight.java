package io.blobpath.store.file;

/** What a look at a path tells at the least. {@link FileState} is all of it, and three times as dear. */
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
