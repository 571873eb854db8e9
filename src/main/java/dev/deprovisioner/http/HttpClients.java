package dev.deprovisioner.http;

import dev.deprovisioner.setting.InvalidSetting;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.stereotype.Component;

/**
 * Makes every HTTP client of this service. None follows a redirect, and all check the other's certificate and its name:
 * against the JDK's authorities, or by an SSL bundle against its own. All go through the proxy that is set.
 */
@Component
@EnableConfigurationProperties(HttpProperties.class)
public class HttpClients {

    private final SslBundles bundles;
    private final ProxyRoute route;

    HttpClients(SslBundles bundles, HttpProperties properties) {
        this.bundles = bundles;
        this.route = new ProxyRoute(properties);
    }

    /** Makes clients that ask every host directly. */
    public static HttpClients direct(SslBundles bundles) {
        return new HttpClients(bundles, new HttpProperties(null, List.of()));
    }

    /**
     * @param setting the property that names the bundle
     * @param bundle what it names, null or blank for the JDK's authorities and no certificate of our own
     * @param timeout bounds a whole exchange
     * @throws InvalidSetting if there is no such bundle, or if it cannot be used
     */
    public ClientHttpRequestFactory open(
            String setting, @Nullable String bundle, Duration connectTimeout, Duration timeout) {
        if (bundle == null || bundle.isBlank()) {
            return new PooledClient(null, route, connectTimeout, timeout).requests();
        }
        try {
            var current =
                    new AtomicReference<>(new PooledClient(bundles.getBundle(bundle), route, connectTimeout, timeout));
            bundles.addBundleUpdateHandler(
                    bundle,
                    it -> current.getAndSet(new PooledClient(it, route, connectTimeout, timeout))
                            .retire());
            return (uri, method) -> current.get().requests().createRequest(uri, method);
        } catch (NoSuchSslBundleException e) {
            throw new InvalidSetting(
                    "%s names the SSL bundle \"%s\", which does not exist.".formatted(setting, bundle),
                    "Define it below spring.ssl.bundle.pem or spring.ssl.bundle.jks, or name one that is: %s."
                            .formatted(bundles.getBundleNames()));
        } catch (IllegalStateException | IllegalArgumentException e) {
            throw new InvalidSetting(
                    "%s names the SSL bundle \"%s\", which cannot be used: %s."
                            .formatted(
                                    setting,
                                    bundle,
                                    NestedExceptionUtils.getMostSpecificCause(e).getMessage()),
                    "Correct it below spring.ssl.bundle; the service must be able to read its files.");
        }
    }
}
