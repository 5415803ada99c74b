package io.blobpath.store.model;

import static io.blobpath.store.model.Shape.ABSENT;
import static io.blobpath.store.model.Shape.NOBODY;
import static io.blobpath.store.model.Shape.OLD;
import static io.blobpath.store.model.Shape.YOUNG;

import java.util.List;

/**
 * All steps that are possible in a state. An actor may be slow for any time at any step, so that a pause past its lease needs no
 * step of its own: the lease ends whenever the world likes, and the actor goes on as if it had it.
 *
 * <p>This has the steps that all actors share: lease, doors, index. {@link Publishing} and {@link Sweeping} have the rest.
 */
final class Protocol {
    /** Where an opened file is: nowhere, under its name, or, from two on, put aside by an actor. */
    static final int GONE = 0;

    static final int NAMED = 1;
    static final List<Step> STEPS = List.of(Step.values());

    final Shape shape;
    final Flaw flaw;
    private final Sink sink;
    private final Publishing publishing;
    private final Sweeping sweeping;
    private final int[] next;
    private int actor;
    private Step step = Step.CRASH;

    /** Hears of every step, and of what it breaks. */
    interface Sink {
        /** The array is used again; copy what is to be kept. */
        void reached(int[] next, int label);

        void violated(Property property, int label);
    }

    Protocol(Shape shape, Flaw flaw, Sink sink) {
        this.shape = shape;
        this.flaw = flaw;
        this.sink = sink;
        this.publishing = new Publishing(this);
        this.sweeping = new Sweeping(this);
        this.next = new int[shape.variables()];
    }

    int[] initial() {
        int[] state = new int[shape.variables()];
        state[shape.lease()] = NOBODY;
        for (int i = 0; i < shape.size(); i++) {
            begin(state, i);
        }
        return state;
    }

    void steps(int[] state) {
        for (actor = 0; actor < shape.size(); actor++) {
            step = STEPS.get(state[shape.step(actor)]);
            act(state);
            crash(state);
        }
        world(state);
    }

    private void act(int[] state) {
        int mine = 1 << actor;
        switch (step) {
            case READ_EARLY -> {
                int[] s = copy(state);
                s[shape.base(actor)] = s[shape.index()];
                go(s, Step.GRANT);
            }
            case GRANT -> {
                if (state[shape.lease()] == NOBODY || flaw == Flaw.NO_LEASE) {
                    int[] s = copy(state);
                    s[shape.lease()] = actor + 1;
                    go(s, afterGrant());
                }
            }
            case DOOR -> {
                int[] s = copy(state);
                s[shape.doors()] |= mine;
                for (int i = 0; i < shape.size(); i++) {
                    // A door has a name of its own each time; who listed the one before does not know this one.
                    s[shape.listed(i)] &= ~mine;
                }
                go(s, flaw == Flaw.NO_CONFIRM || flaw == Flaw.CONFIRM_BEFORE_DOOR ? afterConfirm() : Step.CONFIRM);
            }
            case CONFIRM -> {
                int[] s = copy(state);
                if (s[shape.lease()] != actor + 1 && flaw != Flaw.NO_LEASE) {
                    s[shape.doors()] &= ~mine;
                    go(s, session());
                } else {
                    go(s, flaw == Flaw.CONFIRM_BEFORE_DOOR ? Step.DOOR : afterConfirm());
                }
            }
            case LIST -> {
                int[] s = copy(state);
                s[shape.listed(actor)] = s[shape.doors()] & ~mine;
                dropOrGoOn(s);
            }
            case DROP -> {
                int[] s = copy(state);
                int first = Integer.lowestOneBit(s[shape.listed(actor)]);
                s[shape.doors()] &= ~first;
                s[shape.listed(actor)] &= ~first;
                dropOrGoOn(s);
            }
            case READ -> {
                int[] s = copy(state);
                s[shape.base(actor)] = s[shape.index()];
                if (flaw == Flaw.DROP_AFTER_READ) {
                    go(s, Step.LIST);
                } else {
                    work(s);
                }
            }
            case WRITE -> write(state);
            case CLOSE -> {
                int[] s = copy(state);
                s[shape.doors()] &= ~mine;
                go(s, Step.RELEASE);
            }
            case RELEASE -> {
                int[] s = copy(state);
                if (s[shape.lease()] == actor + 1) {
                    s[shape.lease()] = NOBODY;
                }
                boolean done = s[shape.cursor(actor)] == 1;
                forgetSession(s, actor);
                if (done) {
                    begin(s, actor);
                    emit(s);
                } else {
                    go(s, session());
                }
            }
            default -> {
                if (shape.publishes(actor)) {
                    publishing.act(state, actor, step);
                } else {
                    sweeping.act(state, actor, step);
                }
            }
        }
    }

    private void dropOrGoOn(int[] s) {
        if (s[shape.listed(actor)] != 0) {
            go(s, Step.DROP);
        } else if (flaw == Flaw.READ_BEFORE_LEASE || flaw == Flaw.DROP_AFTER_READ) {
            work(s);
        } else {
            go(s, Step.READ);
        }
    }

