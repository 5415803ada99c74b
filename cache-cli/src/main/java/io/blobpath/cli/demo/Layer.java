package io.blobpath.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.blobpath.cache.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/**
 * A layer of an image: a gzip'd tar archive.
 *
 * @param name what it brings
 * @param gzip the bytes that are stored
 * @param diffId the digest of the archive before compression, which the image's config lists
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared; the bytes are only written.
record Layer(String name, byte[] gzip, Digest diffId) {
    /** A layer with a text and a program of so many bytes, which do not compress; equal names make equal layers. */
    static Layer of(String name, int bytes) {
        byte[] program = new byte[bytes];
        new Random(name.hashCode()).nextBytes(program);
        ByteArrayOutputStream tar = new ByteArrayOutputStream(bytes + 4096);
        ByteArrayOutputStream gzip = new ByteArrayOutputStream(bytes + 4096);
        try {
            TarWriter writer = new TarWriter(tar);
            writer.folder("opt/");
            writer.folder("opt/" + name + "/");
            writer.file("opt/" + name + "/README", ("This is " + name + ".\n").getBytes(UTF_8));
            writer.file("opt/" + name + "/program", program);
            writer.finish();
            try (GZIPOutputStream compressed = new GZIPOutputStream(gzip)) {
                tar.writeTo(compressed);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // Memory has no such failures.
        }
        return new Layer(name, gzip.toByteArray(), OciLayout.sha256(tar.toByteArray()));
    }
}
