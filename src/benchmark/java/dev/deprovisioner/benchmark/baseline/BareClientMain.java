package dev.deprovisioner.benchmark.baseline;

import java.net.URI;

/** A {@link BareClient}: takes a group and how many members it asks for at once, and answers with nanoseconds. */
public final class BareClientMain {

    private BareClientMain() {}

    /** @param arguments the address of the provider */
    public static void main(String[] arguments) {
        var client = new BareClient(URI.create(arguments[0]));
        Lines.answer(order -> {
            var parts = order.split(" ", -1);
            return client.remove(parts[0], Integer.parseInt(parts[1]));
        });
    }
}
