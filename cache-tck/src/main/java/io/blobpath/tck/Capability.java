package io.blobpath.tck;

/** What a driver, or its harness, may be unable to do. Tests that need it are skipped, and show the reason. */
public enum Capability {
    /** Records survive when the last handle is closed. */
    DURABILITY,
    /** {@link FaultControl#cut} and {@link FaultControl#mend}; a backend inside the process has no way to cut. */
    CUT_OFF,
    /** {@link FaultControl#loseNextReply}. */
    LOST_REPLY,
    /** {@link TckHarness#damage}. */
    DAMAGE,
    /** {@link TckHarness#stampNewerSchema}. */
    NEWER_SCHEMA,
    /** Leases, guarded writes and single-flight; a driver may have none. */
    LEASES,
    /** {@link TckHarness#wipe} while handles are open; a file that is in use cannot be taken away. */
    WIPE_WHILE_OPEN,
    /** {@link TckHarness#sharedConfig}: other JVMs of this host, which must know the signals of POSIX, can open the store. */
    PROCESSES
}
