package dev.deprovisioner.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoders;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.SupplierJwtDecoder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The realm of these tests: its groups over SCIM are the provider's, and it issues the tokens of both sides. The client
 * {@code sees-all} has the realm role {@code manage-users}. The clients {@code sees-some} and {@code sees-strangers} manage
 * every group by fine-grained permissions, and view only the members that a test lets them view; the second one may also
 * search users.
 */
final class Realm {

    private static final Path DESCRIPTION = Path.of("src/test/resources/interop/realm.json");
    private static final String NAME = "/interop";

    private static final class Shared {

        static final Realm REALM = create(Keycloak.shared());
    }

    private final Keycloak keycloak;
    private final AdminApi admin;
    private final JwtDecoder decoder;

    private Realm(Keycloak keycloak) {
        this.keycloak = keycloak;
        this.admin = new AdminApi(keycloak);
        this.decoder = new SupplierJwtDecoder(() -> JwtDecoders.fromIssuerLocation(issuer().toString()));
    }

    /** Created when a test first needs it. */
    static Realm shared() {
        return Shared.REALM;
    }

    private static Realm create(Keycloak keycloak) {
        var realm = new Realm(keycloak);
        try {
            realm.admin.post(
                    "",
                    Files.readString(DESCRIPTION).replace("@scim@", realm.scim().toString()));
            return realm;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI issuer() {
        return keycloak.uri().resolve("/realms" + NAME);
    }

    /** Where SCIM begins. Keycloak accepts no token without this as an audience. */
    URI scim() {
        return URI.create(issuer() + "/scim/v2");
    }

    URI tokenUri() {
        return URI.create(issuer() + "/protocol/openid-connect/token");
    }

    /** A token of the caller {@code portal} for the service. */
    String callerToken(String... scopes) {
        return token("portal", "&scope=" + String.join("+", scopes));
    }

    private String token(String clientId, String more) {
        var form = "grant_type=client_credentials&client_id=" + clientId + "&client_secret=" + clientId + "-secret";
        return Http.postForm(tokenUri(), form + more).get("access_token").asString();
    }

    /** What Keycloak answers to this client of its SCIM API. */
    JsonNode readOverScim(String clientId, String path) {
        var request = Http.request(URI.create(scim() + path));
        return Http.json(Http.sendSuccessfully(request.header("Authorization", "Bearer " + token(clientId, ""))));
    }

    /** Whether a provider over SCIM accepts this token: issued by the realm for its SCIM API, and not expired. */
    boolean accepts(String token) {
        try {
            var audience = decoder.decode(token).getAudience();
            return audience != null && audience.contains(scim().toString());
        } catch (JwtException e) {
            return false;
        }
    }

    /** Creates a group of these users and returns its id. */
    String createGroup(String name, String... usernames) {
        return filled(admin.create(NAME + "/groups", Map.of("name", name)), usernames);
    }

    /** The same below another group. */
    String createSubGroup(String parent, String name, String... usernames) {
        return filled(admin.create(NAME + "/groups/" + parent + "/children", Map.of("name", name)), usernames);
    }

    private String filled(String group, String... usernames) {
        for (var username : usernames) {
            admin.put(NAME + "/users/" + userId(username) + "/groups/" + group);
        }
        return group;
    }

    /** Creates a group with this many new users. */
    String createLargeGroup(String name, int members) {
        var group = createGroup(name);
        var users = IntStream.range(0, members)
                .mapToObj(i -> Map.of("username", name + "-" + i, "enabled", true, "groups", List.of("/" + name)))
                .toList();
        admin.post(NAME + "/partialImport", JsonMapper.shared().writeValueAsString(Map.of("users", users)));
        return group;
    }

    /** Lets the restricted clients view the members of this group. */
    void letSeeMembersOf(String group) {
        permit("Groups", group, "view-members");
    }

    /** Lets the restricted clients view this user, in every list of users as well. */
    void letSeeUser(String username) {
        permit("Users", userId(username), "view");
    }

    private void permit(String type, String resource, String scope) {
        var permissions = NAME + "/clients/" + idOf(admin.get(NAME + "/clients?clientId=admin-permissions"))
                + "/authz/resource-server";
        var permission = new HashMap<String, Object>();
        permission.put("name", scope + " " + resource);
        permission.put("resourceType", type);
        permission.put("resources", List.of(resource));
        permission.put("scopes", List.of(scope));
        permission.put(
                "policies", List.of(idOf(admin.get(permissions + "/policy?name=manages+groups&permission=false"))));
        admin.post(permissions + "/permission/scope", JsonMapper.shared().writeValueAsString(permission));
    }

    boolean hasGroup(String group) {
        return admin.statusOf(NAME + "/groups/" + group) == 200;
    }

    List<String> membersOf(String group) {
        return admin.get(NAME + "/groups/" + group + "/members").values().stream()
                .map(user -> user.get("username").asString())
                .toList();
    }

    /** The names of the groups that this user is a member of. */
    List<String> groupsOf(String username) {
        return admin.get(NAME + "/users/" + userId(username) + "/groups").values().stream()
                .map(group -> group.get("name").asString())
                .toList();
    }

    /** The changes of this group over SCIM that Keycloak recorded, in their order, such as UPDATE and DELETE. */
    List<String> changesOverScim(String group) {
        var events = admin.get(NAME + "/admin-events?resourcePath=scim/v2/Groups/" + group);
        return events.values().stream()
                .map(event -> event.get("operationType").asString())
                .toList()
                .reversed();
    }

    private String userId(String username) {
        return idOf(admin.get(NAME + "/users?exact=true&username=" + username));
    }

    private static String idOf(JsonNode list) {
        return list.get(0).get("id").asString();
    }
}
