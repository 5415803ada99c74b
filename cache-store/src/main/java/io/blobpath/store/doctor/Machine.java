package io.blobpath.store.doctor;

import java.util.OptionalLong;
import java.util.Set;

/**
 * What the machine says about this process and about the file system of a root. What it does not say is empty, and is not
 * complained of.
 *
 * @param user the number of the user that the process runs as
 * @param groups the numbers of its groups
 * @param umask what is taken from the permissions of new files
 * @param openFiles how many files the process may have open
 * @param protectedLinks whether the system refuses links to files of other users
 * @param mount the file system of the root
 * @param totalBytes how large it is
 * @param freeBytes how much of it this user may still write
 * @param totalInodes how many files it can have; zero where that is not limited
 * @param freeInodes how many of them are left
 */
public record Machine(
        int user,
        Set<Integer> groups,
        int umask,
        OptionalLong openFiles,
        boolean protectedLinks,
        Mount mount,
        long totalBytes,
        long freeBytes,
        OptionalLong totalInodes,
        OptionalLong freeInodes) {
    /** Copies the groups. */
    public Machine {
        groups = Set.copyOf(groups);
    }
}
