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
 * HTTP/1.1 that looks once a second for clients that send too slowly, and stops to receive from them. Tomcat then reads the
 * end of their input, and closes the connection. Tomcat makes this class by its name, so it and its constructor are public.
 */
public final class SlowRequestProtocol extends Http11NioProtocol {

    private static final Log log = LogFactory.getLog(SlowRequestProtocol.class);

    private @Nullable SlowRequests slow;
    private @Nullable ScheduledFuture<?> searches;

    /** Takes effect at the start. Without it, no request has a time limit of its own. */
    void limit(SlowRequests requests) {
        this.slow = requests;
    }

    @Override
    public void start() throws Exception {
        super.start();
        if (slow != null) {
            var requests = slow;
            searches = getUtilityExecutor().scheduleWithFixedDelay(() -> search(requests), 1, 1, TimeUnit.SECONDS);
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

    /** The executor ends a task that throws, without a word. */
    private void search(SlowRequests requests) {
        try {
            stopReceiving(requests);
        } catch (RuntimeException e) {
            log.error("Slow requests cannot be stopped for now", e);
        }
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
