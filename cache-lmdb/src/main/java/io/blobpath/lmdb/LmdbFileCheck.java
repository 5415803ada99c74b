package io.blobpath.lmdb;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;

/**
 * Reads a data file without LMDB, which trusts its pages and takes the process down with it if they are wrong.
 *
 * <p>Follows both trees level by level and checks that every page is where it says, used once, inside the file, of its kind
 * and in order, that the numbers fit the meta page, and that no page is both free and used. Of a file with more than
 * {@value #MOST_PAGES} pages only the branches are read, which are few; the time still grows with the file.
 */
final class LmdbFileCheck {
    static final int MOST_PAGES = 1 << 18;

    private final FileChannel file;
    private final long pagesInFile;
    private final LmdbMeta meta;
    private final boolean thorough;
    private final BitSet used = new BitSet();

    private LmdbFileCheck(FileChannel file, LmdbMeta meta) throws IOException {
        this.file = file;
        this.pagesInFile = file.size() / meta.pageSize();
        this.meta = meta;
        this.thorough = meta.lastPage() < MOST_PAGES;
    }

    /** What is wrong with the file; empty if nothing was found. An empty file is one that LMDB has yet to begin. */
    static Optional<String> damage(Path data) throws IOException {
        try (FileChannel file = FileChannel.open(data)) {
            if (file.size() == 0) {
                return Optional.empty();
            }
            new LmdbFileCheck(file, meta(file)).check();
            return Optional.empty();
        } catch (LmdbPage.Damaged e) {
            return Optional.ofNullable(e.getMessage());
        } catch (EOFException e) {
            return Optional.of("the file ends too early");
        }
    }

    /** The meta page that counts. */
    static LmdbMeta meta(FileChannel file) throws IOException, LmdbPage.Damaged {
        LmdbMeta first = LmdbMeta.parse(read(file, 0, LmdbMeta.BYTES));
        LmdbMeta second = LmdbMeta.parse(read(file, first.pageSize(), LmdbMeta.BYTES));
        return first.transaction() < second.transaction() ? second : first;
    }

    private void check() throws IOException, LmdbPage.Damaged {
        if (meta.lastPage() < 1 || meta.lastPage() > Integer.MAX_VALUE) {
            throw new LmdbPage.Damaged("the meta page names " + meta.lastPage() + " as last page");
        }
        used.set(0, 2);
        walk(meta.main(), false);
        BitSet free = walk(meta.free(), true);
        if (free.intersects(used)) {
            throw new LmdbPage.Damaged("a page is both free and used");
        }
    }

    /** Walks a tree; of the free tree, answers the pages that its values list. */
    private BitSet walk(LmdbMeta.Tree tree, boolean freeTree) throws IOException, LmdbPage.Damaged {
        BitSet free = new BitSet();
        if (tree.isEmpty()) {
            return free;
        }
        if (tree.depth() < 1 || tree.depth() > 32) {
            throw new LmdbPage.Damaged("a tree has " + tree.depth() + " levels");
        }
        long[] level = {tree.root()};
        long branches = 0;
        for (int depth = tree.depth(); depth > 1; depth--) {
            branches += level.length;
            level = children(level);
        }
        if (!thorough) {
            return free;
        }
        long entries = 0;
        long overflows = 0;
        for (long number : level) {
            LmdbPage leaf = page(number, LmdbPage.LEAF);
            checkOrder(leaf, freeTree);
            for (int node = 0; node < leaf.nodes(); node++) {
                overflows += leaf.isElsewhere(node) ? claimOverflow(leaf, node) : 0;
                if (freeTree) {
                    addFree(leaf, node, free);
                } else {
                    leaf.value(node);
                }
            }
            entries += leaf.nodes();
        }
        if (branches != tree.branches()
                || level.length != tree.leaves()
                || overflows != tree.overflows()
                || entries != tree.entries()) {
            throw new LmdbPage.Damaged("a tree has not as many pages or rows as its meta page says");
        }
        return free;
    }

    private long[] children(long[] level) throws IOException, LmdbPage.Damaged {
        long[] below = new long[level.length * 8];
        int count = 0;
        for (long number : level) {
            LmdbPage branch = page(number, LmdbPage.BRANCH);
            for (int node = 0; node < branch.nodes(); node++) {
                if (count == below.length) {
                    below = Arrays.copyOf(below, 2 * count);
                }
                below[count++] = branch.child(node);
            }
        }
        return Arrays.copyOf(below, count);
    }

    private void checkOrder(LmdbPage leaf, boolean freeTree) throws LmdbPage.Damaged {
        byte[] before = {};
        for (int node = 0; node < leaf.nodes() && !freeTree; node++) {
            byte[] key = leaf.key(node);
            if (Arrays.compareUnsigned(before, key) >= 0) {
                throw new LmdbPage.Damaged("page " + leaf.number() + " is out of order");
            }
            before = key;
        }
    }

    private long claimOverflow(LmdbPage leaf, int node) throws IOException, LmdbPage.Damaged {
        long first = leaf.value(node).getLong(0);
        long pages = page(first, LmdbPage.OVERFLOW).overflowPages();
        if (pages * meta.pageSize() < LmdbPage.HEADER + leaf.valueSize(node)) {
            throw new LmdbPage.Damaged("page " + first + " does not hold its value");
        }
        for (long number = first + 1; number < first + pages; number++) {
            claim(number);
        }
        return pages;
    }

    /** The value lists pages: how many, then each. */
    private void addFree(LmdbPage leaf, int node, BitSet free) throws IOException, LmdbPage.Damaged {
        ByteBuffer list = leaf.value(node);
        if (leaf.isElsewhere(node)) {
            long start = list.getLong(0) * meta.pageSize() + LmdbPage.HEADER;
            list = read(file, start, Math.toIntExact(leaf.valueSize(node)));
        }
        if (list.limit() < Long.BYTES || list.getLong(0) < 0 || list.getLong(0) > list.limit() / Long.BYTES - 1) {
            throw new LmdbPage.Damaged("page " + leaf.number() + " has a broken list of free pages");
        }
        for (int i = 1; i <= list.getLong(0); i++) {
            long number = list.getLong(i * Long.BYTES);
            if (number < 2 || number > meta.lastPage() || free.get((int) number)) {
                throw new LmdbPage.Damaged("page " + leaf.number() + " lists a free page that cannot be");
            }
            free.set((int) number);
        }
    }

    private LmdbPage page(long number, int kind) throws IOException, LmdbPage.Damaged {
        claim(number);
        LmdbPage page = new LmdbPage(read(file, number * meta.pageSize(), meta.pageSize()));
        if (page.number() != number || page.kind() != kind || (kind != LmdbPage.OVERFLOW && page.nodes() == 0)) {
            throw new LmdbPage.Damaged("page " + number + " is not what its tree expects");
        }
        return page;
    }

    private void claim(long number) throws LmdbPage.Damaged {
        if (number < 2 || number > meta.lastPage() || number >= pagesInFile || used.get((int) number)) {
            throw new LmdbPage.Damaged("page " + number + " is out of range or used twice");
        }
        used.set((int) number);
    }

    private static ByteBuffer read(FileChannel file, long position, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.nativeOrder());
        while (bytes.hasRemaining()) {
            if (file.read(bytes, position + bytes.position()) < 0) {
                throw new EOFException();
            }
        }
        return bytes.flip();
    }
}
