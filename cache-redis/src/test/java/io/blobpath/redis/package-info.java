@NullMarked
package io.blobpath.redis;

import org.jspecify.annotations.NullMarked;
