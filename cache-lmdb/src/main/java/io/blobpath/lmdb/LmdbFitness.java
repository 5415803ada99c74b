package io.blobpath.lmdb;

import io.blobpath.cache.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.lmdbjava.EnvInfo;

/** Looks for what will soon make the cache fail. */
final class LmdbFitness {
    private static final double NEARLY = 0.8;

    private LmdbFitness() {}

    /**
     * What is looked at.
     *
     * @param directory where the files are
     * @param pages how many pages the rows occupy
     * @param pageLimit how many they may
     * @param readers how many places of the reader table are taken, by all processes
     * @param readerLimit how many it has
     * @param stoppedWriter the process that is stopped and was last seen to write; 0 if there is none
     * @param nearlyFull whether the disk has next to no room
     */
    record Facts(
            Path directory,
            long pages,
            long pageLimit,
            int readers,
            int readerLimit,
            long stoppedWriter,
            boolean nearlyFull) {}

    static List<Finding> look(LmdbEnvironment environment, Duration timeout) {
        EnvInfo info = environment.info();
        long writer = environment.foreignWriter();
        return findings(new Facts(
                environment.directory().path(),
                environment.read(timeout, LmdbSnapshot::pages),
                environment.pageLimit(),
                info.numReaders,
                info.maxReaders,
                isStopped(writer) ? writer : 0,
                environment.directory().isNearlyFull()));
    }

    static List<Finding> findings(Facts facts) {
        List<Finding> findings = new ArrayList<>();
        String where = facts.directory().toString();
        if (facts.pages() > facts.pageLimit() * NEARLY) {
            findings.add(new Finding(
                    where,
                    "uses " + facts.pages() + " of the " + facts.pageLimit()
                            + " pages that lmdb.mapSize allows, and takes no more records when they are used up",
                    "close every process that has it open and set a larger lmdb.mapSize"));
        }
        if (facts.readers() > facts.readerLimit() * NEARLY) {
            findings.add(new Finding(
                    where,
                    "has " + facts.readers() + " of " + facts.readerLimit()
                            + " readers, and when all are taken nobody can read; stale ones keep old pages from being"
                            + " used again",
                    "end processes that need it no more; the readers of dead ones go when the next process opens it"));
        }
        if (facts.stoppedWriter() != 0) {
            findings.add(new Finding(
                    where,
                    "is being written by process " + facts.stoppedWriter()
                            + ", which is stopped, so that no other process can write",
                    "kill -CONT " + facts.stoppedWriter() + ", or kill it"));
        }
        if (facts.nearlyFull()) {
            findings.add(new Finding(where, "is on a disk that is full, and takes no more records", "make room"));
        }
        return findings;
    }

    /** Whether the system says that the process is stopped; not if it says nothing. */
    static boolean isStopped(long process) {
        try {
            String stat = Files.readString(Path.of("/proc/" + process + "/stat"));
            // The name before the state is in parentheses and may have any character.
            return stat.startsWith(") T", stat.lastIndexOf(')'));
        } catch (IOException e) {
            return false;
        }
    }
}
