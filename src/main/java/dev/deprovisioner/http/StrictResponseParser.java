package dev.deprovisioner.http;

import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.ParseException;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.impl.io.AbstractMessageParser;
import org.apache.hc.core5.http.io.HttpMessageParser;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.apache.hc.core5.http.message.BasicLineParser;
import org.apache.hc.core5.http.message.StatusLine;
import org.apache.hc.core5.util.CharArrayBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the heads of the answers of one connection. The status line counts even if the rest is damaged. If the header
 * cannot be read, the body cannot be read either, but the status is known. Apache's own parser skips lines in search of
 * a status line, so that it takes the rest of one answer for the next.
 */
final class StrictResponseParser implements HttpMessageParser<ClassicHttpResponse> {

    static final int LONGEST_LINE = 16 * 1024;
    private static final int MOST_LINES = 256;

    private @Nullable SessionInputBuffer input;
    private @Nullable IOException damage;
    private boolean inStep = true;

    /** Whether the next bytes of the connection are the beginning of the next answer, as far as can be known. */
    boolean isInStep() {
        return inStep && (input == null || input.length() == 0);
    }

    /** Why the header that was read last is unreadable, or null. */
    @Nullable
    IOException damage() {
        return damage;
    }

    /** Returns null at the end of the connection. */
    @Override
    public @Nullable ClassicHttpResponse parse(SessionInputBuffer buffer, InputStream in)
            throws IOException, HttpException {
        input = buffer;
        var status = statusLine(buffer, in);
        if (status == null) {
            return null;
        }
        var answer = new BasicClassicHttpResponse(status.getStatusCode(), status.getReasonPhrase());
        answer.setVersion(status.getProtocolVersion());
        try {
            answer.setHeaders(
                    AbstractMessageParser.parseHeaders(buffer, in, MOST_LINES, LONGEST_LINE, BasicLineParser.INSTANCE));
        } catch (HttpException | MessageConstraintException e) {
            damage = new UnreadableBodyException("an answer whose header is damaged", e);
        } catch (IOException e) {
            damage = e;
        }
        inStep &= damage == null && !hasForbiddenBody(answer);
        return answer;
    }

    private @Nullable StatusLine statusLine(SessionInputBuffer buffer, InputStream in)
            throws IOException, HttpException {
        var line = new CharArrayBuffer(128);
        for (int skipped = 0; buffer.readLine(line, in) >= 0; skipped++) {
            try {
                return checked(BasicLineParser.INSTANCE.parseStatusLine(line));
            } catch (ParseException e) {
                // After a 1xx with a body that it must not have, the answer proper is still to come.
                if (inStep || skipped == MOST_LINES) {
                    throw e;
                }
            }
            line.clear();
        }
        return null;
    }

    private static StatusLine checked(StatusLine line) throws ProtocolException {
        if (line.getStatusCode() < 100 || line.getStatusCode() > 999) {
            throw new ProtocolException("The status code has not three digits");
        }
        return line;
    }

    /** RFC 9112, section 6.3: these have no body. If their header announces one all the same, it may come. */
    private static boolean hasForbiddenBody(HttpResponse answer) {
        int status = answer.getCode();
        return (status < HttpStatus.SC_OK || status == HttpStatus.SC_NO_CONTENT || status == HttpStatus.SC_NOT_MODIFIED)
                && (answer.containsHeader(HttpHeaders.TRANSFER_ENCODING) || hasLength(answer));
    }

    private static boolean hasLength(HttpResponse answer) {
        for (var header : answer.getHeaders(HttpHeaders.CONTENT_LENGTH)) {
            if (!header.getValue().equals("0")) {
                return true;
            }
        }
        return false;
    }
}
