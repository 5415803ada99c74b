package io.blobpath.store.model;

import static io.blobpath.store.model.Protocol.GONE;
import static io.blobpath.store.model.Protocol.NAMED;
import static io.blobpath.store.model.Shape.ABSENT;
import static io.blobpath.store.model.Shape.OLD;

/** The steps of those who remove blobs. Every manifest refers to every blob, so nothing may go while the index has one. */
final class Sweeping {
    private final Protocol protocol;
    private final Shape shape;

    Sweeping(Protocol protocol) {
        this.protocol = protocol;
        this.shape = protocol.shape;
    }

    void act(int[] state, int actor, Step step) {
        int slot = state[shape.cursor(actor)];
        int blob = slot % shape.blobs();
        int sweeper = slot / shape.blobs();
        if (slot == Shape.NO_SLOT) {
            sweepOn(protocol.copy(state), actor);
            return;
        }
        switch (step) {
            case SWEEP -> sweep(state, actor);
            case UNLINK -> unlink(protocol.copy(state), actor, blob);
            case ASIDE -> aside(protocol.copy(state), sweeper, blob);
            case WEIGH -> weigh(protocol.copy(state), actor, sweeper, blob);
            case BACK -> back(protocol.copy(state), actor, sweeper, blob);
            case TOUCH -> {
                int[] s = protocol.copy(state);
                protocol.touch(s, blob);
                protocol.go(s, Step.LOOK);
            }
            case LOOK -> {
                int[] s = protocol.copy(state);
                boolean there = s[shape.opened(actor)] == NAMED;
                s[shape.opened(actor)] = GONE;
                protocol.go(s, there ? Step.FORGET : Step.BACK);
            }
            case FORGET -> {
                int[] s = protocol.copy(state);
                s[shape.aside(sweeper, blob)] = ABSENT;
                protocol.move(s, blob, 2 + sweeper, GONE);
                sweepOn(s, actor);
            }
            default -> {}
        }
    }

    /** Chooses a leftover, a candidate, or to end. */
    private void sweep(int[] state, int actor) {
        boolean remover = shape.actors().get(actor) == Actor.REMOVER;
        for (int blob = 0; blob < shape.blobs(); blob++) {
            for (int sweeper = 0; sweeper < shape.size() && !remover; sweeper++) {
                if (state[shape.aside(sweeper, blob)] != ABSENT) {
                    goFor(protocol.copy(state), actor, sweeper, blob, Step.WEIGH);
                }
            }
            int slot = protocol.flaw == Flaw.SHARED_ASIDE ? firstSweeper() : actor;
            boolean free = protocol.flaw == Flaw.SHARED_ASIDE || state[shape.aside(slot, blob)] == ABSENT;
            int file = state[shape.file(blob)];
            boolean dead = state[shape.base(actor)] == 0;
            if (remover && blob == 0 && dead && file != ABSENT) {
                goFor(protocol.copy(state), actor, 0, 0, Step.UNLINK);
            } else if (!remover && dead && free && (file == OLD || (file != ABSENT && anyAge()))) {
                boolean bare = protocol.flaw == Flaw.BARE_UNLINK;
                goFor(protocol.copy(state), actor, bare ? 0 : slot, blob, bare ? Step.UNLINK : Step.ASIDE);
            }
        }
        protocol.end(protocol.copy(state));
    }

    private void goFor(int[] s, int actor, int sweeper, int blob, Step step) {
        s[shape.cursor(actor)] = sweeper * shape.blobs() + blob;
        protocol.go(s, step);
    }

    private void unlink(int[] s, int actor, int blob) {
        if (!protocol.passes(s)) {
            protocol.lost(s);
            return;
        }
        s[shape.file(blob)] = ABSENT;
        protocol.move(s, blob, NAMED, GONE);
        for (int i = 0; i < shape.size() && shape.actors().get(actor) == Actor.REMOVER; i++) {
            // Somebody asked for exactly this: whoever counted on the blob is told that it is missing.
            s[shape.fresh(i)] &= ~(1 << blob);
        }
        sweepOn(s, actor);
    }

    private void aside(int[] s, int sweeper, int blob) {
        if (!protocol.passes(s)) {
            protocol.lost(s);
            return;
        }
        if (s[shape.file(blob)] == ABSENT) {
            protocol.go(s, Step.SWEEP);
            return;
        }
        if (protocol.flaw != Flaw.SHARED_ASIDE) {
            forgetName(s, sweeper, blob);
        }
        protocol.move(s, blob, 2 + sweeper, GONE);
        s[shape.aside(sweeper, blob)] = s[shape.file(blob)];
        s[shape.file(blob)] = ABSENT;
        protocol.move(s, blob, NAMED, 2 + sweeper);
        protocol.go(s, Step.WEIGH);
    }

    /** Each name aside is used once: who has found an earlier one in this slot does not find this one under it. */
    private void forgetName(int[] s, int sweeper, int blob) {
        for (int i = 0; i < shape.size(); i++) {
            Step at = Protocol.STEPS.get(s[shape.step(i)]);
            if (shape.sweeps(i)
                    && (at == Step.WEIGH || at == Step.BACK || at == Step.FORGET)
                    && s[shape.cursor(i)] == sweeper * shape.blobs() + blob) {
                s[shape.cursor(i)] = Shape.NO_SLOT;
            } else if (at == Step.TAKE && s[shape.opened(i)] == 2 + sweeper && s[shape.cursor(i)] == blob) {
                s[shape.opened(i)] = GONE;
            }
        }
    }

    private void weigh(int[] s, int actor, int sweeper, int blob) {
        int file = s[shape.aside(sweeper, blob)];
        if (file == ABSENT) {
            sweepOn(s, actor);
        } else {
            protocol.go(s, file == OLD || anyAge() ? Step.FORGET : Step.BACK);
        }
    }

    /** Links back. If something has the name meanwhile, that must be as young as what was put aside. */
    private void back(int[] s, int actor, int sweeper, int blob) {
        if (s[shape.aside(sweeper, blob)] == ABSENT) {
            sweepOn(s, actor);
        } else if (s[shape.file(blob)] == ABSENT) {
            s[shape.file(blob)] = s[shape.aside(sweeper, blob)];
            protocol.move(s, blob, 2 + sweeper, NAMED);
            protocol.go(s, Step.FORGET);
        } else if (protocol.flaw == Flaw.NO_TOUCH_AT_BACK) {
            protocol.go(s, Step.FORGET);
        } else {
            s[shape.opened(actor)] = NAMED;
            protocol.go(s, Step.TOUCH);
        }
    }

    private void sweepOn(int[] s, int actor) {
        s[shape.cursor(actor)] = 0;
        protocol.go(s, Step.SWEEP);
    }

    private boolean anyAge() {
        return protocol.flaw == Flaw.NO_GRACE;
    }

    private int firstSweeper() {
        for (int i = 0; i < shape.size(); i++) {
            if (shape.sweeps(i)) {
                return i;
            }
        }
        throw new IllegalStateException("nobody sweeps");
    }
}
