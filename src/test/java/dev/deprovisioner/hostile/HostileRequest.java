package dev.deprovisioner.hostile;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.List;

/** What is sent, as bytes. They are never compared. */
@SuppressWarnings("ArrayRecordComponent")
sealed interface HostileRequest {

    byte[] bytes();

    /** Whether a correct answer has no body. */
    boolean isHead();

    /** In a form that can be read and pasted: one line, without the one secret that it holds. */
    default String text(String secret) {
        return new String(bytes(), ISO_8859_1)
                .replace(secret, "<token>")
                .replace("\r", "\\r")
                .replace("\n", "\\n")
                .replaceAll("\\p{Cntrl}", "?");
    }

    /** Has the frame of one request, so that it must be answered. */
    record Framed(String method, String target, List<Header> headers, byte[] body) implements HostileRequest {

        @Override
        public byte[] bytes() {
            var head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
            headers.forEach(header -> head.append(header.name())
                    .append(": ")
                    .append(header.value())
                    .append("\r\n"));
            if (body.length > 0 || !method.equals("GET")) {
                head.append("Content-Length: ").append(body.length).append("\r\n");
            }
            var bytes = new ByteArrayOutputStream();
            bytes.writeBytes(head.append("\r\n").toString().getBytes(UTF_8));
            bytes.writeBytes(body);
            return bytes.toByteArray();
        }

        @Override
        public boolean isHead() {
            return method.equals("HEAD");
        }
    }

    /** Breaks the rules of HTTP itself; what cannot be understood may go without an answer, but not without an end. */
    record Broken(byte[] bytes) implements HostileRequest {

        @Override
        public boolean isHead() {
            return false;
        }
    }
}
