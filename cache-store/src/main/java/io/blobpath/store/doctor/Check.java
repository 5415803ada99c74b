package io.blobpath.store.doctor;

import io.blobpath.cache.Finding;
import java.util.List;
import java.util.function.Function;

/** One thing to look for: its name, a question to which yes is the good answer, and what is wrong if it is not. */
record Check(String name, String question, Function<Examination, List<Finding>> look) {
    CheckResult run(Examination examination) {
        return new CheckResult(name, question, look.apply(examination));
    }

    /** Nothing if all is well, else this. */
    static List<Finding> unless(boolean good, String where, String what, String remedy) {
        return good ? List.of() : List.of(new Finding(where, what, remedy));
    }
}
