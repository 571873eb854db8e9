package dev.deprovisioner.testbed;

import static dev.deprovisioner.testbed.ScimClient.REMOVE_ALL;
import static dev.deprovisioner.testbed.ScimClient.etag;
import static dev.deprovisioner.testbed.ScimClient.removal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.testbed.ScimServer.Holding;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScimServerTest {

    private final ScimServer server = ScimServer.start("good"::equals);
    private final ScimClient client = new ScimClient(server.baseUri(), "good");
    private final String id = server.createGroup("Sales", List.of("ann", "bob"));

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void answersAReadWithTheGroupAndItsVersion() {
        var read = client.read(id);

        assertThat(read.statusCode()).isEqualTo(200);
        assertThat(read.body()).contains("\"displayName\":\"Sales\"", "\"value\":\"ann\"", "\"value\":\"bob\"");
        assertThat(read.body()).contains("\"location\":\"" + server.baseUri() + "/api/v2/scim/groups/" + id + "\"");
        assertThat(etag(read)).startsWith("W/");
    }

    @Test
    void removesAllMembersOnceAndThenFindsNoTarget() {
        String before = etag(client.read(id));

        var first = client.patch(id, REMOVE_ALL, before);
        var second = client.patch(id, REMOVE_ALL, etag(first));

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(second.statusCode()).isEqualTo(400);
        assertThat(second.body()).contains("\"scimType\":\"noTarget\"");
        assertThat(server.membersOf(id)).isEmpty();
        assertThat(etag(client.read(id))).isEqualTo(etag(first)).isNotEqualTo(before);
    }

    @Test
    void removesOneMemberByItsId() {
        assertThat(client.patch(id, removal("members[value eq \"ann\"]")).statusCode())
                .isEqualTo(200);
        assertThat(server.membersOf(id)).containsExactly("bob");
    }

    @Test
    void refusesAWriteWithAStaleVersion() {
        String stale = etag(client.read(id));
        client.patch(id, removal("members[value eq \"ann\"]"));

        assertThat(client.patch(id, REMOVE_ALL, stale).statusCode()).isEqualTo(412);
        assertThat(server.membersOf(id)).containsExactly("bob");
    }

    @Test
    void deletesAGroupOnce() {
        assertThat(client.delete(id).statusCode()).isEqualTo(204);
        assertThat(client.delete(id).statusCode()).isEqualTo(404);
        assertThat(client.read(id).statusCode()).isEqualTo(404);
        assertThat(server.statusOf(id)).isEqualTo(404);
    }

    @Test
    void saysInTheFormOfScimThatThereIsNoGroup() {
        var read = client.read("no-such-group");

        assertThat(read.statusCode()).isEqualTo(404);
        assertThat(read.body())
                .contains("urn:ietf:params:scim:api:messages:2.0:Error")
                .containsPattern("\"status\":\"?404\"?");
    }

    @Test
    void answersAReadOfTheCollectionWithAPageOfIt() {
        var page = client.get("/api/v2/scim/groups?count=1");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains("urn:ietf:params:scim:api:messages:2.0:ListResponse", "\"totalResults\":1", id);
    }

    @Test
    void saysWhatItHoldsAfterEachWrite() {
        var holdings = new CopyOnWriteArrayList<Holding>();
        server.onWrite(holdings::add);

        server.addMember(id, "eve");
        client.patch(id, REMOVE_ALL);
        client.delete(id);

        assertThat(holdings)
                .containsExactly(
                        new Holding(id, true, Set.of("ann", "bob", "eve")),
                        new Holding(id, true, Set.of()),
                        new Holding(id, false, Set.of()));
    }

    @Test
    void answersRoutingProfiles() {
        server.routingProfile("bob", 404, "{}");

        var ann = client.get("/api/v2/users/ann/routing/profile");

        assertThat(ann.statusCode()).isEqualTo(200);
        assertThat(ann.body()).isEqualTo("{\"id\":\"profile-ann\",\"name\":\"Default\",\"state\":\"active\"}");
        assertThat(client.get("/api/v2/users/bob/routing/profile").statusCode()).isEqualTo(404);
    }

    @Test
    void refusesRequestsWithoutAGoodToken() {
        assertThat(new ScimClient(server.baseUri(), "").read(id).statusCode()).isEqualTo(401);
        assertThat(new ScimClient(server.baseUri(), "bad").delete(id).statusCode())
                .isEqualTo(401);
        assertThat(server.statusOf(id)).isEqualTo(200);
    }
}
