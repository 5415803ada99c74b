package io.blobpath.store.model;

import static io.blobpath.store.model.Protocol.GONE;
import static io.blobpath.store.model.Protocol.NAMED;
import static io.blobpath.store.model.Shape.ABSENT;
import static io.blobpath.store.model.Shape.YOUNG;

/** The steps that only publishers do. */
final class Publishing {
    private final Protocol protocol;
    private final Shape shape;

    Publishing(Protocol protocol) {
        this.protocol = protocol;
        this.shape = protocol.shape;
    }

    void act(int[] state, int actor, Step step) {
        int blob = state[shape.cursor(actor)];
        switch (step) {
            case BRING -> bring(state, actor, blob);
            case TOUCH -> touch(protocol.copy(state), actor, blob);
            case LOOK -> look(protocol.copy(state), actor, blob);
            case CHECK, CHECK_AGAIN -> check(protocol.copy(state), actor, blob, step);
            case SEARCH -> search(state, actor, blob);
            case CONCLUDE -> conclude(protocol.copy(state), blob);
            case TAKE -> take(protocol.copy(state), actor, blob);
            default -> {}
        }
    }

    /** Uploads, or takes the file that is there for uploaded. */
    private void bring(int[] state, int actor, int blob) {
        if (state[shape.file(blob)] != ABSENT) {
            int[] s = protocol.copy(state);
            s[shape.opened(actor)] = NAMED;
            protocol.go(s, Step.TOUCH);
        }
        int[] s = protocol.copy(state);
        protocol.move(s, blob, NAMED, GONE);
        s[shape.file(blob)] = YOUNG;
        s[shape.fresh(actor)] |= 1 << blob;
        brought(s, actor, blob);
    }

    private void touch(int[] s, int actor, int blob) {
        protocol.touch(s, blob);
        s[shape.fresh(actor)] |= 1 << blob;
        if (protocol.flaw == Flaw.NO_LOOK_AFTER_TOUCH) {
            brought(s, actor, blob);
        } else {
            protocol.go(s, Step.LOOK);
        }
    }

    private void look(int[] s, int actor, int blob) {
        if (s[shape.opened(actor)] == NAMED) {
            brought(s, actor, blob);
        } else {
            s[shape.fresh(actor)] &= ~(1 << blob);
            s[shape.opened(actor)] = GONE;
            protocol.go(s, Step.BRING);
        }
    }

    private void brought(int[] s, int actor, int blob) {
        s[shape.opened(actor)] = GONE;
        if (blob + 1 < shape.blobs()) {
            s[shape.cursor(actor)] = blob + 1;
            protocol.go(s, Step.BRING);
        } else {
            s[shape.cursor(actor)] = 0;
            protocol.go(s, protocol.session());
        }
    }

    private void check(int[] s, int actor, int blob, Step step) {
        if (s[shape.file(blob)] != ABSENT) {
            present(s, actor, blob);
        } else if (step == Step.CHECK && protocol.flaw != Flaw.NO_SEARCH) {
            protocol.go(s, Step.SEARCH);
        } else {
            missing(s, blob);
        }
    }

    private void search(int[] state, int actor, int blob) {
        boolean found = false;
        for (int sweeper = 0; sweeper < shape.size(); sweeper++) {
            if (state[shape.aside(sweeper, blob)] != ABSENT) {
                found = true;
                int[] s = protocol.copy(state);
                s[shape.opened(actor)] = 2 + sweeper;
                protocol.go(s, Step.TAKE);
            }
        }
        if (!found) {
            notAside(protocol.copy(state), blob);
        }
    }

    private void take(int[] s, int actor, int blob) {
        int sweeper = s[shape.opened(actor)] - 2;
        s[shape.opened(actor)] = GONE;
        int file = sweeper < 0 ? ABSENT : s[shape.aside(sweeper, blob)];
        if (file == ABSENT) {
            protocol.go(s, protocol.flaw == Flaw.NO_SECOND_SEARCH ? Step.CHECK_AGAIN : Step.SEARCH);
            return;
        }
        if (s[shape.file(blob)] == ABSENT) {
            s[shape.file(blob)] = file;
            protocol.move(s, blob, 2 + sweeper, NAMED);
        }
        present(s, actor, blob);
    }

    private void notAside(int[] s, int blob) {
        if (protocol.flaw == Flaw.NO_SECOND_LOOK) {
            missing(s, blob);
        } else {
            protocol.go(s, Step.CHECK_AGAIN);
        }
    }

    private void present(int[] s, int actor, int blob) {
        s[shape.cursor(actor)] = blob + 1 < shape.blobs() ? blob + 1 : 0;
        protocol.go(s, blob + 1 < shape.blobs() ? Step.CHECK : Step.WRITE);
    }

    private void missing(int[] s, int blob) {
        if (protocol.flaw == Flaw.NO_LOOK_AT_DOOR) {
            protocol.missing(s, blob);
            protocol.end(s);
        } else {
            protocol.go(s, Step.CONCLUDE);
        }
    }

    private void conclude(int[] s, int blob) {
        if (protocol.passes(s)) {
            protocol.missing(s, blob);
            protocol.end(s);
        } else {
            protocol.lost(s);
        }
    }
}
