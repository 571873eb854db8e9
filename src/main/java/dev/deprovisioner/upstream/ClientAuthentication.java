package dev.deprovisioner.upstream;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How the token endpoint gets the client's id and secret, by the names of OpenID Connect Core, section 9. */
enum ClientAuthentication {
    /** By HTTP Basic, id and secret form-encoded before that (RFC 6749, section 2.3.1). */
    CLIENT_SECRET_BASIC,
    /** By HTTP Basic, id and secret as they are: for servers that do not form-decode them. */
    CLIENT_SECRET_BASIC_RAW,
    /** In the form of the request. */
    CLIENT_SECRET_POST;

    /** The first colon of the header ends the id (RFC 7617, section 2). */
    boolean canSend(@Nullable String clientId) {
        return this != CLIENT_SECRET_BASIC_RAW || clientId == null || !clientId.contains(":");
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
