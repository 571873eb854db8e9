package dev.deprovisioner.testbed;

import de.captaingoldfish.scim.sdk.common.resources.Group;
import de.captaingoldfish.scim.sdk.common.resources.multicomplex.Member;
import de.captaingoldfish.scim.sdk.common.utils.JsonHelper;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;

/** What a test does to a {@link ScimServer} over SCIM, past its journal. */
class ScimAdmin {

    private final URI groups;
    private final String token;

    ScimAdmin(URI groups, String token) {
        this.groups = groups;
        this.token = token;
    }

    String create(String displayName, List<String> memberIds) {
        List<Member> members = memberIds.stream()
                .map(id -> Member.builder().value(id).type("User").build())
                .toList();
        Group group = Group.builder().displayName(displayName).members(members).build();
        var request = HttpRequest.newBuilder(groups).POST(BodyPublishers.ofString(group.toString()));
        HttpResponse<String> response = send(request.header("Content-Type", "application/scim+json"));
        if (response.statusCode() != 201) {
            throw new IllegalStateException("No group was created: " + response.body());
        }
        return group(response).getId().orElseThrow();
    }

    void add(String groupId, String memberId) {
        var body = """
                {"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
                 "Operations":[{"op":"add","path":"members","value":[{"value":"%s","type":"User"}]}]}""".formatted(memberId);
        send(HttpRequest.newBuilder(URI.create(groups + "/" + groupId))
                .header("Content-Type", "application/scim+json")
                .method("PATCH", BodyPublishers.ofString(body)));
    }

    HttpResponse<String> read(String groupId) {
        return send(HttpRequest.newBuilder(URI.create(groups + "/" + groupId)));
    }

    List<String> members(String groupId) {
        return group(read(groupId)).getMembers().stream()
                .map(member -> member.getValue().orElseThrow())
                .toList();
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        return Loopback.send(request.header("Authorization", "Bearer " + token));
    }

    private static Group group(HttpResponse<String> response) {
        return JsonHelper.readJsonDocument(response.body(), Group.class);
    }
}
