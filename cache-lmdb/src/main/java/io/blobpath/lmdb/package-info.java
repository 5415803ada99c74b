/**
 * The embedded driver, on <a href="http://www.lmdb.tech/doc/">LMDB</a> 0.9: one host, any number of processes.
 *
 * <p>Every acknowledged change is on disk. Records carry a check value. Files belong to their owner alone.
 */
@NullMarked
package io.blobpath.lmdb;

import org.jspecify.annotations.NullMarked;
