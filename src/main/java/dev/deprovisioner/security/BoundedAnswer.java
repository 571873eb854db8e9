package dev.deprovisioner.security;

import dev.deprovisioner.clock.MonotonicClock;
import dev.deprovisioner.database.CallerBulkhead;
import dev.deprovisioner.identifier.Caller;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import org.apache.catalina.connector.ClientAbortException;

/**
 * An answer that is kept until it is complete, or too large for that. Then it takes a place among the large ones, and has to
 * be read within a time. Without a place it is refused, and what is written to it is dropped.
 */
final class BoundedAnswer extends HttpServletResponseWrapper implements AutoCloseable {

    static final int SMALL = 16 * 1024;

    /** From the first byte. The connection may take as long again for the rest of one piece. */
    static final Duration LONGEST = Duration.ofSeconds(60);

    private static final int PIECE = 8 * 1024;

    private enum State {
        SMALL,
        LARGE,
        REFUSED,
        LATE
    }

    private final Caller caller;
    private final CallerBulkhead places;
    private final MonotonicClock clock;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final Output output = new Output();
    private State state = State.SMALL;
    private long began;

    BoundedAnswer(HttpServletResponse response, Caller caller, CallerBulkhead places, MonotonicClock clock) {
        super(response);
        this.caller = caller;
        this.places = places;
        this.clock = clock;
    }

    /** Whether there was no place for it; nothing of it was sent. */
    boolean isRefused() {
        return state == State.REFUSED;
    }

    /** @throws ClientAbortException if the caller did not read it in time, so that the connection is closed */
    void finish() throws IOException {
        if (state == State.LATE) {
            throw new ClientAbortException("Answer not read within " + LONGEST.toSeconds() + " s");
        }
        if (kept.size() > 0) {
            kept.writeTo(super.getOutputStream());
        }
    }

    @Override
    public void close() {
        if (state == State.LARGE || state == State.LATE) {
            places.giveBack(caller);
        }
    }

    @Override
    public ServletOutputStream getOutputStream() {
        return output;
    }

    /** Nothing is sent before it is clear whether there is a place for it. */
    @Override
    public void flushBuffer() throws IOException {
        if (state == State.LARGE) {
            super.flushBuffer();
        }
    }

    @Override
    public void resetBuffer() {
        super.resetBuffer();
        kept.reset();
    }

    @Override
    public void reset() {
        super.reset();
        kept.reset();
    }

    private void write(byte[] bytes, int from, int length) throws IOException {
        if (state == State.SMALL) {
            if (kept.size() + length <= SMALL) {
                kept.write(bytes, from, length);
                return;
            }
            begin();
        }
        send(bytes, from, length);
    }

    private void begin() throws IOException {
        state = hasPlace() ? State.LARGE : State.REFUSED;
        began = clock.nanos();
        send(kept.toByteArray(), 0, kept.size());
        kept.reset();
    }

    private boolean hasPlace() {
        try {
            return places.take(caller);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void send(byte[] bytes, int from, int length) throws IOException {
        for (int sent = 0; sent < length && state == State.LARGE; sent += PIECE) {
            if (clock.since(began).compareTo(LONGEST) > 0) {
                state = State.LATE;
            } else {
                super.getOutputStream().write(bytes, from + sent, Math.min(PIECE, length - sent));
            }
        }
    }

    private final class Output extends ServletOutputStream {

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            BoundedAnswer.this.write(bytes, from, length);
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new IllegalStateException("No answer is written asynchronously");
        }
    }
}
