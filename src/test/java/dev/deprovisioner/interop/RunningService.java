package dev.deprovisioner.interop;

import dev.deprovisioner.Portal;
import dev.deprovisioner.ServiceProcess;
import dev.deprovisioner.testbed.Ports;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The packaged service for a provider over SCIM, with a caller. Both take their tokens from the realm. */
record RunningService(ServiceProcess process, Portal portal) implements AutoCloseable {

    /** The preset {@code scim}, with what each installation sets itself. */
    static Map<String, String> settings(Realm realm, String clientId) {
        var settings = new HashMap<String, String>();
        settings.put("spring.profiles.active", "scim");
        settings.put("deprovisioner.upstream.base-url", realm.scim().toString());
        settings.put("deprovisioner.upstream.token-uri", realm.tokenUri().toString());
        settings.put("deprovisioner.upstream.client-id", clientId);
        settings.put("deprovisioner.upstream.client-secret", clientId + "-secret");
        settings.put(
                "spring.security.oauth2.resourceserver.jwt.issuer-uri",
                realm.issuer().toString());
        return settings;
    }

    /** Starts it in an empty directory, which gets its database. */
    static RunningService start(Path directory, Realm realm, Map<String, String> settings) {
        int port = Ports.free();
        var process = ServiceProcess.start(directory, settings, port, Ports.free());
        try {
            process.awaitReady();
            var token = realm.callerToken("deprovision:read", "deprovision:write", "audit:read");
            return new RunningService(process, new Portal(port, token));
        } catch (RuntimeException e) {
            process.close();
            throw e;
        }
    }

    /** Runs a group to the end of the run. */
    JsonNode run(String group) {
        return Portal.json(portal.postAndWait(group, null));
    }

    /** The outcome of a run; the whole run if it has none, for the message of an assertion. */
    static String outcome(JsonNode run) {
        return run.path("outcome").asString(run.toString());
    }

    /** How many requests each step of a run sent, besides those for tokens. */
    static List<Integer> requests(JsonNode run) {
        return run.get("steps").values().stream()
                .map(step -> step.get("requests").asInt())
                .toList();
    }

    @Override
    public void close() {
        process.close();
    }
}
