package dev.deprovisioner.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Set;
import org.apache.hc.client5.http.classic.ExecRuntime;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/** The body of an answer. Its connection is used again only if it was read to its end: closing reads no further. */
final class ResponseBody extends HttpEntityWrapper {

    private static final Set<String> GZIP = Set.of("gzip", "x-gzip");

    private final InputStream content;

    private ResponseBody(HttpEntity body, InputStream content) {
        super(body);
        this.content = content;
    }

    /** @param ended runs when the body was read to its end or closed, perhaps both */
    static void replace(ClassicHttpResponse answer, HttpEntity body, ExecRuntime connection, Runnable ended)
            throws IOException {
        var bytes = new Bytes(body, connection, ended);
        var encoding = answer.getFirstHeader(HttpHeaders.CONTENT_ENCODING);
        if (encoding == null || !GZIP.contains(encoding.getValue().strip().toLowerCase(Locale.ROOT))) {
            answer.setEntity(new ResponseBody(body, bytes));
            return;
        }
        answer.removeHeaders(HttpHeaders.CONTENT_ENCODING);
        answer.removeHeaders(HttpHeaders.CONTENT_LENGTH);
        answer.setEntity(new ResponseBody(body, new InflatedBody(bytes)));
    }

    @Override
    public InputStream getContent() {
        return content;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        content.transferTo(out);
    }

    @Override
    public void close() throws IOException {
        content.close();
    }

    private static final class Bytes extends FilterInputStream {

        private final ExecRuntime connection;
        private final Runnable whenEnded;
        private final long length;
        private long taken;
        private boolean ended;

        Bytes(HttpEntity body, ExecRuntime connection, Runnable whenEnded) throws IOException {
            super(body.getContent());
            this.length = body.getContentLength();
            this.connection = connection;
            this.whenEnded = whenEnded;
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            took(value < 0 ? -1 : 1);
            return value;
        }

        @Override
        public int read(byte[] into, int offset, int most) throws IOException {
            int count = super.read(into, offset, most);
            took(count);
            return count;
        }

        private void took(int count) {
            if (count < 0) {
                ended = true;
                whenEnded.run();
            } else {
                taken += count;
            }
        }

        @Override
        public void close() throws IOException {
            if (!ended && taken == length) {
                // Nothing is left to read, but the connection does not know yet.
                read();
            }
            whenEnded.run();
            if (!ended) {
                connection.discardEndpoint();
            }
        }
    }
}
