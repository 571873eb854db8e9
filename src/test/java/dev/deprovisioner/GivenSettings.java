package dev.deprovisioner;

import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.SpringApplication;

/** Everything that the service needs to be set, and what a test adds to it. */
final class GivenSettings {

    private final Map<String, String> settings = new HashMap<>(Map.of(
            "deprovisioner.upstream.base-url", "https://api.example.com",
            "deprovisioner.upstream.token-uri", "https://login.example.com/oauth/token",
            "deprovisioner.upstream.client-id", "client",
            "deprovisioner.upstream.client-secret", "a-secret-value",
            "spring.security.oauth2.resourceserver.jwt.jwk-set-uri", "https://callers.example.com/jwks",
            "server.port", "0"));

    GivenSettings with(String name, String value) {
        settings.put(name, value);
        return this;
    }

    GivenSettings without(String name) {
        settings.remove(name);
        return this;
    }

    /** Starts the application with these as arguments, which outrank all others. If it does start, it ends at once. */
    void start(Class<?> application) {
        var arguments = settings.entrySet().stream()
                .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                .toArray(String[]::new);
        SpringApplication.run(application, arguments).close();
    }
}
