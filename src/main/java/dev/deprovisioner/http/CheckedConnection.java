package dev.deprovisioner.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hc.client5.http.impl.io.DefaultManagedHttpClientConnection;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;

/** A connection that is not used again once it has said more than the answers that it was asked for. */
final class CheckedConnection extends DefaultManagedHttpClientConnection {

    private static final AtomicLong COUNT = new AtomicLong();
    private static final Http1Config BOUNDS = Http1Config.custom()
            .setMaxLineLength(StrictResponseParser.LONGEST_LINE)
            .build();

    private final StrictResponseParser parser;

    private CheckedConnection(StrictResponseParser parser) {
        super("connection-" + COUNT.incrementAndGet(), null, null, BOUNDS, null, null, null, bounds -> parser);
        this.parser = parser;
    }

    /** Its connections have channels, which can be asked without a wait. */
    static Socket socket() throws IOException {
        return SocketChannel.open().socket();
    }

    /** Over a socket of {@link #socket}. */
    static CheckedConnection create() {
        return new CheckedConnection(new StrictResponseParser());
    }

    /** The pool asks when the connection comes back. */
    @Override
    public boolean isConsistent() {
        return super.isConsistent() && parser.isInStep();
    }

    /**
     * The pool asks before the connection is used again. Bytes that have come meanwhile, or the end of the connection, are
     * no answer to the next request. Apache's own check waits 1 ms for them, each time.
     */
    @Override
    public boolean isStale() throws IOException {
        return !isOpen()
                || !parser.isInStep()
                || hasInput(getSocketHolder().getBaseSocket().getChannel());
    }

    private static boolean hasInput(SocketChannel channel) throws IOException {
        channel.configureBlocking(false);
        try {
            return channel.read(ByteBuffer.allocate(1)) != 0;
        } finally {
            channel.configureBlocking(true);
        }
    }

    /** A body without a usable length fails when it is read, so that the status stays known. */
    @Override
    public void receiveResponseEntity(ClassicHttpResponse answer) throws HttpException, IOException {
        var damage = parser.damage();
        if (damage == null) {
            try {
                super.receiveResponseEntity(answer);
                return;
            } catch (HttpException e) {
                damage = new UnreadableBodyException("an answer whose body has no usable length", e);
            }
        }
        answer.setEntity(new InputStreamEntity(new Unreadable(damage), null));
    }

    private static final class Unreadable extends InputStream {

        private final IOException reason;

        Unreadable(IOException reason) {
            this.reason = reason;
        }

        @Override
        public int read() throws IOException {
            throw reason;
        }

        @Override
        public int read(byte[] into, int offset, int most) throws IOException {
            throw reason;
        }
    }
}
