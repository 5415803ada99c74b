package io.blobpath.lmdb;

import java.nio.ByteBuffer;

/**
 * A page of a data file of LMDB 0.9, as {@code MDB_page}, {@code MDB_meta}, {@code MDB_db} and {@code MDB_node} of its
 * {@code mdb.c} lay it out on 64-bit machines, in native byte order. Checks bounds instead of trusting them, as LMDB does.
 */
final class LmdbPage {
    static final int BRANCH = 0x01;
    static final int LEAF = 0x02;
    static final int OVERFLOW = 0x04;
    static final int META = 0x08;
    static final int HEADER = 16;

    private static final int KINDS = 0x7f;
    private static final int NODE_HEADER = 8;
    private static final int ELSEWHERE = 0x01;

    private final ByteBuffer bytes;

    /** Something is not as LMDB writes it. */
    static final class Damaged extends Exception {
        private static final long serialVersionUID = 1L;

        Damaged(String what) {
            super(what);
        }
    }

    LmdbPage(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    long number() {
        return bytes.getLong(0);
    }

    /** Which of the kinds above. */
    int kind() {
        return bytes.getShort(10) & KINDS;
    }

    /** Of the first page of a value that has pages of its own: how many. */
    long overflowPages() {
        return bytes.getInt(12) & 0xffff_ffffL;
    }

    int nodes() throws Damaged {
        int lower = bytes.getShort(12) & 0xffff;
        int upper = bytes.getShort(14) & 0xffff;
        if (lower < HEADER || lower % 2 != 0 || lower > upper || upper > bytes.limit()) {
            throw new Damaged("page " + number() + " has impossible bounds");
        }
        return (lower - HEADER) / 2;
    }

    /** The page below this node of a branch. */
    long child(int node) throws Damaged {
        int at = node(node);
        return (bytes.getInt(at) & 0xffff_ffffL) | ((bytes.getShort(at + 4) & 0xffffL) << 32);
    }

    byte[] key(int node) throws Damaged {
        int at = node(node);
        byte[] key = new byte[bytes.getShort(at + 6) & 0xffff];
        bytes.get(at + NODE_HEADER, key);
        return key;
    }

    /** How long the value of this node of a leaf is. */
    long valueSize(int node) throws Damaged {
        return bytes.getInt(node(node)) & 0xffff_ffffL;
    }

    /** Whether the value has pages of its own; then {@link #value} is the number of the first. */
    boolean isElsewhere(int node) throws Damaged {
        return (bytes.getShort(node(node) + 4) & ELSEWHERE) != 0;
    }

    ByteBuffer value(int node) throws Damaged {
        int at = node(node);
        int start = at + NODE_HEADER + (bytes.getShort(at + 6) & 0xffff);
        long length = isElsewhere(node) ? Long.BYTES : valueSize(node);
        if (start + length > bytes.limit()) {
            throw new Damaged("page " + number() + " has a value that does not fit");
        }
        return bytes.slice(start, (int) length).order(bytes.order());
    }

    private int node(int index) throws Damaged {
        int at = bytes.getShort(HEADER + 2 * index) & 0xffff;
        int upper = bytes.getShort(14) & 0xffff;
        if (at < upper || at % 2 != 0 || at + NODE_HEADER > bytes.limit()) {
            throw new Damaged("page " + number() + " has a node out of bounds");
        }
        if (at + NODE_HEADER + (bytes.getShort(at + 6) & 0xffff) > bytes.limit()) {
            throw new Damaged("page " + number() + " has a key that does not fit");
        }
        return at;
    }
}
