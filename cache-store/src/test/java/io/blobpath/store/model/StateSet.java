package io.blobpath.store.model;

import java.util.Arrays;

/** States in order of discovery, each once, packed into two longs, with the step that led to it. */
final class StateSet {
    private final int variables;
    private final int[] shifts;
    private final int[] masks;
    private final int firstOfSecond;
    private long[] states = new long[1 << 17];
    private int[] parents = new int[1 << 16];
    private short[] labels = new short[1 << 16];
    private long[] table = new long[1 << 19];
    private int size;

    StateSet(int[] widths) {
        variables = widths.length;
        shifts = new int[variables];
        masks = new int[variables];
        int at = 1;
        int second = variables;
        for (int i = 0; i < variables; i++) {
            if (at + widths[i] > 64) {
                if (second < variables) {
                    throw new IllegalArgumentException(Arrays.stream(widths).sum() + " bits do not go into two longs");
                }
                second = i;
                at = 0;
            }
            shifts[i] = at & 63;
            masks[i] = (1 << widths[i]) - 1;
            at += widths[i];
        }
        firstOfSecond = second;
    }

    int size() {
        return size;
    }

    int parent(int state) {
        return parents[state];
    }

    int label(int state) {
        return labels[state];
    }

    void get(int state, int[] into) {
        long first = states[2 * state];
        for (int i = 0; i < firstOfSecond; i++) {
            into[i] = (int) (first >>> shifts[i]) & masks[i];
        }
        long second = states[2 * state + 1];
        for (int i = firstOfSecond; i < variables; i++) {
            into[i] = (int) (second >>> shifts[i]) & masks[i];
        }
    }

    void add(int[] state, int parent, int label) {
        long first = 1;
        for (int i = 0; i < firstOfSecond; i++) {
            first |= (long) state[i] << shifts[i];
        }
        long second = 0;
        for (int i = firstOfSecond; i < variables; i++) {
            second |= (long) state[i] << shifts[i];
        }
        if (enter(first, second)) {
            append(first, second, parent, label);
        }
    }

    /** The lowest bit of the first long is always set, so that zero marks a free place. */
    private boolean enter(long first, long second) {
        int mask = table.length - 1;
        int slot = slot(first, second, mask);
        while (table[slot] != 0) {
            if (table[slot] == first && table[slot + 1] == second) {
                return false;
            }
            slot = slot + 2 & mask;
        }
        table[slot] = first;
        table[slot + 1] = second;
        return true;
    }

    private void append(long first, long second, int parent, int label) {
        if (size == parents.length) {
            states = Arrays.copyOf(states, 4 * size);
            parents = Arrays.copyOf(parents, 2 * size);
            labels = Arrays.copyOf(labels, 2 * size);
        }
        states[2 * size] = first;
        states[2 * size + 1] = second;
        parents[size] = parent;
        labels[size] = (short) label;
        size++;
        if (4 * size > table.length) {
            table = new long[2 * table.length];
            for (int i = 0; i < size; i++) {
                enter(states[2 * i], states[2 * i + 1]);
            }
        }
    }

    private static int slot(long first, long second, int mask) {
        long hash = (first ^ Long.rotateLeft(second, 31)) * 0x9E3779B97F4A7C15L;
        hash = (hash ^ hash >>> 32) * 0xD6E8FEB86659FD93L;
        return (int) (hash >>> 32) & mask & ~1;
    }
}
