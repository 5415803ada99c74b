/**
 * The command {@code blobpath}. Commands parse, open, make one call, print and answer with an exit code; what they do is
 * in {@code cache-store}, and drivers are found on the class path by name.
 *
 * <p>Data goes to stdout, talk to stderr. Nothing here is API: programs use {@code cache-api} and {@code cache-store}.
 */
@NullMarked
package io.blobpath.cli;

import org.jspecify.annotations.NullMarked;
