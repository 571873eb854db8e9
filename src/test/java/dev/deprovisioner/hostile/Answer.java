package dev.deprovisioner.hostile;

import java.util.List;

/**
 * What came back.
 *
 * @param status 0 where the server took the request for one of HTTP/0.9, whose answers are only a body
 * @param headers each as a line, names in lower case
 */
record Answer(int status, List<String> headers, String body) {

    /** The value of a header, or an empty string. */
    String header(String name) {
        return headers.stream()
                .filter(header -> header.startsWith(name + ":"))
                .findFirst()
                .map(header -> header.substring(name.length() + 1).strip())
                .orElse("");
    }

    boolean closes() {
        return header("connection").equals("close");
    }
}
