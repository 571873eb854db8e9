package dev.deprovisioner.http;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.reactor.ssl.SSLBufferMode;
import org.apache.hc.core5.ssl.SSLContexts;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;

/** Agrees on TLS. The JDK checks the other side's name within the handshake, before anything is sent. */
final class TlsHandshake implements TlsSocketStrategy {

    private final TlsSocketStrategy strategy;

    /** @param bundle null for the JDK's authorities and no certificate of our own */
    TlsHandshake(@Nullable SslBundle bundle) {
        this.strategy = bundle == null
                ? new DefaultClientTlsStrategy(
                        SSLContexts.createSystemDefault(), HostnameVerificationPolicy.BUILTIN, null)
                : new DefaultClientTlsStrategy(
                        bundle.createSslContext(),
                        bundle.getOptions().getEnabledProtocols(),
                        bundle.getOptions().getCiphers(),
                        SSLBufferMode.STATIC,
                        HostnameVerificationPolicy.BUILTIN,
                        null);
    }

    @Override
    public SSLSocket upgrade(Socket socket, String target, int port, Object attachment, HttpContext context)
            throws IOException {
        try {
            return strategy.upgrade(socket, target, port, attachment, context);
        } catch (SocketException e) {
            throw socket.isClosed() ? e : brokenOff(e);
        }
    }

    /** A side that refuses a certificate may close the connection before its reason is read. */
    private static SSLHandshakeException brokenOff(SocketException e) {
        var refusal = new SSLHandshakeException(
                "the other side broke off the handshake: it may ask for another certificate of ours");
        refusal.addSuppressed(e);
        return refusal;
    }
}
