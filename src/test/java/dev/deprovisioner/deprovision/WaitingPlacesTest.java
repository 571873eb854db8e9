package dev.deprovisioner.deprovision;

import static dev.deprovisioner.deprovision.WaitingPlaces.FOR_FIRST;
import static dev.deprovisioner.deprovision.WaitingPlaces.SHARED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.identifier.Caller;
import org.junit.jupiter.api.Test;

/** No caller's waiting requests keep another caller from waiting. */
class WaitingPlacesTest {

    private static final Caller BUSY = new Caller("busy");
    private static final Caller OTHER = new Caller("other");

    private final WaitingPlaces places = new WaitingPlaces();

    /** @return how many the caller gets that takes as many as it can */
    private int takeAll(Caller caller) {
        int taken = 0;
        while (places.take(caller)) {
            taken++;
        }
        return taken;
    }

    private static Caller numbered(int number) {
        return new Caller("caller-" + number);
    }

    @Test
    void oneCallerTakesHalfOfTheSharedPlaces() {
        assertThat(takeAll(BUSY)).isEqualTo(SHARED / 2);
    }

    @Test
    void aBusyCallerLeavesPlacesToAnother() {
        takeAll(BUSY);
        assertThat(takeAll(OTHER)).isEqualTo(SHARED / 4);
    }

    @Test
    void aNewCallerGetsAPlaceAfterManyBusyOnes() {
        for (int number = 0; number < 50; number++) {
            takeAll(numbered(number));
        }
        assertThat(places.take(OTHER)).isTrue();
    }

    @Test
    void aCallerWithMoreThanItsShareGivesPlacesBackBeforeItGetsFurtherOnes() {
        takeAll(BUSY);
        takeAll(OTHER);
        places.giveBack(BUSY);
        assertThat(places.take(BUSY)).isFalse();
        assertThat(places.take(OTHER)).isTrue();
    }

    @Test
    void allPlacesAreBounded() {
        int number = 0;
        while (places.take(numbered(number))) {
            number++;
        }
        assertThat(number).isEqualTo(SHARED + FOR_FIRST);
        places.giveBack(numbered(0));
        assertThat(places.take(OTHER)).isTrue();
        assertThat(places.take(BUSY)).isFalse();
    }

    @Test
    void whatIsGivenBackCanBeTakenAgain() {
        int taken = takeAll(BUSY);
        for (int place = 0; place < taken; place++) {
            places.giveBack(BUSY);
        }
        assertThat(takeAll(OTHER)).isEqualTo(taken);
    }
}
