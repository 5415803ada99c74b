package io.blobpath.lmdb;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * One of the two meta pages at the start of a data file; the one with the greater transaction counts.
 *
 * @param pageSize bytes of a page
 * @param mapSize the map of the process that wrote it
 * @param free the tree of pages that may be used again
 * @param main the tree of rows
 * @param lastPage the last page that is used or free
 * @param transaction which transaction wrote it
 */
record LmdbMeta(int pageSize, long mapSize, Tree free, Tree main, long lastPage, long transaction) {
    /** How many bytes of a page a meta needs. */
    static final int BYTES = LmdbPage.HEADER + 136;

    private static final int MAGIC = 0xBEEFC0DE;
    private static final int VERSION = 1;

    /** The root of a tree and what its meta says about its size. */
    record Tree(int depth, long branches, long leaves, long overflows, long entries, long root) {
        boolean isEmpty() {
            return root == -1;
        }

        private static Tree at(ByteBuffer bytes, int at) {
            return new Tree(
                    bytes.getShort(at + 6) & 0xffff,
                    bytes.getLong(at + 8),
                    bytes.getLong(at + 16),
                    bytes.getLong(at + 24),
                    bytes.getLong(at + 32),
                    bytes.getLong(at + 40));
        }
    }

    static LmdbMeta parse(ByteBuffer source) throws LmdbPage.Damaged {
        ByteBuffer page = source.duplicate().order(ByteOrder.nativeOrder());
        int at = LmdbPage.HEADER;
        if (new LmdbPage(page).kind() != LmdbPage.META || page.getInt(at) != MAGIC || page.getInt(at + 4) != VERSION) {
            throw new LmdbPage.Damaged("a meta page is not one of LMDB 0.9");
        }
        int pageSize = page.getInt(at + 24);
        if (pageSize < 512 || pageSize > 65536 || Integer.bitCount(pageSize) != 1) {
            throw new LmdbPage.Damaged("a meta page names a page size of " + pageSize);
        }
        return new LmdbMeta(
                pageSize,
                page.getLong(at + 16),
                Tree.at(page, at + 24),
                Tree.at(page, at + 72),
                page.getLong(at + 120),
                page.getLong(at + 128));
    }
}
