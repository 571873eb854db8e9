package dev.deprovisioner.hostile;

import dev.deprovisioner.hostile.HostileRequest.Framed;
import java.util.ArrayList;
import java.util.List;

/**
 * Requests by their index, of which none may reach the provider: each is wrong in the path, in the body, in the token or
 * in its frame, or only asks for a group that there is not.
 */
final class HostileRequests {

    private static final byte[] NOTHING = {};

    private final long seed;
    private final Tokens tokens;
    private final BrokenFrames broken;

    HostileRequests(long seed, Tokens tokens) {
        this.seed = seed;
        this.tokens = tokens;
        this.broken = new BrokenFrames(tokens);
    }

    HostileRequest get(int index) {
        var dice = new Dice(seed, index);
        return switch (dice.below(13)) {
            case 0, 1 -> asksForAnUnknownGroup(dice);
            case 2 -> asksForAList(dice);
            case 3, 4 -> namesABrokenId(dice);
            case 5, 6, 7 -> sendsAnUnusableBody(dice);
            case 8 -> strays(dice);
            case 9 -> hasNoUsableToken(dice);
            case 10 -> ordersAnUnknownWebhook(dice);
            default -> broken.make(dice);
        };
    }

    private Framed asksForAnUnknownGroup(Dice dice) {
        var rest = dice.oneOf(
                "",
                "",
                "/runs",
                "/runs/" + dice.word(),
                "/runs/00000000-0000-7000-8000-000000000000",
                "/runs/00000000-0000-7000-8000-000000000000/blockers?cursor=" + dice.word(),
                "/runs/1-1-1-1-1");
        return rest.isEmpty() && dice.onceIn(4)
                ? authorized(dice, "DELETE", "/deprovisions/" + Targets.unknownId(dice), NOTHING)
                : authorized(
                        dice,
                        dice.oneOf("GET", "GET", "GET", "HEAD", "OPTIONS", "PUT", "PATCH"),
                        "/deprovisions/" + Targets.unknownId(dice) + rest + (dice.onceIn(3) ? Targets.query(dice) : ""),
                        NOTHING);
    }

    private Framed asksForAList(Dice dice) {
        return authorized(
                dice,
                dice.oneOf("GET", "GET", "GET", "HEAD", "POST"),
                dice.oneOf("/deprovisions", "/audit-entries", "/webhook-deliveries") + Targets.query(dice),
                NOTHING);
    }

    private Framed ordersAnUnknownWebhook(Dice dice) {
        var id = dice.made(
                () -> "msg_00000000-0000-7000-8000-000000000000",
                () -> Targets.unknownId(dice),
                () -> Targets.brokenId(dice));
        return authorized(
                dice,
                dice.oneOf("POST", "POST", "POST", "GET", "DELETE"),
                "/webhook-deliveries/" + id + dice.oneOf("/redelivery", "/redelivery", "/redelivery/", ""),
                NOTHING);
    }

    private Framed namesABrokenId(Dice dice) {
        var body = Bodies.unusable(dice);
        var path = "/deprovisions/" + Targets.brokenId(dice) + dice.oneOf("", "", "", "/runs", "/", "?" + dice.word());
        return dice.onceIn(2)
                ? authorized(
                        dice,
                        "POST",
                        path,
                        dice.onceIn(2) ? NOTHING : body.content(),
                        new Header("Content-Type", body.type()))
                : authorized(dice, dice.oneOf("GET", "DELETE", "PUT"), path, NOTHING);
    }

    private Framed sendsAnUnusableBody(Dice dice) {
        var body = Bodies.unusable(dice);
        return authorized(
                dice,
                "POST",
                "/deprovisions/" + Targets.unknownId(dice),
                body.content(),
                new Header("Content-Type", body.type()));
    }

    private Framed strays(Dice dice) {
        return authorized(
                dice,
                dice.oneOf(
                        "GET",
                        "GET",
                        "HEAD",
                        "PUT",
                        "OPTIONS",
                        "TRACE",
                        "get",
                        "FOO",
                        "PROPFIND",
                        "M-SEARCH",
                        "x".repeat(200)),
                Targets.strayPath(dice),
                NOTHING);
    }

    /** The same request with a valid token would be accepted. */
    private Framed hasNoUsableToken(Dice dice) {
        var headers = new ArrayList<>(common(dice));
        for (int more = dice.below(3); more > 0; more--) {
            headers.add(new Header("Authorization", tokens.unusable(dice)));
        }
        var query = dice.onceIn(4) ? "?access_token=" + tokens.valid() : "";
        return new Framed(
                dice.oneOf("POST", "GET", "DELETE"),
                (dice.onceIn(5) ? "/upstream" : "/deprovisions/" + Targets.unknownId(dice)) + query,
                headers,
                NOTHING);
    }

    private Framed authorized(Dice dice, String method, String target, byte[] body, Header... more) {
        var headers = new ArrayList<>(common(dice));
        headers.add(new Header("Authorization", "Bearer " + tokens.valid()));
        if (dice.onceIn(20)) {
            headers.add(new Header("Authorization", tokens.unusable(dice)));
        }
        headers.addAll(List.of(more));
        return new Framed(method, target, headers, body);
    }

    private static List<Header> common(Dice dice) {
        var headers = new ArrayList<Header>();
        headers.add(new Header("Host", dice.onceIn(30) ? host(dice) : "localhost"));
        headers.addAll(OddHeaders.some(dice));
        return headers;
    }

    private static String host(Dice dice) {
        return dice.oneOf(
                "",
                "evil.example.com",
                "a:b:c",
                "[::1]:1",
                "[::1",
                "localhost:99999",
                "a b",
                "\u00e9",
                "a/b",
                "x".repeat(300),
                Forgery.inHeader(dice));
    }
}
