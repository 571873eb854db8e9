package dev.deprovisioner.http;

import dev.deprovisioner.setting.InvalidSetting;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The way of this service's requests to the provider, its token endpoint, the callers' issuer and the webhook's receiver.
 *
 * @param proxy The proxy of all these requests, such as http://proxy.example.com:3128, without user and password. https
 *     goes through it by CONNECT and stays encrypted from end to end. None unless set; the JVM's proxy properties are
 *     not used.
 * @param noProxy The hosts that are asked directly all the same: a name or an address, or a domain that begins with a
 *     dot, such as .svc.cluster.local.
 */
@ConfigurationProperties("deprovisioner.http")
record HttpProperties(@Nullable URI proxy, @DefaultValue List<String> noProxy) {

    private static final int LARGEST_PORT = 65_535;

    HttpProperties {
        proxy = proxy == null || proxy.toString().isBlank() ? null : proxy;
        noProxy = noProxy.stream()
                .map(host -> host.strip().toLowerCase(Locale.ROOT))
                .filter(host -> !host.isEmpty())
                .toList();
        if (proxy != null) {
            requireProxy(proxy);
        }
    }

    private static void requireProxy(URI proxy) {
        if (String.valueOf(proxy.getRawAuthority()).contains("@")) {
            throw new InvalidSetting(
                    "deprovisioner.http.proxy has a user or a password, which this service does not send to a proxy.",
                    "Remove what stands before the @, and let the proxy know the service by its address.");
        }
        if (!"http".equalsIgnoreCase(proxy.getScheme())
                || proxy.getHost() == null
                || proxy.getPort() < 1
                || proxy.getPort() > LARGEST_PORT
                || !List.of("", "/").contains(proxy.getRawPath())
                || proxy.getRawQuery() != null) {
            throw new InvalidSetting(
                    "deprovisioner.http.proxy must be http://, a host and a port.",
                    "Set it to, for example, http://proxy.example.com:3128.");
        }
    }

    /** Whether requests to this host go to it directly. */
    boolean isDirect(String host) {
        var name = host.toLowerCase(Locale.ROOT);
        return noProxy.stream().anyMatch(each -> each.startsWith(".") ? name.endsWith(each) : name.equals(each));
    }

    @Override
    public String toString() {
        return "HttpProperties[proxy=" + (proxy == null ? "none" : proxy.getHost() + ":" + proxy.getPort()) + "]";
    }
}
