package dev.pptpd.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;

/**
 * Two clients, one of which dials again while the other stays; then the other way round, for a
 * minute, or ten with {@code -Dlab.long=true}. Every datagram carries the name of its client.
 *
 * @param server where their tunnels end
 */
record ComingAndGoing(Namespace server, KnownClient first, KnownClient second) {
    private static final Duration DURATION =
            Boolean.getBoolean("lab.long") ? Duration.ofMinutes(10) : Duration.ofSeconds(60);
    private static final Duration ECHO_LIMIT = Duration.ofSeconds(60);
    private static final int DATAGRAMS = 20;

    /**
     * Connects both, and expects that not a datagram is lost or another's.
     *
     * @return how often a client dialled again
     */
    int expectNothingMixedUp() {
        Map<String, String> addresses =
                Map.of(first.user(), first.address(), second.user(), second.address());
        try (IdentityEcho echo = IdentityEcho.start(server, addresses)) {
            KnownClient.connectBoth(first, second);
            long deadline = System.nanoTime() + DURATION.toNanos();
            int rounds = 0;
            for (; System.nanoTime() - deadline < 0; rounds++) {
                KnownClient staying = rounds % 2 == 0 ? first : second;
                KnownClient coming = rounds % 2 == 0 ? second : first;
                comeAndGo(staying, coming);
                assertThat(echo.mixedUp()).isEmpty();
            }
            System.out.printf(
                    "%d redials, %d datagrams, none lost or mixed up%n", rounds, echo.received());
            assertThat(rounds).isPositive();
            return rounds;
        }
    }

    /** The one who stays must notice nothing. */
    private static void comeAndGo(KnownClient staying, KnownClient coming) {
        Guest.Running echoes = staying.guest().start(staying.echoes(Integer.MAX_VALUE));
        coming.pptp().hangUp();
        coming.connect();
        String answers = coming.guest().expectSuccess(ECHO_LIMIT, coming.echoes(DATAGRAMS));
        staying.guest().expectSuccess("touch /run/stop");
        String answersBeside = echoes.await(ECHO_LIMIT).output();
        staying.guest().expectSuccess("rm /run/stop");
        assertThat(answers).isEqualTo(DATAGRAMS + " sent 0 lost 0 wrong");
        assertThat(answersBeside).matches("[1-9]\\d* sent 0 lost 0 wrong\n");
    }
}
