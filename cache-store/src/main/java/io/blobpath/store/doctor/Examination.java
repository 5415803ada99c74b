package io.blobpath.store.doctor;

import io.blobpath.store.StoreRoot;
import io.blobpath.store.file.FileState;
import java.time.Duration;
import java.time.Instant;

/** All that the checks look at. */
record Examination(StoreRoot root, Survey survey, Machine machine, Instant now) {
    private static final int GROUP_SHIFT = 3;
    private static final int USER_SHIFT = 6;
    private static final int ALL = 07;

    String path() {
        return root.path().toString();
    }

    /** Whether this process has all rights to the folder, as far as its permissions tell. */
    boolean mayUse(FileState folder) {
        int rights = folder.permissions();
        if (machine.user() == 0) {
            return true;
        }
        if (folder.user() == machine.user()) {
            rights >>= USER_SHIFT;
        } else if (machine.groups().contains(folder.group())) {
            rights >>= GROUP_SHIFT;
        }
        return (rights & ALL) == ALL;
    }

    /** Whether nothing happened to the file for so long. */
    boolean isOlder(FileState state, Duration age) {
        Instant limit = now.minus(age);
        return state.modified().toInstant().isBefore(limit)
                && state.changed().toInstant().isBefore(limit);
    }
}
