package io.blobpath.store.model;

import java.util.List;

/**
 * Who takes part and what is there, and where each variable of a state lies. A state is one int for each variable.
 *
 * @param actors who takes part
 * @param blobs how many blobs every manifest refers to
 */
record Shape(List<Actor> actors, int blobs) {
    static final int ABSENT = 0;
    static final int OLD = 1;
    static final int YOUNG = 2;

    /** A slot aside that is not there any more. */
    static final int NO_SLOT = 15;

    /** No actor, as holder of the lease. */
    static final int NOBODY = 0;

    /** A process that died, as holder of the lease. */
    static final int DEAD = 7;

    private static final int PER_ACTOR = 6;

    static Shape of(int blobs, Actor... actors) {
        return new Shape(List.of(actors), blobs);
    }

    int size() {
        return actors.size();
    }

    int lease() {
        return 0;
    }

    /** One bit for each actor. */
    int doors() {
        return 1;
    }

    /** One bit for the manifest of each actor. */
    int index() {
        return 2;
    }

    /** The file under the blob's own name. */
    int file(int blob) {
        return 3 + blob;
    }

    /** The file that this actor put aside. */
    int aside(int actor, int blob) {
        return 3 + blobs + actor * blobs + blob;
    }

    /** The {@link Step} that comes next. */
    int step(int actor) {
        return of(actor);
    }

    /** Which doors were listed. */
    int listed(int actor) {
        return of(actor) + 1;
    }

    /** The index as it was read. */
    int base(int actor) {
        return of(actor) + 2;
    }

    /** The blob at hand, or the slot aside at hand. */
    int cursor(int actor) {
        return of(actor) + 3;
    }

    /** One bit for each blob that was acknowledged, and made young within the grace period. */
    int fresh(int actor) {
        return of(actor) + 4;
    }

    /** Where the file is that was opened: 0 gone, 1 under its name, 2 + actor put aside by that one. */
    int opened(int actor) {
        return of(actor) + 5;
    }

    int variables() {
        return of(size());
    }

    /** How many bits each variable takes. */
    int[] widths() {
        int[] widths = new int[variables()];
        widths[lease()] = 3;
        widths[doors()] = size();
        widths[index()] = size();
        for (int blob = 0; blob < blobs; blob++) {
            widths[file(blob)] = 2;
        }
        for (int actor = 0; actor < size(); actor++) {
            for (int blob = 0; blob < blobs; blob++) {
                widths[aside(actor, blob)] = sweeps(actor) ? 2 : 0;
            }
            widths[step(actor)] = 5;
            widths[listed(actor)] = size();
            widths[base(actor)] = size();
            widths[cursor(actor)] = 4;
            widths[fresh(actor)] = publishes(actor) ? blobs : 0;
            widths[opened(actor)] = publishes(actor) || sweeps(actor) ? 3 : 0;
        }
        return widths;
    }

    /** Which blob the actor has at hand: its cursor, or the blob of the slot that is its cursor. */
    int blob(int[] state, int actor) {
        return publishes(actor) ? state[cursor(actor)] : state[cursor(actor)] % blobs;
    }

    boolean publishes(int actor) {
        return actors.get(actor) == Actor.PUBLISHER;
    }

    boolean sweeps(int actor) {
        return actors.get(actor) == Actor.COLLECTOR;
    }

    private int of(int actor) {
        return 3 + blobs + size() * blobs + actor * PER_ACTOR;
    }
}
