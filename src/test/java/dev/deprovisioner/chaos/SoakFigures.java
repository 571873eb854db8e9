package dev.deprovisioner.chaos;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import dev.deprovisioner.chaos.Event.Arrived;
import dev.deprovisioner.chaos.Event.Received;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What has happened, in numbers. */
final class SoakFigures {

    private static final Pattern LEVEL = Pattern.compile("^\\S+ +(WARN|ERROR) ", Pattern.MULTILINE);
    private static final Pattern FRAME = Pattern.compile("^\\s+at \\S+\\(", Pattern.MULTILINE);

    private final Rig rig;
    private final Answers answers;

    SoakFigures(Rig rig, Answers answers) {
        this.rig = rig;
        this.answers = answers;
    }

    Map<String, String> all() {
        var figures = new TreeMap<String, String>();
        figures.put("runs, by their end", rig.stored().endings().toString());
        figures.put("requests to the provider", String.valueOf(count(Arrived.class)));
        figures.put("deliveries to the receiver", String.valueOf(count(Received.class)));
        answers.counts().forEach((request, statuses) -> figures.put("answers to " + request, statuses.toString()));
        rig.replicas().forEach(replica -> figures.put("log of " + replica.name(), log(replica)));
        return figures;
    }

    private long count(Class<? extends Event> type) {
        return rig.chronicle().events().stream().filter(type::isInstance).count();
    }

    private static String log(Replica replica) {
        var output = replica.service().output();
        var levels =
                LEVEL.matcher(output).results().collect(groupingBy(line -> line.group(1), TreeMap::new, counting()));
        return output.lines().count() + " lines, of them " + levels + " and "
                + FRAME.matcher(output).results().count() + " of stack traces";
    }
}
