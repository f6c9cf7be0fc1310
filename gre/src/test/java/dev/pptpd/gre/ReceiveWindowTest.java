package dev.pptpd.gre;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.gre.ReceiveWindow.Place;
import org.junit.jupiter.api.Test;

/** A window has no sets while all numbers come in their turn, and says the same as one with. */
final class ReceiveWindowTest {
    /** Numbers are unsigned: the highest is not far. */
    private static final int FIRST = -1_500;

    @Test
    void knowsWhatCameInItsTurn() {
        for (boolean open : new boolean[] {false, true}) {
            for (boolean missed : new boolean[] {false, true}) {
                ReceiveWindow plain = started(open, missed);
                ReceiveWindow full = started(open, missed);
                // What makes the sets and leaves no other trace.
                full.receive(FIRST + 1);
                full.reopen(FIRST + 1);
                full.restart(FIRST, open, missed);
                for (int count = 0; count < 3_000; count++) {
                    plain.receive(FIRST + count);
                    full.receive(FIRST + count);
                    if (count % 97 == 0 || count == ReceiveWindow.NUMBERS) {
                        assertSame(plain, full, FIRST + count);
                    }
                }
                plain.giveUp();
                full.giveUp();
                assertSame(plain, full, FIRST + 3_000);
                plain.receive(FIRST + 3_000);
                full.receive(FIRST + 3_000);
                assertSame(plain, full, FIRST + 3_000);
                plain.reopen(FIRST + 2_990);
                full.reopen(FIRST + 2_990);
                assertSame(plain, full, FIRST + 3_000);
            }
        }
    }

    @Test
    void saysOfTheNumbersBeforeTheFirstWhatItWasTold() {
        assertThat(started(true, false).place(FIRST - 1)).isEqualTo(Place.OPEN);
        assertThat(started(false, true).place(FIRST - 1)).isEqualTo(Place.GIVEN_UP);
        assertThat(started(true, false).wasGivenUp(FIRST - 1)).isFalse();
        assertThat(started(true, true).wasGivenUp(FIRST - 1)).isTrue();
    }

    private static ReceiveWindow started(boolean open, boolean missed) {
        ReceiveWindow window = new ReceiveWindow();
        window.restart(FIRST, open, missed);
        return window;
    }

    private static void assertSame(ReceiveWindow plain, ReceiveWindow full, int around) {
        assertThat(plain.expected()).isEqualTo(full.expected());
        assertThat(plain.highestReceived()).isEqualTo(full.highestReceived());
        for (int number = around - 1_100; number - around < 1_100; number++) {
            Place place = full.place(number);
            assertThat(plain.place(number)).as("place of %d", number).isEqualTo(place);
            if (place == Place.OPEN) {
                assertThat(plain.wasGivenUp(number)).isEqualTo(full.wasGivenUp(number));
            }
        }
    }
}
