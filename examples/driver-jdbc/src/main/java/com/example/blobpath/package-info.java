/** A driver that keeps its records in one SQLite file, through plain JDBC. */
package com.example.blobpath;
