package dev.deprovisioner.security;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;
import java.text.ParseException;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Parses the key set of an issuer (RFC 7517). A key that cannot be read is skipped; the others stay good. */
final class KeySet {

    private static final Logger log = LoggerFactory.getLogger(KeySet.class);

    private KeySet() {}

    /** @throws IOException if this is no key set, or if none of its keys can be read */
    static JWKSet parse(String json) throws IOException {
        var members = members(json);
        var keys = new ArrayList<JWK>();
        for (var member : members) {
            var key = key(member);
            if (key != null) {
                keys.add(key);
            }
        }
        if (keys.isEmpty() && !members.isEmpty()) {
            throw new IOException("no key of the key set can be read");
        }
        if (keys.size() < members.size()) {
            log.warn(
                    "Keys of the callers' issuer skipped: {} of {} unreadable",
                    members.size() - keys.size(),
                    members.size());
        }
        return new JWKSet(keys);
    }

    private static JsonNode members(String json) throws IOException {
        try {
            var members = JsonMapper.shared().readTree(json).path("keys");
            if (members.isArray()) {
                return members;
            }
        } catch (JacksonException e) {
            throw new IOException("the answer is not JSON", e);
        }
        throw new IOException("the answer is no key set");
    }

    private static @Nullable JWK key(JsonNode member) {
        try {
            return member.isObject() ? JWK.parse(member.toString()) : null;
        } catch (ParseException | IllegalArgumentException | IllegalStateException e) {
            log.debug("A key of the callers' issuer cannot be read", e);
            return null;
        }
    }
}
