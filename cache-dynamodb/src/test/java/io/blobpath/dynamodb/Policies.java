package io.blobpath.dynamodb;

import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The policies of the page for operators, and a proxy that keeps to one. */
final class Policies {
    private static final Pattern ACTION = Pattern.compile("\"dynamodb:(\\w+)\"");
    private static final Pattern PART = Pattern.compile("\"(Put|Update|Delete|ConditionCheck)\":\\{");

    private Policies() {}

    /** The actions of the policy below a heading. */
    static Set<String> of(String heading) throws IOException {
        String page = Fixture.page();
        int from = page.indexOf("```json", page.indexOf("### " + heading));
        Set<String> actions = new TreeSet<>();
        Matcher action = ACTION.matcher(page.substring(from, page.indexOf("```", from + 3)));
        while (action.find()) {
            actions.add(action.group(1));
        }
        return actions;
    }

    /** Refuses every other action. */
    static FaultProxy.Script allowing(Set<String> actions) {
        return ask -> actions.containsAll(needed(ask))
                ? FaultProxy.Fate.PASS
                : FaultProxy.Fate.fails(400, "AccessDeniedException", false);
    }

    /** A transaction needs the rights of its parts. */
    private static Set<String> needed(FaultProxy.Ask ask) {
        if (ask.operation().equals("TransactGetItems")) {
            return Set.of("GetItem");
        }
        if (!ask.operation().equals("TransactWriteItems")) {
            return Set.of(ask.operation());
        }
        Set<String> needed = new TreeSet<>();
        Matcher part = PART.matcher(ask.body());
        while (part.find()) {
            needed.add(part.group(1).equals("ConditionCheck") ? "ConditionCheckItem" : part.group(1) + "Item");
        }
        return needed;
    }
}
