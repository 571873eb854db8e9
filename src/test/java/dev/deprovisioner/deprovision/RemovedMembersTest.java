package dev.deprovisioner.deprovision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.identifier.MemberId;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A member counts as removed if a request named them, it was not refused for certain, and the next read lacks them. */
class RemovedMembersTest {

    private static List<MemberId> members(String... ids) {
        return Arrays.stream(ids).map(MemberId::new).toList();
    }

    @Test
    void countsThoseWhoWereNamedAndAreGone() {
        var after = RemovedMembers.NONE.named(members("a", "b")).afterRead(members("a", "b"));
        assertThat(after.total()).isEqualTo(2);
    }

    @Test
    void doesNotCountThoseWhoLeftByThemselves() {
        var left = RemovedMembers.NONE.afterRead(members("b"));
        assertThat(left.total()).isZero();
        var removed = left.named(members("a", "c")).afterRead(members("a", "b", "c"));
        assertThat(removed.total()).isEqualTo(2);
        assertThat(removed.otherwise()).isEqualTo(1);
    }

    @Test
    void doesNotCountThoseWhoWereNotNamedYet() {
        var after = RemovedMembers.NONE.named(members("a", "b")).afterRead(members("a", "d"));
        assertThat(after.total()).isEqualTo(1);
        assertThat(after.otherwise()).isEqualTo(1);
    }

    @Test
    void countsAcceptedRemovalsUntilAReadConfirmsThem() {
        var accepted = RemovedMembers.NONE.named(members("a", "b")).accepted(2);
        assertThat(accepted.total()).isEqualTo(2);
        assertThat(accepted.afterRead(members("a")).total()).isEqualTo(1);
    }

    @Test
    void countsNoMemberTwice() {
        var once = RemovedMembers.NONE.named(members("a")).afterRead(members("a"));
        assertThat(once.afterRead(members("a")).total()).isEqualTo(1);
        assertThat(once.named(members("b")).afterRead(members("a", "b")).total())
                .isEqualTo(2);
    }

    @Test
    void doesNotCountARefusedMemberWhoLeavesLater() {
        var refused = RemovedMembers.NONE.refused(members("b"));
        var after = refused.named(members("c")).afterRead(members("b", "c"));
        assertThat(after.total()).isEqualTo(1);
        assertThat(after.otherwise()).isEqualTo(1);
    }

    @Test
    void countsARefusedMemberWhoIsNamedOnceMoreAndIsGone() {
        var refused = RemovedMembers.NONE.refused(members("b"));
        assertThat(refused.named(members("b")).afterRead(members("b")).total()).isEqualTo(1);
    }

    @Test
    void forgetsARequestThatHadNoEffect() {
        var before = RemovedMembers.NONE.named(members("a")).refused(members("b"));
        var withdrawn = before.named(members("b", "c")).withdrawn(before);
        assertThat(withdrawn.afterRead(members("a", "b", "c")).total()).isEqualTo(1);
    }

    @Test
    void countsNoAcceptedRemovalThatAnUnclearReadDoesNotConfirm() {
        var unclear = RemovedMembers.NONE.named(members("a", "b")).accepted(2).afterUnclearRead();
        assertThat(unclear.total()).isZero();
        assertThat(unclear.afterRead(members("a")).total()).isEqualTo(1);
    }

    @Test
    void countsAllAfterARequestThatMayHaveRemovedThemIfNoneIsLeft() {
        var sent = RemovedMembers.NONE.namedAtLeast(members("a", "b"));
        assertThat(sent.afterAllGone(members("a", "b", "c", "d")).total()).isEqualTo(4);
        assertThat(sent.afterUnclearRead().afterAllGone(members("a", "b", "c")).total())
                .isEqualTo(3);
    }

    @Test
    void countsOnlyThoseWhoWereNamedWhileOthersAreLeft() {
        var after = RemovedMembers.NONE.namedAtLeast(members("a", "b")).afterRead(members("a", "b", "c"));
        assertThat(after.total()).isEqualTo(2);
        assertThat(after.afterAllGone(members("a", "b", "c", "d")).total()).isEqualTo(2);
    }

    @Test
    void countsNoMemberForARequestThatMayRemoveAllAndHadNoEffect() {
        var before = RemovedMembers.NONE;
        var withdrawn = before.namedAtLeast(members("a")).withdrawn(before);
        assertThat(withdrawn.afterAllGone(members("a", "b")).total()).isZero();
    }

    @Test
    void aDeletionRemovesNoMemberFromTheGroup() {
        assertThat(RemovedMembers.NONE
                        .namedAtLeast(members())
                        .afterAllGone(members("a", "b"))
                        .total())
                .isZero();
    }
}
