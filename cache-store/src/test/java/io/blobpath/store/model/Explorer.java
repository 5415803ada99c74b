package io.blobpath.store.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Visits all states that can be reached, the nearest first, so that a violation comes with a shortest way to it. */
final class Explorer implements Protocol.Sink {
    private final Shape shape;
    private final Protocol protocol;
    private final StateSet states;
    private final int[] state;
    private final Set<Property> sought;
    private long transitions;
    private int from;
    private Optional<Violation> violation = Optional.empty();

    /** A property that does not hold, and the steps that lead there. */
    record Violation(Property property, List<String> steps) {}

    /** What a search found. */
    record Result(long states, long transitions, boolean complete, Optional<Violation> violation) {}

    private Explorer(Shape shape, Flaw flaw, Set<Property> sought) {
        this.shape = shape;
        this.protocol = new Protocol(shape, flaw, this);
        this.states = new StateSet(shape.widths());
        this.state = new int[shape.variables()];
        this.sought = sought;
    }

    /** Looks for any violation. */
    static Result search(Shape shape, Flaw flaw, long most) {
        return new Explorer(shape, flaw, EnumSet.allOf(Property.class)).run(most);
    }

    /** Looks for a violation of this property. */
    static Result search(Shape shape, Flaw flaw, Property sought, long most) {
        return new Explorer(shape, flaw, EnumSet.of(sought)).run(most);
    }

    @Override
    public void reached(int[] next, int label) {
        transitions++;
        states.add(next, from, label);
    }

    @Override
    public void violated(Property property, int label) {
        if (violation.isEmpty() && sought.contains(property)) {
            violation = Optional.of(new Violation(property, way(label)));
        }
    }

    private Result run(long most) {
        states.add(protocol.initial(), -1, 0);
        for (from = 0; from < states.size() && transitions < most && violation.isEmpty(); from++) {
            states.get(from, state);
            protocol.steps(state);
        }
        return new Result(states.size(), transitions, from == states.size(), violation);
    }

    private List<String> way(int last) {
        List<String> way = new ArrayList<>(List.of(words(last)));
        for (int at = from; states.parent(at) >= 0; at = states.parent(at)) {
            way.add(words(states.label(at)));
        }
        Collections.reverse(way);
        return way;
    }

    private String words(int label) {
        int actor = label >> 8;
        String who = actor < shape.size() ? shape.actors().get(actor) + " " + actor : "world";
        return who + " " + Protocol.STEPS.get(label & 0xff);
    }
}