    private void work(int[] s) {
        s[shape.cursor(actor)] = 0;
        switch (shape.actors().get(actor)) {
            case PUBLISHER -> go(s, flaw == Flaw.NO_PRESENCE_CHECK ? Step.WRITE : Step.CHECK);
            case UNPUBLISHER -> go(s, (s[shape.base(actor)] & 1) == 0 ? Step.CLOSE : Step.WRITE);
            case COLLECTOR, REMOVER -> go(s, Step.SWEEP);
        }
    }

    private void write(int[] state) {
        int[] s = copy(state);
        if (!passes(s)) {
            lost(s);
            return;
        }
        if (s[shape.index()] != s[shape.base(actor)]) {
            sink.violated(Property.NO_LOST_UPDATE, label());
        }
        s[shape.index()] = shape.publishes(actor) ? s[shape.base(actor)] | 1 << actor : s[shape.base(actor)] & ~1;
        end(s);
    }

    /** Time, and the cache. */
    private void world(int[] state) {
        actor = shape.size();
        if (state[shape.lease()] != NOBODY) {
            step = Step.LOSE_LEASE;
            int[] s = copy(state);
            s[shape.lease()] = NOBODY;
            emit(s);
        }
        step = Step.AGE;
        int[] s = copy(state);
        for (int blob = 0; blob < shape.blobs(); blob++) {
            s[shape.file(blob)] = aged(s[shape.file(blob)]);
            for (int i = 0; i < shape.size(); i++) {
                s[shape.aside(i, blob)] = aged(s[shape.aside(i, blob)]);
                s[shape.fresh(i)] = 0;
            }
        }
        emit(s);
    }

    private static int aged(int file) {
        return file == YOUNG ? OLD : file;
    }

    private void crash(int[] state) {
        step = Step.CRASH;
        int[] s = copy(state);
        if (s[shape.lease()] == actor + 1) {
            s[shape.lease()] = Shape.DEAD;
        }
        // Its door stays, but nobody goes through it any more.
        s[shape.doors()] &= ~(1 << actor);
        forgetSession(s, actor);
        begin(s, actor);
        emit(s);
    }

    private void begin(int[] s, int who) {
        s[shape.fresh(who)] = 0;
        s[shape.opened(who)] = 0;
        s[shape.step(who)] = (shape.publishes(who) ? Step.BRING : session()).code();
    }

    private void forgetSession(int[] s, int who) {
        s[shape.listed(who)] = 0;
        s[shape.base(who)] = 0;
        s[shape.cursor(who)] = 0;
        s[shape.opened(who)] = 0;
    }

    Step session() {
        return flaw == Flaw.READ_BEFORE_LEASE ? Step.READ_EARLY : Step.GRANT;
    }

    private Step afterGrant() {
        return switch (flaw) {
            case NO_DOOR -> Step.READ;
            case CONFIRM_BEFORE_DOOR -> Step.CONFIRM;
            default -> Step.DOOR;
        };
    }

    private Step afterConfirm() {
        return flaw == Flaw.NO_DROP || flaw == Flaw.DROP_AFTER_READ ? Step.READ : Step.LIST;
    }

    /** Whether the actor's door is there, or none is needed. */
    boolean passes(int[] s) {
        return flaw == Flaw.NO_DOOR || (s[shape.doors()] & 1 << actor) != 0;
    }

    /** The door is gone: begin the session again. */
    void lost(int[] s) {
        s[shape.cursor(actor)] = 0;
        go(s, Step.CLOSE);
    }

    /** The work is done, or the client must bring its blobs again. */
    void end(int[] s) {
        s[shape.cursor(actor)] = 1;
        go(s, Step.CLOSE);
    }

    int[] copy(int[] state) {
        System.arraycopy(state, 0, next, 0, next.length);
        return next;
    }

    void go(int[] s, Step then) {
        s[shape.step(actor)] = then.code();
        emit(s);
    }

    /** The opened files that were in one place are in another now. */
    void move(int[] s, int blob, int from, int to) {
        for (int i = 0; i < shape.size(); i++) {
            int at = s[shape.step(i)];
            boolean open = at == Step.TOUCH.code() || at == Step.LOOK.code();
            if (open && shape.blob(s, i) == blob && s[shape.opened(i)] == from) {
                s[shape.opened(i)] = to;
            }
        }
    }

    /** Makes the opened file young, wherever it is now. */
    void touch(int[] s, int blob) {
        int where = s[shape.opened(actor)];
        if (where == NAMED) {
            s[shape.file(blob)] = YOUNG;
        } else if (where != GONE) {
            s[shape.aside(where - 2, blob)] = YOUNG;
        }
    }

    /** No blob was there though it was acknowledged. */
    void missing(int[] state, int blob) {
        if ((state[shape.fresh(actor)] & 1 << blob) != 0) {
            sink.violated(Property.ACKNOWLEDGED_BLOBS_STAY, label());
        }
    }

    private void emit(int[] s) {
        for (int blob = 0; s[shape.index()] != 0 && blob < shape.blobs(); blob++) {
            if (s[shape.file(blob)] == ABSENT) {
                sink.violated(Property.NO_DANGLING_REFERENCE, label());
            }
        }
        sink.reached(s, label());
    }

    private int label() {
        return actor << 8 | step.code();
    }
}
