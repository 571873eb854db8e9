package dev.deprovisioner.upstream;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;

/**
 * Decodes a body: by its byte order mark, which is omitted; else as UTF-8, as JSON requires (RFC 8259, section 8.1). If
 * it is no UTF-8, the content type names the charset.
 */
final class BodyText {

    private static final String MARK = "\uFEFF";

    private BodyText() {}

    static String of(byte[] body, HttpHeaders headers) {
        var marked = Stream.of(UTF_8, UTF_16BE, UTF_16LE)
                .filter(charset -> beginsWith(body, MARK.getBytes(charset)))
                .findFirst();
        return marked.map(charset -> new String(body, charset).substring(MARK.length()))
                .orElseGet(() -> unmarked(body, headers));
    }

    private static boolean beginsWith(byte[] body, byte[] mark) {
        return ByteBuffer.wrap(body, 0, Math.min(body.length, mark.length)).equals(ByteBuffer.wrap(mark));
    }

    private static String unmarked(byte[] body, HttpHeaders headers) {
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
        } catch (CharacterCodingException e) {
            return new String(body, named(headers));
        }
    }

    private static Charset named(HttpHeaders headers) {
        try {
            var type = headers.getContentType();
            return type != null && type.getCharset() != null ? type.getCharset() : UTF_8;
        } catch (IllegalArgumentException e) {
            return UTF_8;
        }
    }
}
