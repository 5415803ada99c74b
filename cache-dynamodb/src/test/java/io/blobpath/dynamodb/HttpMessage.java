package io.blobpath.dynamodb;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * A request or a reply of HTTP/1.1, as far as the driver and its server need it.
 *
 * @param start the request line, or the status line
 * @param headers those that say nothing of the body's length
 */
record HttpMessage(String start, Map<String, String> headers, String body) {

    static HttpMessage json(int status, String body) {
        return new HttpMessage(
                "HTTP/1.1 " + status + " made by the test", Map.of("Content-Type", "application/x-amz-json-1.0"), body);
    }

    /** The next message; {@link EOFException} if there is none. */
    static HttpMessage read(InputStream in) throws IOException {
        String start = line(in);
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            int colon = header.indexOf(':');
            headers.put(header.substring(0, colon), header.substring(colon + 1).strip());
        }
        String length = headers.remove("Content-Length");
        byte[] body = headers.remove("Transfer-Encoding") != null
                ? chunks(in)
                : exactly(in, length == null ? 0 : Integer.parseInt(length));
        return new HttpMessage(start, headers, new String(body, StandardCharsets.UTF_8));
    }

    /** Of a reply. */
    int status() {
        return Integer.parseInt(start.split(" ", -1)[1]);
    }

    /** What a request asks the server to do. */
    String operation() {
        String target = headers.getOrDefault("X-Amz-Target", "");
        return target.substring(target.indexOf('.') + 1);
    }

    HttpMessage withBody(String other) {
        return new HttpMessage(start, headers, other);
    }

    /** In one piece, so that no part of it waits for an acknowledgement of another. */
    void write(OutputStream out) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        StringBuilder head = new StringBuilder(start).append("\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        head.append("Content-Length: ").append(bytes.length).append("\r\n\r\n");
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        message.writeBytes(bytes);
        out.write(message.toByteArray());
    }

    private static byte[] chunks(InputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = Integer.parseInt(line(in), 16); size > 0; size = Integer.parseInt(line(in), 16)) {
            body.writeBytes(exactly(in, size));
            line(in);
        }
        line(in);
        return body.toByteArray();
    }

    private static byte[] exactly(InputStream in, int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException();
        }
        return bytes;
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException();
            }
            line.append((char) next);
        }
        return line.substring(0, line.length() - 1);
    }
}
