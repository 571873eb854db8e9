package dev.deprovisioner.benchmark;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toList;

import dev.deprovisioner.benchmark.provider.Behaviour;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** How many transactions write something from the POST to the end of a run, and how many statements there are. */
record Commits() implements Measurement {

    private static final int MEMBERS = 500;

    /** Of the lease, the audit trail's sealing and the attempts of the webhook, which go on beside runs. */
    private static final Pattern BESIDE =
            Pattern.compile("(?i)set last_heartbeat|audit_chain|webhook_(task|delivery|receiver)");

    /** The end of a run writes its delivery along. */
    private static final Pattern END_OF_RUN = Pattern.compile("(?i)insert into webhook_delivery");

    @Override
    public Chapter measure(Lab lab) {
        lab.provider().behave(Behaviour.PLAIN);
        lab.plain().caller().remove(lab.group(1));
        var statements = statements(lab);
        var commits = commits(statements);
        var kinds = statements.stream().collect(groupingBy(Commits::written, counting()));
        var most = Collections.max(kinds.entrySet(), Map.Entry.comparingByValue());
        return new Chapter(
                "500 members: commits and statements",
                "Of %d statements, the most frequent is %s (%d times). The commits, by what they write:\n\n%s"
                        .formatted(statements.size(), most.getKey(), most.getValue(), String.join("\n", commits)),
                List.of(
                        Finding.counted("500 members: commits of a run", Bound.atMost(12, ""), commits.size()),
                        Finding.counted(
                                "500 members: most frequent SQL statement, a member",
                                Bound.atMost(0.1, ""),
                                most.getValue() / (double) MEMBERS)),
                List.of());
    }

    private static List<Statement> statements(Lab lab) {
        var service = lab.plain();
        return lab
                .statements()
                .during(Lab.nameOf(service.database()), () -> service.caller().remove(lab.group(MEMBERS)))
                .stream()
                .filter(statement -> !statement.isControl())
                .toList();
    }

    /** A line each, without those beside the run. */
    static List<String> commits(List<Statement> statements) {
        return statements.stream()
                .filter(statement -> statement.transaction() > 0)
                .collect(groupingBy(Statement::transaction, LinkedHashMap::new, toList()))
                .values()
                .stream()
                .filter(commit -> !isBeside(commit))
                .map(commit -> commit.stream().map(Commits::written).distinct().collect(joining("; ", "- ", "")))
                .toList();
    }

    private static boolean isBeside(List<Statement> commit) {
        return contains(commit, BESIDE) && !contains(commit, END_OF_RUN);
    }

    private static boolean contains(List<Statement> commit, Pattern pattern) {
        return commit.stream()
                .anyMatch(statement -> pattern.matcher(statement.sql()).find());
    }

    private static String written(Statement statement) {
        return "`" + statement.sql().replaceAll("\\s+", " ").replaceAll("(.{100}).*", "$1…") + "`";
    }
}
