package io.blobpath.store.file;

import java.util.HashMap;
import java.util.Map;

/**
 * Counts how often each file was met under any of its names. Twelve bytes for each file, at a load of at most two thirds.
 * Not for several threads at once.
 */
public final class LinkCounter {
    private final Map<Long, Table> devices = new HashMap<>();

    /** Meets the file once more; how often it was met, with this time. */
    public int meet(FileKey key) {
        return devices.computeIfAbsent(key.device(), device -> new Table()).increment(key.inode());
    }

    /** Open addressing over inode numbers; zero, which no file has, marks a free place. */
    private static final class Table {
        private long[] inodes = new long[64];
        private int[] counts = new int[64];
        private int size;

        int increment(long inode) {
            int at = place(inode);
            if (counts[at] == 0) {
                inodes[at] = inode;
                if (++size > inodes.length / 3 * 2) {
                    counts[at] = 1;
                    grow();
                    return 1;
                }
            }
            return ++counts[at];
        }

        private int place(long inode) {
            int mask = inodes.length - 1;
            // Fibonacci hashing: inode numbers of one folder are neighbours, and the multiplication spreads them.
            int at = (int) ((inode * 0x9E3779B97F4A7C15L) >>> 32) & mask;
            while (counts[at] != 0 && inodes[at] != inode) {
                at = at + 1 & mask;
            }
            return at;
        }

        private void grow() {
            long[] oldInodes = inodes;
            int[] oldCounts = counts;
            inodes = new long[Math.multiplyExact(oldInodes.length, 2)];
            counts = new int[inodes.length];
            for (int i = 0; i < oldInodes.length; i++) {
                if (oldCounts[i] != 0) {
                    int at = place(oldInodes[i]);
                    inodes[at] = oldInodes[i];
                    counts[at] = oldCounts[i];
                }
            }
        }
    }
}
