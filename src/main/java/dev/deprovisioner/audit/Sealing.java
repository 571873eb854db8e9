package dev.deprovisioner.audit;

import dev.deprovisioner.audit.ChainStore.Numbered;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Gives committed entries their places in the chain, in batches. If the process is killed, a batch is sealed as a whole
 * or not at all. One process seals at a time, over all that share the database.
 */
@Component
class Sealing {

    private static final Logger log = LoggerFactory.getLogger(Sealing.class);
    private static final int BATCH = 500;

    private final ChainStore chain;
    private final AuditProperties properties;
    private final TransactionTemplate transactions;

    Sealing(ChainStore chain, AuditProperties properties, TransactionTemplate transactions) {
        this.chain = chain;
        this.properties = properties;
        this.transactions = transactions;
    }

    /** @return how many entries were sealed */
    int sealAll() {
        int all = 0;
        int batch;
        if (!chain.hasUnsealed()) {
            return 0;
        }
        do {
            var sealed = Objects.requireNonNull(transactions.execute(status -> sealBatch()));
            warnOfOthers(sealed);
            batch = sealed.size();
            all += batch;
        } while (batch == BATCH);
        return all;
    }

    private static void warnOfOthers(List<Numbered> sealed) {
        var others = sealed.stream()
                .filter(next -> Boolean.FALSE.equals(next.authentic()))
                .map(next -> next.entry().sequence())
                .toList();
        if (!others.isEmpty()) {
            log.warn(
                    "Audit entries sealed that no process with the key wrote: {}, the first has the sequence {}",
                    others.size(),
                    others.getFirst());
        }
    }

    private List<Numbered> sealBatch() {
        return chain.lock().map(this::sealAfter).orElse(List.of());
    }

    private List<Numbered> sealAfter(ChainHead head) {
        if (!properties.knows(head)) {
            throw new IllegalStateException("The chain goes on only with a key (deprovisioner.audit.hmac-keys) that"
                    + " this process does not have: " + head.keyId());
        }
        var sealed = new ArrayList<Numbered>();
        var last = head;
        var key = properties.current();
        for (var next : chain.unsealed(BATCH)) {
            var entry = key.seal(next.entry(), last);
            sealed.add(
                    new Numbered(next.id(), entry, next.mac(), properties.hasWritten(entry.contentHash(), next.mac())));
            last = new ChainHead(last.sequence() + 1, Objects.requireNonNull(entry.hash()), key.id());
        }
        save(sealed, head, last);
        return sealed;
    }

    private void save(List<Numbered> sealed, ChainHead before, ChainHead after) {
        if (!sealed.isEmpty()) {
            chain.save(sealed);
            chain.advance(before, after);
        }
    }
}
