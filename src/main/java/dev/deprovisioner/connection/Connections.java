package dev.deprovisioner.connection;

import dev.deprovisioner.problem.InvalidSetting;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.HttpCookieHandling;
import org.springframework.boot.http.client.HttpRedirects;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.stereotype.Component;

/**
 * Makes every HTTP client of this service. None follows a redirect, and all check the other's certificate and its name:
 * against the JDK's authorities, or by an SSL bundle against its own.
 */
@Component
public class Connections {

    private final SslBundles bundles;

    public Connections(SslBundles bundles) {
        this.bundles = bundles;
        // Else the JDK repeats a GET by itself when a kept connection breaks: uncounted, and outside the rate limit.
        System.setProperty("jdk.httpclient.redirects.retrylimit", "1");
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
            return requests(null, connectTimeout, timeout);
        }
        try {
            var current = new AtomicReference<>(requests(bundles.getBundle(bundle), connectTimeout, timeout));
            bundles.addBundleUpdateHandler(bundle, it -> current.set(requests(it, connectTimeout, timeout)));
            return (uri, method) -> current.get().createRequest(uri, method);
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

    private static ClientHttpRequestFactory requests(
            @Nullable SslBundle bundle, Duration connectTimeout, Duration timeout) {
        return ClientHttpRequestFactoryBuilder.jdk()
                // The JDK's HTTP/2 fails a request above the server's stream limit instead of letting it wait.
                .withHttpClientCustomizer(client -> client.version(HttpClient.Version.HTTP_1_1))
                .withExecutor(Executors.newVirtualThreadPerTaskExecutor())
                .withCustomizer(requests -> requests.enableCompression(false))
                .build(HttpClientSettings.defaults()
                        .withRedirects(HttpRedirects.DONT_FOLLOW)
                        .withCookieHandling(HttpCookieHandling.DISABLE)
                        .withTimeouts(connectTimeout, timeout)
                        .withSslBundle(bundle));
    }
}
