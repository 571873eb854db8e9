package dev.deprovisioner.scim;

import static dev.deprovisioner.scim.ScimProperties.MemberRemovalStyle.ALL;
import static dev.deprovisioner.scim.ScimProperties.MemberRemovalStyle.FILTERED;
import static dev.deprovisioner.scim.ScimProperties.MemberRemovalStyle.VALUES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import de.captaingoldfish.scim.sdk.common.constants.enums.Comparator;
import de.captaingoldfish.scim.sdk.common.constants.enums.PatchOp;
import de.captaingoldfish.scim.sdk.common.request.PatchOpRequest;
import de.captaingoldfish.scim.sdk.common.request.PatchRequestOperation;
import de.captaingoldfish.scim.sdk.common.resources.ServiceProvider;
import de.captaingoldfish.scim.sdk.common.utils.JsonHelper;
import de.captaingoldfish.scim.sdk.server.endpoints.ResourceEndpoint;
import de.captaingoldfish.scim.sdk.server.endpoints.base.GroupEndpointDefinition;
import de.captaingoldfish.scim.sdk.server.filter.AttributeExpressionLeaf;
import de.captaingoldfish.scim.sdk.server.schemas.ResourceType;
import de.captaingoldfish.scim.sdk.server.utils.RequestUtils;
import dev.deprovisioner.identifier.MemberId;
import dev.deprovisioner.scim.ScimProperties.MemberRemovalStyle;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** The PATCH bodies, byte by byte; and over random groups, every member exactly once. */
@Tag("slow")
class RemovalMatrixTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final ResourceType GROUP =
            new ResourceEndpoint(new ServiceProvider()).registerEndpoint(new GroupEndpointDefinition(mock()));

    private static List<MemberId> members(String... ids) {
        return Stream.of(ids).map(MemberId::new).toList();
    }

    @Test
    void removesAllMembersWithTheOneDocumentedOperation() {
        var removals = RemovalMatrix.of(ALL, members("bob", "ann"), 1);

        assertThat(removals)
                .containsExactly(new MemberRemoval(
                        members("ann", "bob"),
                        false,
                        false,
                        "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:PatchOp\"],"
                                + "\"Operations\":[{\"op\":\"remove\",\"path\":\"members\"}]}"));
    }

    @Test
    void namesSeveralMembersInOneRequest() {
        assertThat(RemovalMatrix.of(FILTERED, members("bob", "ann", "cem"), 2))
                .extracting(MemberRemoval::body)
                .containsExactly(
                        "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:PatchOp\"],\"Operations\":["
                                + "{\"op\":\"remove\",\"path\":\"members[value eq \\\"ann\\\"]\"},"
                                + "{\"op\":\"remove\",\"path\":\"members[value eq \\\"bob\\\"]\"}]}",
                        "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:PatchOp\"],\"Operations\":["
                                + "{\"op\":\"remove\",\"path\":\"members[value eq \\\"cem\\\"]\"}]}");
    }

    @Test
    void listsMembersAsTheValuesOfOneOperation() {
        assertThat(RemovalMatrix.of(VALUES, members("bob", "a\"n\\n", "cem"), 2))
                .containsExactly(
                        new MemberRemoval(
                                members("a\"n\\n", "bob"),
                                true,
                                false,
                                "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:PatchOp\"],\"Operations\":["
                                        + "{\"op\":\"remove\",\"path\":\"members\",\"value\":["
                                        + "{\"value\":\"a\\\"n\\\\n\"},{\"value\":\"bob\"}]}]}"),
                        new MemberRemoval(
                                members("cem"),
                                true,
                                false,
                                "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:PatchOp\"],\"Operations\":["
                                        + "{\"op\":\"remove\",\"path\":\"members\",\"value\":[{\"value\":\"cem\"}]}]}"));
    }

    @ParameterizedTest
    @EnumSource(MemberRemovalStyle.class)
    void sendsNothingForAnEmptyGroup(MemberRemovalStyle style) {
        assertThat(RemovalMatrix.of(style, List.of(), 100)).isEmpty();
    }

    @Test
    void neverTurnsNamesIntoValuesByItself() {
        assertThat(ALL.naming()).isEqualTo(FILTERED);
        assertThat(FILTERED.naming()).isEqualTo(FILTERED);
        assertThat(VALUES.naming()).isEqualTo(VALUES);
    }

    @Test
    void keepsAnIdFromEndingItsFilter() {
        var removal = RemovalMatrix.of(FILTERED, members("a\"] or members[value pr"), 1)
                .getFirst();

        assertThat(named(removal))
                .containsExactly(members("a\"] or members[value pr").getFirst());
        assertThat(removal.body()).contains("members[value eq \\\"a\\\\\\\"] or members[value pr\\\"]");
    }

    @Test
    void filtersAsAnotherImplementationReadsThem() {
        var id = "6f1e0c1a-7c1b-4b7e-9d52-1a2b3c4d5e6f";
        var removal = RemovalMatrix.of(FILTERED, members(id), 1).getFirst();

        var path = parsed(removal).getOperations().getFirst().getPath().orElseThrow();
        var filter = (AttributeExpressionLeaf)
                RequestUtils.parsePatchPath(GROUP, path).getChild();

        assertThat(filter.getFullName()).isEqualTo("members.value");
        assertThat(filter.getComparator()).isEqualTo(Comparator.EQ);
        assertThat(filter.getValue()).isEqualTo(id);
    }

    /** Some providers take no more than one operation with one member. */
    @ParameterizedTest
    @EnumSource(names = {"FILTERED", "VALUES"})
    void hasOneOperationWithOneMemberInBatchesOfOne(MemberRemovalStyle style) {
        assertThat(RemovalMatrix.of(style, members("ann", "bob", "cem"), 1))
                .hasSize(3)
                .allSatisfy(
                        removal -> assertThat(parsed(removal).getOperations()).hasSize(1))
                .extracting(RemovalMatrixTest::named)
                .containsExactly(members("ann"), members("bob"), members("cem"));
    }

    @ParameterizedTest
    @MethodSource("groups")
    void coversEveryMemberExactlyOnceInBatchesThatTheProviderTakes(MemberRemovalStyle style, long seed) {
        var random = new Random(seed);
        var group = group(random);
        int batchSize = 1 + random.nextInt(120);

        var matrix = RemovalMatrix.of(style, group, batchSize);

        assertThat(matrix.stream().flatMap(removal -> removal.members().stream()))
                .containsExactlyInAnyOrderElementsOf(group);
        assertThat(matrix.size()).isEqualTo(style == ALL ? 1 : Math.ceilDiv(group.size(), batchSize));
        assertThat(matrix).allSatisfy(removal -> {
            assertThat(removal.members()).hasSizeBetween(1, style == ALL ? group.size() : batchSize);
            assertThat(named(removal)).isEqualTo(style == ALL ? List.of() : removal.members());
        });
    }

    @ParameterizedTest
    @MethodSource("groups")
    void continuesWhereAnotherProcessHasStopped(MemberRemovalStyle style, long seed) {
        var random = new Random(seed);
        var group = group(random);
        int batchSize = 1 + random.nextInt(120);
        var matrix = RemovalMatrix.of(style, group, batchSize);
        int sent = random.nextInt(matrix.size());

        var left = new ArrayList<>(group);
        matrix.subList(0, sent).forEach(removal -> left.removeAll(new HashSet<>(removal.members())));
        Collections.shuffle(left, random);

        assertThat(RemovalMatrix.of(style, left, batchSize)).isEqualTo(matrix.subList(sent, matrix.size()));
    }

    static Stream<Arguments> groups() {
        return Stream.of(MemberRemovalStyle.values())
                .flatMap(style -> IntStream.range(0, 100).mapToObj(seed -> Arguments.of(style, seed)));
    }

    private static List<MemberId> group(Random random) {
        var ids = new HashSet<MemberId>();
        int size = 1 + random.nextInt(600);
        while (ids.size() < size) {
            ids.add(new MemberId(id(random)));
        }
        var group = new ArrayList<>(ids);
        Collections.shuffle(group, random);
        return group;
    }

    /** Letters and digits, and what means something in JSON or in a filter. */
    private static String id(Random random) {
        var characters = "abcXYZ019-_.:@ \"\\[](){}'%&+=/\u00e9\u4e2d";
        var id = new StringBuilder("m");
        random.ints(1 + random.nextInt(12), 0, characters.length()).forEach(at -> id.append(characters.charAt(at)));
        return id.append('m').toString();
    }

    /** As another implementation of SCIM reads it. */
    private static PatchOpRequest parsed(MemberRemoval removal) {
        return JsonHelper.readJsonDocument(removal.body(), PatchOpRequest.class);
    }

    /** The members that a provider reads in the filters and the values. */
    private static List<MemberId> named(MemberRemoval removal) {
        return parsed(removal).getOperations().stream()
                .peek(operation -> assertThat(operation.getOp()).isEqualTo(PatchOp.REMOVE))
                .flatMap(operation -> Stream.concat(filtered(operation), values(operation)))
                .map(MemberId::new)
                .toList();
    }

    /** The compared value is a JSON string. */
    private static Stream<String> filtered(PatchRequestOperation operation) {
        var path = operation.getPath().orElseThrow();
        if (path.equals("members")) {
            return Stream.empty();
        }
        assertThat(path).startsWith("members[value eq \"").endsWith("\"]");
        return Stream.of(JSON.readValue(path.substring("members[value eq ".length(), path.length() - 1), String.class));
    }

    private static Stream<String> values(PatchRequestOperation operation) {
        return operation.getValues().stream()
                .map(value -> JsonHelper.readJsonDocument(value).get("value").asText());
    }
}
