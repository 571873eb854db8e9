package dev.deprovisioner.scim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.identifier.MemberId;
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
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The PATCH bodies, byte by byte; and over random groups, every member exactly once. */
@Tag("slow")
class RemovalMatrixTest {

    private static final JsonMapper JSON = new JsonMapper();

    private static List<MemberId> members(String... ids) {
        return Stream.of(ids).map(MemberId::new).toList();
    }

    @Test
    void removesAllMembersWithTheOneDocumentedOperation() {
        var removals = RemovalMatrix.all(members("bob", "ann"));

        assertThat(removals)
                .containsExactly(new MemberRemoval(
                        members("ann", "bob"),
                        false,
                        "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:PatchOp\"],"
                                + "\"Operations\":[{\"op\":\"remove\",\"path\":\"members\"}]}"));
    }

    @Test
    void namesSeveralMembersInOneRequest() {
        assertThat(RemovalMatrix.filtered(members("bob", "ann", "cem"), 2))
                .extracting(MemberRemoval::body)
                .containsExactly(
                        "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:PatchOp\"],\"Operations\":["
                                + "{\"op\":\"remove\",\"path\":\"members[value eq \\\"ann\\\"]\"},"
                                + "{\"op\":\"remove\",\"path\":\"members[value eq \\\"bob\\\"]\"}]}",
                        "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:PatchOp\"],\"Operations\":["
                                + "{\"op\":\"remove\",\"path\":\"members[value eq \\\"cem\\\"]\"}]}");
    }

    @Test
    void sendsNothingWithoutMembers() {
        assertThat(RemovalMatrix.all(List.of())).isEmpty();
        assertThat(RemovalMatrix.filtered(List.of(), 100)).isEmpty();
    }

    @Test
    void keepsAnIdFromEndingItsFilter() {
        var removal =
                RemovalMatrix.filtered(members("a\"] or members[value pr"), 1).getFirst();

        assertThat(paths(removal)).containsExactly("members[value eq \"a\\\"] or members[value pr\"]");
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void coversEveryMemberExactlyOnceInBatchesThatTheProviderTakes(long seed) {
        var random = new Random(seed);
        var group = group(random);
        int batchSize = 1 + random.nextInt(120);

        var matrix = RemovalMatrix.filtered(group, batchSize);

        assertThat(matrix.stream().flatMap(removal -> removal.members().stream()))
                .containsExactlyInAnyOrderElementsOf(group);
        assertThat(matrix).allSatisfy(removal -> {
            assertThat(removal.members()).hasSizeBetween(1, batchSize);
            assertThat(named(removal)).isEqualTo(removal.members());
        });
        assertThat(matrix.size()).isEqualTo(Math.ceilDiv(group.size(), batchSize));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void goesOnWhereAnotherHasStopped(long seed) {
        var random = new Random(seed);
        var group = group(random);
        int batchSize = 1 + random.nextInt(120);
        var matrix = RemovalMatrix.filtered(group, batchSize);
        int sent = random.nextInt(matrix.size());

        var left = new ArrayList<>(group);
        matrix.subList(0, sent).forEach(removal -> left.removeAll(new HashSet<>(removal.members())));
        Collections.shuffle(left, random);

        assertThat(RemovalMatrix.filtered(left, batchSize)).isEqualTo(matrix.subList(sent, matrix.size()));
    }

    static IntStream seeds() {
        return IntStream.range(0, 200);
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

    private static List<String> paths(MemberRemoval removal) {
        return JSON.readTree(removal.body())
                .get("Operations")
                .valueStream()
                .peek(operation -> assertThat(operation.get("op").asString()).isEqualTo("remove"))
                .map(operation -> operation.get("path"))
                .map(JsonNode::asString)
                .toList();
    }

    /** The members that a provider reads in the filters: the compared value is a JSON string. */
    private static List<MemberId> named(MemberRemoval removal) {
        return paths(removal).stream()
                .map(path -> {
                    assertThat(path).startsWith("members[value eq \"").endsWith("\"]");
                    var value = path.substring("members[value eq ".length(), path.length() - 1);
                    return new MemberId(JSON.readValue(value, String.class));
                })
                .toList();
    }
}
