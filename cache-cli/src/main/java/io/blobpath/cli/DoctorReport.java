package io.blobpath.cli;

import io.blobpath.cache.Finding;
import io.blobpath.store.doctor.CheckResult;
import java.util.List;

/**
 * What {@code doctor} prints.
 *
 * @param driver of the cache that was looked at
 * @param storeId the store that its records belong to
 * @param checks what was looked for, each with what it found
 * @param findings what is to be mended, of all checks
 */
record DoctorReport(String driver, String storeId, List<CheckResult> checks, List<Finding> findings) {
    static DoctorReport of(String driver, String storeId, List<CheckResult> checks) {
        return new DoctorReport(
                driver,
                storeId,
                checks,
                checks.stream().flatMap(check -> check.findings().stream()).toList());
    }
}
