package dev.deprovisioner.audit;

import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes the chain's head to the {@code audit} log stream each time it has moved. If the log is kept out of reach of
 * the database's users, it shows a chain that was rewritten or cut off. Each process writes its own lines.
 */
@Component
class Anchors {

    private static final Logger stream = LoggerFactory.getLogger("audit");

    private final ChainStore chain;
    private final InstantSource clock;
    private ChainHead last = ChainHead.NONE;

    Anchors(ChainStore chain, InstantSource clock) {
        this.chain = chain;
        this.clock = clock;
    }

    private record Line(Instant timestamp, Anchor anchor) {}

    private record Anchor(long sequence, String hash) {}

    @Scheduled(fixedDelay = 60_000)
    void anchor() {
        var head = chain.head();
        if (!head.equals(last)) {
            var line = new Line(clock.instant(), new Anchor(head.sequence(), head.hash()));
            stream.info(JsonMapper.shared().writeValueAsString(line));
            last = head;
        }
    }
}
