package dev.deprovisioner.http;

import java.time.Duration;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SchemePortResolver;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.HttpClientConnectionOperator;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.URIScheme;
import org.apache.hc.core5.http.config.RegistryBuilder;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;

/** Apache's client without everything that it does by itself: every request is on the wire once, as it was made. */
final class PooledClient {

    /** Callers bound the requests in flight; a request that waits for a connection would only lose time. */
    private static final int UNLIMITED = Integer.MAX_VALUE;

    /** Some networks forget idle connections without a word. */
    private static final Timeout LONGEST_IDLE = Timeout.ofSeconds(30);

    private final PoolingHttpClientConnectionManager pool;
    private final ClientHttpRequestFactory requests;

    /**
     * @param bundle null for the JDK's authorities and no certificate of our own
     * @param timeout bounds a whole exchange
     */
    PooledClient(@Nullable SslBundle bundle, ProxyRoute route, Duration connectTimeout, Duration timeout) {
        this.pool = new CheckedConnections()
                .setConnectionFactory(socket -> CheckedConnection.create())
                .setTlsSocketStrategy(new TlsHandshake(bundle))
                .setMaxConnPerRoute(UNLIMITED)
                .setMaxConnTotal(UNLIMITED)
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(connectTimeout))
                        .setSocketTimeout(Timeout.of(timeout))
                        // Before each reuse: a request that is lost on a dead connection may have had its effect.
                        .setValidateAfterInactivity(TimeValue.ZERO_MILLISECONDS)
                        .setIdleTimeout(LONGEST_IDLE)
                        .build())
                .build();
        this.requests = new HttpComponentsClientHttpRequestFactory(client(pool, route, timeout));
    }

    private static HttpClient client(PoolingHttpClientConnectionManager pool, ProxyRoute route, Duration timeout) {
        var deadline = new ExchangeDeadline(timeout);
        return HttpClientBuilder.create()
                .setConnectionManager(pool)
                .setRoutePlanner(route)
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .disableDefaultUserAgent()
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setAuthenticationEnabled(false)
                        .setProtocolUpgradeEnabled(false)
                        .build())
                .addExecInterceptorFirst("deadline", deadline)
                .addExecInterceptorBefore(ChainElement.MAIN_TRANSPORT.name(), "connected", ExchangeDeadline::connected)
                .build();
    }

    private static final class CheckedConnections extends PoolingHttpClientConnectionManagerBuilder {

        @Override
        protected HttpClientConnectionOperator createConnectionOperator(
                SchemePortResolver ports, DnsResolver names, TlsSocketStrategy tls) {
            return new DefaultHttpClientConnectionOperator(
                    proxy -> CheckedConnection.socket(),
                    ports,
                    names,
                    RegistryBuilder.<TlsSocketStrategy>create()
                            .register(URIScheme.HTTPS.id, tls)
                            .build());
        }
    }

    ClientHttpRequestFactory requests() {
        return requests;
    }

    /** Closes the idle connections; an exchange that is going on keeps its own. */
    void retire() {
        pool.closeIdle(TimeValue.ZERO_MILLISECONDS);
    }
}
