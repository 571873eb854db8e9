package dev.deprovisioner.hostile;

import dev.deprovisioner.hostile.HostileRequest.Framed;
import java.io.IOException;
import java.net.SocketTimeoutException;
import org.jspecify.annotations.Nullable;

/** One connection for many requests; opened again if the server has closed it. */
final class KeptConnection implements AutoCloseable {

    private final int port;
    private @Nullable RawConnection kept;

    KeptConnection(int port) {
        this.port = port;
    }

    Answer exchange(Framed request) throws IOException {
        boolean isNew = kept == null;
        try {
            return exchangeOnce(request);
        } catch (SocketTimeoutException e) {
            close();
            throw e;
        } catch (IOException e) {
            close();
            if (isNew) {
                throw e;
            }
            // The server may have closed it in the meantime, but not twice in a row.
            return exchangeOnce(request);
        }
    }

    private Answer exchangeOnce(Framed request) throws IOException {
        var connection = kept == null ? new RawConnection(port) : kept;
        kept = connection;
        var answer = connection.exchange(request.bytes(), request.isHead());
        if (answer.closes()) {
            close();
        }
        return answer;
    }

    @Override
    public void close() throws IOException {
        if (kept != null) {
            kept.close();
            kept = null;
        }
    }
}
