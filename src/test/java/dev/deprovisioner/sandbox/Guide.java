package dev.deprovisioner.sandbox;

import org.springframework.core.env.Environment;

/** What the sandbox prints when it has started: its groups, and the requests to try. */
final class Guide {

    private static final String GENESYS_CLOUD = "genesys-cloud";

    private static final String TEXT = """

            Sandbox: the identity provider, the webhook's receiver and the callers' tokens are at {surroundings}

            {groups}
            TOKEN=$(curl -s {surroundings}/callers/token)
            curl -s -H "Authorization: Bearer $TOKEN" "{service}/upstream?groupId={group}"
            curl -s -X POST -H "Authorization: Bearer $TOKEN" -H "Prefer: wait=30" {service}/deprovisions/{group}
            curl -s -H "Authorization: Bearer $TOKEN" {service}/deprovisions/{group}
            curl -s -H "Authorization: Bearer $TOKEN" "{service}/audit-entries?groupId={group}"
            curl -s -H "Authorization: Bearer $TOKEN" {management}/actuator/prometheus

            To try it in a browser: {service}{pages}, with {surroundings}/callers/token for "Authorize".

            What was done stays in the database, over a restart too. To bring the groups back and run one again:

            curl -s -X POST {surroundings}/__admin/scenarios/reset
            curl -s -X POST -H "Authorization: Bearer $TOKEN" -H "Prefer: wait=30" \\
              -H "Content-Type: application/json" -d '{"again":true}' {service}/deprovisions/{group}
            """;

    private static final String GROUPS = """
              support-tier-1       goes through: three members removed, group deleted, webhook delivered
              billing-escalations  blocked: one member has no routing profile, another one's is inactive
              all-agents           blocked: 501 members, one over the limit
              night-shift          goes through, after a 429 on its first read
              chat-pilot           goes through, although the answer to its DELETE is lost
              fax-desk             waits after its members were removed: its deletion is refused until you abandon the run
              holiday-cover        has no members: blocked until a run or a check has shown members of another group
            """;
    private static final String GENESYS_GROUPS = """
              returns-desk   goes through: three members removed, group deleted a moment later; its mailbox has messages
              vip-callers    blocked: a queue refers to it
              new-starters   blocked: a rule feeds it
              weekend-shift  goes through, although its first deletion is accepted and lost; takes 15 s longer
              old-project    has no members: blocked until a run or a check has shown members of another group
            """;

    private Guide() {}

    /** @param surroundings their base URL */
    static String of(String surroundings, Environment service) {
        boolean genesys = service.matchesProfiles(GENESYS_CLOUD);
        var port = service.getRequiredProperty("local.server.port");
        return TEXT.replace("{groups}", genesys ? GENESYS_GROUPS : GROUPS)
                .replace("{group}", genesys ? "returns-desk" : "support-tier-1")
                .replace("{surroundings}", surroundings)
                .replace("{pages}", DescriptionPages.START)
                .replace("{service}", "http://localhost:" + port)
                .replace("{management}", "http://localhost:" + service.getProperty("local.management.port", port));
    }
}
