package io.blobpath.store.doctor;

import java.util.Set;

/**
 * A mounted file system.
 *
 * @param point where it is mounted
 * @param type what it is, such as {@code ext4}
 * @param options how it is mounted
 */
public record Mount(String point, String type, Set<String> options) {
    /** Copies the options. */
    public Mount {
        options = Set.copyOf(options);
    }
}
