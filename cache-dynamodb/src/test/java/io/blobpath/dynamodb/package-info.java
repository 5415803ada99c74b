/** Tests against DynamoDB Local, through a proxy that fails on demand. */
@NullMarked
package io.blobpath.dynamodb;

import org.jspecify.annotations.NullMarked;
