package dev.deprovisioner.security;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.juli.logging.Log;
import org.apache.juli.logging.LogFactory;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/1.1 that stops to receive from clients that send too slowly, once a second. Tomcat then finds the end of what they
 * send, and closes the connection. Tomcat makes it, by its name, so it and its constructor are public.
 */
public final class SlowRequestProtocol extends Http11NioProtocol {

    private static final Log log = LogFactory.getLog(SlowRequestProtocol.class);

    private @Nullable SlowRequests slow;
    private @Nullable ScheduledFuture<?> searches;

    /** Before it starts; without, all clients have the time that they like. */
    void find(SlowRequests requests) {
        this.slow = requests;
    }

    @Override
    public void start() throws Exception {
        super.start();
        if (slow != null) {
            var requests = slow;
            searches =
                    getUtilityExecutor().scheduleWithFixedDelay(() -> stopReceiving(requests), 1, 1, TimeUnit.SECONDS);
        }
    }

    @Override
    public void stop() throws Exception {
        if (searches != null) {
            searches.cancel(false);
        }
        super.stop();
    }

    @Override
    protected Log getLog() {
        return log;
    }

    private void stopReceiving(SlowRequests requests) {
        Map<String, SocketWrapperBase<NioChannel>> open = new HashMap<>();
        for (var connection : getEndpoint().getConnections()) {
            open.put(connection.getServletConnection("http/1.1", "").getConnectionId(), connection);
        }
        open.keySet().retainAll(requests.find(open.keySet(), getMaxConnections()));
        open.values().forEach(SlowRequestProtocol::stopReceiving);
    }

    private static void stopReceiving(SocketWrapperBase<NioChannel> connection) {
        SocketChannel channel = connection.getSocket().getIOChannel();
        // Tomcat gives the channel's place to another connection, but not before this one is closed.
        if (channel == null || connection.isClosed()) {
            return;
        }
        try {
            channel.shutdownInput();
        } catch (IOException e) {
            log.debug("The client has closed its connection", e);
        }
    }
}
