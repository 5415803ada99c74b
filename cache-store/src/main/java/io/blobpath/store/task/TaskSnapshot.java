package io.blobpath.store.task;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A task as it was at one moment; all fields are of that moment.
 *
 * @param id its number; later tasks have larger ones
 * @param name what it does, for people
 * @param resources what it locks; for an update, what its last plan asked for
 * @param state where it is
 * @param submitted when it was submitted, by the wall clock
 * @param started when its body began last
 * @param ended when it ended
 * @param progress what it told last; the unit is its own
 * @param output the last lines that it printed
 * @param waitsFor one of the tasks that it waits for
 * @param failure why it did not succeed
 */
public record TaskSnapshot(
        long id,
        String name,
        ResourceSet resources,
        TaskState state,
        Instant submitted,
        Optional<Instant> started,
        Optional<Instant> ended,
        long progress,
        List<String> output,
        Optional<String> waitsFor,
        Optional<String> failure) {}
