package dev.deprovisioner.hostile;

/** Paths and queries that may stand in a request line. */
final class Targets {

    private static final String UNUSUAL = """
            - . .. ' %22 %20x + ~ @ : , = & ! $ ( ) * -%C3%A9 -%F0%9F%98%80 %3C%3E %7B%7D %5B [ ] '%20OR%20'1'='1
            %24%7Bjndi:ldap:%7D -%E2%80%AE -%EF%BB%BF
            """;

    private static final String FORBIDDEN = """
            %00 %0d%0a %0a %09 %1b %7f %C2%85 %E2%80%A8 %E2%80%A9 %2F %2f..%2f %5C %5c.. %25 %252F %252e%252e %3F %23 %3B
            ;x=1 ; ;jsessionid=1 %C0%AF %C0%AE%C0%AE %E0%80%AF %ED%A0%80 %ED%B0%80 %F8%88%80%80%80 %F4%90%80%80 %ff %fe%ff
            %80 %c3 %EF%BF%BD % %2 %zz %u0041 %% %-1
            """;

    private static final String BEGINNINGS =
            "/deprovisions/ / /deprovisions /audit-entries /audit-entries/ /audit-entries/verification /deprovisions/x/runs/"
                    + " /webhook-deliveries /webhook-deliveries/ /webhook-deliveries/x/redelivery/ /upstream/";

    private static final String STRAY = """
            / // . .. ../ ..;/ /..;/ ./ %2e %2e%2e %2e%2e/actuator %2E%2E%2f ../actuator/env ..%2factuator%2fenv
            actuator/health error h2-console login logout webjars/x favicon.ico swagger-ui.html WEB-INF/web.xml
            .well-known/oauth-protected-resource META-INF/MANIFEST.MF x.json x/runs/ x/runs/1 x/y/z a,b * ** ? ?? ?= ?&&&=&
            %20 %2520 %0d%0aX:1 [ ] [] ' \u00e9 :80 @host/ x;a=b/runs
            """;

    private static final String PARAMETERS =
            "limit cursor status groupId after limit[] LIMIT _method spring %00 %0a %E2%80%A8 %ff %zz x";

    private static final String VALUES = """
            0 -1 1 1000 1001 2147483648 -2147483649 1e3 0x10 1.0 +5 %201 %D9%A1 NaN null true RUNNING running WAITING DELETED
            SUCCEEDED%00 AA AA== !!!! %2B%2F MS0xLTEtMS0x MDFhMjBhNjg MDFhMjBhNjgtMWIwNy03NWE5LTg5MTktMTE2YzE3M2MxYzc4
            """;

    private Targets() {}

    /** A segment that may be the id of a group, but of none that there is. */
    static String unknownId(Dice dice) {
        return "unknown-" + dice.index() + dice.made(() -> "", () -> dice.anyOf(UNUSUAL), () -> "x".repeat(200));
    }

    /** A segment that no layer of the service takes for the id of a group. */
    static String brokenId(Dice dice) {
        return dice.oneOf("", dice.word())
                + dice.made(
                        () -> dice.anyOf(FORBIDDEN),
                        () -> dice.anyOf(FORBIDDEN),
                        () -> dice.anyOf(FORBIDDEN),
                        () -> Forgery.percentEncoded(dice),
                        () -> dice.oneOf("x", "%41", "%C3%A9").repeat(256 + dice.below(1000)));
    }

    /** A path that no route has, or none that changes anything. */
    static String strayPath(Dice dice) {
        return dice.anyOf(BEGINNINGS) + dice.made(() -> "", () -> dice.anyOf(STRAY), () -> dice.anyOf(STRAY));
    }

    static String query(Dice dice) {
        var query = new StringBuilder("?");
        for (int more = dice.below(4); more >= 0; more--) {
            query.append(dice.anyOf(PARAMETERS))
                    .append(dice.oneOf("=", "=", "=", "", "=="))
                    .append(value(dice))
                    .append(dice.oneOf("&", "&", "&&", ";", ""));
        }
        return query.toString();
    }

    private static String value(Dice dice) {
        return dice.made(
                () -> dice.anyOf(VALUES),
                () -> dice.anyOf(VALUES),
                () -> Forgery.percentEncoded(dice),
                () -> brokenId(dice),
                () -> dice.oneOf("x", "9", "_").repeat(dice.below(3000)));
    }
}
