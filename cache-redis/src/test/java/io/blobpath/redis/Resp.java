package io.blobpath.redis;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A plain connection to a server for tests, beside the driver: sends commands and reads answers of the protocol RESP 2. */
final class Resp implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 5_000;

    private final Socket socket = new Socket();
    private final DataInputStream in;
    private final OutputStream out;

    Resp(String host, int port) {
        try {
            socket.connect(new InetSocketAddress(host, port), PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
            out = new BufferedOutputStream(socket.getOutputStream());
        } catch (IOException e) {
            throw new IllegalStateException(host + ":" + port + " does not answer", e);
        }
    }

    /** Sends a command; byte arrays go as they are, everything else as text. */
    Object call(Object... words) {
        try {
            send(words);
            out.flush();
            return read();
        } catch (IOException e) {
            throw new IllegalStateException(words[0] + " was not answered", e);
        }
    }

    /** Sends commands in one go and reads all answers. */
    List<Object> all(List<Object[]> commands) {
        try {
            for (Object[] command : commands) {
                send(command);
            }
            out.flush();
            List<Object> answers = new ArrayList<>();
            for (int i = 0; i < commands.size(); i++) {
                answers.add(read());
            }
            return answers;
        } catch (IOException e) {
            throw new IllegalStateException("commands were not answered", e);
        }
    }

    String text(Object... words) {
        return text(call(words));
    }

    long number(Object... words) {
        return (Long) call(words);
    }

    static String text(Object answer) {
        return answer instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : String.valueOf(answer);
    }

    private void send(Object... words) throws IOException {
        write("*" + words.length);
        for (Object word : words) {
            byte[] bytes =
                    word instanceof byte[] given ? given : word.toString().getBytes(StandardCharsets.UTF_8);
            write("$" + bytes.length);
            out.write(bytes);
            out.write('\r');
            out.write('\n');
        }
    }

    private void write(String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    private Object read() throws IOException {
        String line = line();
        return switch (line.charAt(0)) {
            case '+' -> line.substring(1);
            case '-' -> throw new IllegalStateException("refused: " + line.substring(1));
            case ':' -> Long.parseLong(line.substring(1));
            case '$' -> bulk(Integer.parseInt(line.substring(1)));
            case '*' -> list(Integer.parseInt(line.substring(1)));
            default -> throw new IllegalStateException("not RESP: " + line);
        };
    }

    private Object bulk(int length) throws IOException {
        if (length < 0) {
            return "";
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        line();
        return bytes;
    }

    private List<Object> list(int size) throws IOException {
        List<Object> list = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            list.add(read());
        }
        return list;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the server closed the connection");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
