/** Tests of the command, inside this process and through the launcher. */
@NullMarked
package io.blobpath.cli;

import org.jspecify.annotations.NullMarked;
