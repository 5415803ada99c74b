package io.blobpath.store.dedupe;

import io.blobpath.store.file.FileKey;
import io.blobpath.store.file.FileState;
import java.util.HashSet;
import java.util.Set;

/** The copy that others of the same traits are linked to. Its bytes are read only when there is something to link. */
final class Master {
    private final Set<FileKey> full = new HashSet<>();
    private Copy copy;
    private boolean proven;
    private int links;
    private long sharing;
    private long sharingFull;

    Master(Copy copy) {
        this.copy = copy;
        this.links = copy.state().links();
    }

    Copy copy() {
        return copy;
    }

    /** Whether its bytes were read, match the digest and are on the disk. */
    boolean isProven() {
        return proven;
    }

    void prove() {
        proven = true;
    }

    int links() {
        return links;
    }

    /** Whether this file is the master's, or that of an earlier one that took no more links. */
    boolean holds(FileKey key) {
        return copy.state().key().equals(key) || full.contains(key);
    }

    /** Another path was found to have that file. */
    void met(FileKey key) {
        if (copy.state().key().equals(key)) {
            sharing++;
        } else {
            sharingFull++;
        }
    }

    /** How many paths were found to share the file of a master. */
    long sharing() {
        return sharing + sharingFull;
    }

    /** One more link was made, or would be. */
    void linked() {
        links++;
    }

    /** The file is still the same, with another time. */
    void refresh(FileState now) {
        copy = copy.with(now);
    }

    /** The next master takes over, since this one takes no more links. */
    void retire(Copy next) {
        full.add(copy.state().key());
        sharingFull += sharing;
        replace(next);
    }

    /** Another copy takes over, since this one is unfit. */
    void replace(Copy next) {
        copy = next;
        links = next.state().links();
        proven = false;
        sharing = 0;
    }
}
