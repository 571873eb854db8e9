package dev.deprovisioner.testbed;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** The routing profiles that a {@link ScimServer} answers with: an active one for every user, unless set otherwise. */
class RoutingProfiles {

    private static final Pattern PATH = Pattern.compile("/api/v2/users/([^/]+)/routing/profile");

    private final Map<String, Answer> answers = new ConcurrentHashMap<>();

    void set(String userId, int status, String jsonBody) {
        answers.put(userId, Answer.json(status, jsonBody));
    }

    Answer answer(String method, String path) {
        var matcher = PATH.matcher(path);
        if (!method.equals("GET") || !matcher.matches()) {
            return Answer.notFound();
        }
        String userId = matcher.group(1);
        return answers.getOrDefault(userId, active(userId));
    }

    private static Answer active(String userId) {
        return Answer.json(200, """
                {"id":"profile-%s","name":"Default","state":"active"}""".formatted(userId));
    }
}
