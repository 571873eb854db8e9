package dev.deprovisioner.http;

import java.net.URI;
import org.apache.hc.client5.http.impl.DefaultSchemePortResolver;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/** Leads requests through the proxy that is set, except to the hosts that are asked directly. */
final class ProxyRoute extends DefaultRoutePlanner {

    private final HttpProperties properties;

    ProxyRoute(HttpProperties properties) {
        super(DefaultSchemePortResolver.INSTANCE);
        this.properties = properties;
    }

    @Override
    protected @Nullable HttpHost determineProxy(HttpHost target, HttpContext context) {
        URI proxy = properties.proxy();
        return proxy == null || properties.isDirect(target.getHostName())
                ? null
                : new HttpHost(proxy.getScheme(), proxy.getHost(), proxy.getPort());
    }
}
