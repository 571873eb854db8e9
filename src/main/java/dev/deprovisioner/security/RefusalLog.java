package dev.deprovisioner.security;

import dev.deprovisioner.clock.MonotonicClock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Logs refused requests, at most one line a minute for each reason and caller, and at most {@value #MOST} lines a minute
 * in all. A line never has a token or a part of one.
 */
@Component
final class RefusalLog {

    static final int MOST = 100;
    static final Duration PAUSE = Duration.ofMinutes(1);

    private static final Logger log = LoggerFactory.getLogger(RefusalLog.class);

    private final MonotonicClock time;

    /** The eldest line comes first. */
    private final Map<Refusal, Line> lines = new LinkedHashMap<>();

    private long others;

    RefusalLog(MonotonicClock time) {
        this.time = time;
    }

    /**
     * @param reason a fixed text
     * @param caller the caller's name, or its address while its name is not known
     */
    record Refusal(String reason, String caller) {}

    private static final class Line {

        private final long writtenAt;
        private long repeated;

        Line(long writtenAt) {
            this.writtenAt = writtenAt;
        }
    }

    /** @param detail for the first line, without any text of the caller's choice */
    synchronized void record(Refusal refusal, String detail) {
        var line = lines.get(refusal);
        if (line != null && time.since(line.writtenAt).compareTo(PAUSE) < 0) {
            line.repeated++;
            return;
        }
        lines.remove(refusal);
        lines.values()
                .removeIf(old -> old.repeated == 0 && time.since(old.writtenAt).compareTo(PAUSE) >= 0);
        if (lines.size() == MOST && !removeEldest()) {
            others++;
            return;
        }
        lines.put(refusal, new Line(time.nanos()));
        write(refusal, detail, line == null ? 0 : line.repeated);
    }

    private boolean removeEldest() {
        var eldest = lines.values().iterator();
        var line = eldest.next();
        if (time.since(line.writtenAt).compareTo(PAUSE) < 0) {
            return false;
        }
        others += line.repeated;
        eldest.remove();
        return true;
    }

    private void write(Refusal refusal, String detail, long repeated) {
        log.warn(
                "Request refused: {}, caller {}{}; {} more like it since its last line, {} of other callers not logged",
                refusal.reason(),
                refusal.caller(),
                detail.isEmpty() ? "" : ", " + detail,
                repeated,
                others);
        others = 0;
    }
}
