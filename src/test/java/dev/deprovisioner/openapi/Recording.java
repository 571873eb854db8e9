package dev.deprovisioner.openapi;

import java.util.ArrayList;
import java.util.List;

/** The examples, in the order in which they were run. */
class Recording {

    private final List<Exchange> exchanges = new ArrayList<>();
    private final Pseudonyms pseudonyms = new Pseudonyms();

    Exchange add(Exchange exchange) {
        exchanges.add(exchange);
        return exchange;
    }

    List<Exchange> exchanges() {
        return List.copyOf(exchanges);
    }

    /** Fixed values for the description, in place of values that differ in each recording. */
    Pseudonyms pseudonyms() {
        return pseudonyms;
    }
}
