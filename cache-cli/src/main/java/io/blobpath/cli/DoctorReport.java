package io.blobpath.cli;

import io.blobpath.cache.Finding;
import java.util.List;

/**
 * What {@code doctor} prints.
 *
 * @param driver of the cache that was looked at
 * @param storeId the store that its records belong to
 * @param findings what is to be mended
 */
record DoctorReport(String driver, String storeId, List<Finding> findings) {}
