package dev.pptpd.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.client.Reconnection.Decision;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ReconnectionTest {
    private static final Decision GIVE_UP = new Decision.GiveUp();

    @ParameterizedTest
    @EnumSource(ClientExit.class)
    void triesOnceUnlessItIsToPersist(ClientExit exit) {
        Reconnection once = new Reconnection(false, 0, backoff());
        assertThat(once.after(neverUp(exit))).isEqualTo(GIVE_UP);
    }

    @ParameterizedTest
    @EnumSource(
            value = ClientExit.class,
            names = {"NETWORK", "PEER_ENDED", "DEVICE", "ADDRESS", "ENCRYPTION"})
    void triesAgainWhatMayPass(ClientExit exit) {
        assertThat(persistent(0).after(neverUp(exit))).isInstanceOf(Decision.Again.class);
    }

    /** Servers lock accounts after a few refused logins. */
    @ParameterizedTest
    @EnumSource(
            value = ClientExit.class,
            names = {"AUTHENTICATION", "SERVER_NOT_PROVEN", "INTERNAL", "NO_PERMISSION"})
    void givesUpWhatWillNotPass(ClientExit exit) {
        assertThat(persistent(0).after(neverUp(exit))).isEqualTo(GIVE_UP);
    }

    /** The password is right, then: the server's own directory is out of order. */
    @Test
    void triesALoginAgainThatHasWorkedBefore() {
        Reconnection reconnection = persistent(0);
        reconnection.after(up(ClientExit.PEER_ENDED, 5));
        assertThat(reconnection.after(neverUp(ClientExit.AUTHENTICATION)))
                .isInstanceOf(Decision.Again.class);
    }

    /** A password that was changed meanwhile would lock the account. */
    @Test
    void givesUpAfterThreeRefusedLoginsInARow() {
        Reconnection reconnection = persistent(0);
        for (int session = 0; session < 2; session++) {
            reconnection.after(up(ClientExit.PEER_ENDED, 5));
            reconnection.after(neverUp(ClientExit.AUTHENTICATION));
            assertThat(reconnection.after(neverUp(ClientExit.SERVER_NOT_PROVEN)))
                    .isInstanceOf(Decision.Again.class);
        }
        assertThat(reconnection.after(neverUp(ClientExit.NETWORK)))
                .isInstanceOf(Decision.Again.class);
        assertThat(reconnection.after(neverUp(ClientExit.AUTHENTICATION))).isEqualTo(GIVE_UP);
    }

    @Test
    void givesUpAfterSoManyFailuresInARow() {
        Reconnection reconnection = persistent(3);
        assertThat(reconnection.after(neverUp(ClientExit.NETWORK)))
                .isInstanceOf(Decision.Again.class);
        assertThat(reconnection.after(up(ClientExit.NETWORK, 5)))
                .isInstanceOf(Decision.Again.class);
        reconnection.after(neverUp(ClientExit.NETWORK));
        reconnection.after(neverUp(ClientExit.NETWORK));
        assertThat(reconnection.after(neverUp(ClientExit.NETWORK))).isEqualTo(GIVE_UP);
    }

    /** A server that lets everybody in and drops them at once is not asked without end. */
    @Test
    void waitsLongerAfterSessionsThatLastedNoMinute() {
        Reconnection reconnection = persistent(0);
        for (int attempt = 0; attempt < 10; attempt++) {
            reconnection.after(up(ClientExit.PEER_ENDED, 59));
        }
        assertThat(waitAfter(reconnection, up(ClientExit.PEER_ENDED, 59)))
                .isGreaterThanOrEqualTo(30_000);
        assertThat(waitAfter(reconnection, up(ClientExit.PEER_ENDED, 60)))
                .isLessThanOrEqualTo(1_000);
    }

    private static long waitAfter(Reconnection reconnection, AttemptEnd end) {
        return ((Decision.Again) reconnection.after(end)).waitMillis();
    }

    private static Reconnection persistent(int maxFailures) {
        return new Reconnection(true, maxFailures, backoff());
    }

    private static Backoff backoff() {
        return new Backoff(1_000, new Random(7));
    }

    private static AttemptEnd neverUp(ClientExit exit) {
        return new AttemptEnd(exit, "a sentence.", AttemptEnd.NEVER_UP);
    }

    private static AttemptEnd up(ClientExit exit, long seconds) {
        return new AttemptEnd(exit, "a sentence.", TimeUnit.SECONDS.toNanos(seconds));
    }
}
