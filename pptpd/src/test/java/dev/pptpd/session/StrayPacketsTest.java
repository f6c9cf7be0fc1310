package dev.pptpd.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.ppp.ipcp.Ipv4Address;
import dev.pptpd.session.StrayPackets.Stray;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class StrayPacketsTest {
    private static final Ipv4Address PEER = SessionRig.address("192.0.2.7");
    private static final Ipv4Address OTHER = SessionRig.address("203.0.113.255");

    private final StrayPackets strays = new StrayPackets();

    @Test
    void knowsNothingAtFirst() {
        assertThat(strays.from(PEER)).isEmpty();
        assertThat(strays.from(new Ipv4Address(0))).isEmpty();
        assertThat(strays.withCallId(0)).isEmpty();
    }

    @Test
    void countsWhatAnAddressSendsAndKeepsTheLastCallId() {
        strays.countUnknownCallId(PEER.value(), 0);
        strays.countUnknownCallId(OTHER.value(), 4711);
        strays.countUnknownCallId(OTHER.value(), 65_535);
        assertThat(strays.from(PEER)).contains(new Stray(PEER, 0, 1));
        assertThat(strays.from(OTHER)).contains(new Stray(OTHER, 65_535, 2));
    }

    @Test
    void countsWhatComesWithACallIdFromElsewhere() {
        strays.countWrongAddress(OTHER.value(), 65_535);
        strays.countWrongAddress(PEER.value(), 65_535);
        assertThat(strays.withCallId(65_535)).contains(new Stray(PEER, 65_535, 2));
        assertThat(strays.from(PEER)).isEmpty();
    }

    @Test
    void stopsCountingBeforeTheNumberRunsIntoTheCallId() {
        for (int packet = 0; packet < 70_000; packet++) {
            strays.countUnknownCallId(PEER.value(), 1);
        }
        assertThat(strays.from(PEER)).contains(new Stray(PEER, 1, 65_535));
    }

    @Test
    void forgetsWhatCameBeforeASessionAndNothingElse() {
        strays.countUnknownCallId(PEER.value(), 1);
        strays.countUnknownCallId(OTHER.value(), 1);
        strays.countWrongAddress(OTHER.value(), 7);
        strays.countWrongAddress(OTHER.value(), 8);
        strays.forget(PEER, 7);
        assertThat(strays.from(PEER)).isEmpty();
        assertThat(strays.from(OTHER)).isPresent();
        assertThat(strays.withCallId(7)).isEmpty();
        assertThat(strays.withCallId(8)).isPresent();
    }

    @Test
    void staysOfOneSizeAndNeverTakesOneForAnotherUnderAFlood_A10() {
        Random random = new Random(1);
        for (int packet = 0; packet < 1_000_000; packet++) {
            strays.countUnknownCallId(random.nextInt(), random.nextInt(1 << 16));
            strays.countWrongAddress(random.nextInt(), random.nextInt(1 << 16));
        }
        for (int look = 0; look < 10_000; look++) {
            Ipv4Address address = new Ipv4Address(random.nextInt());
            int callId = random.nextInt(1 << 16);
            assertThat(strays.from(address).stream())
                    .allMatch(found -> found.source().equals(address));
            assertThat(strays.withCallId(callId).stream())
                    .allMatch(found -> found.callId() == callId);
        }
        for (Ipv4Address peer : List.of(PEER, OTHER)) {
            strays.countUnknownCallId(peer.value(), 3);
            assertThat(strays.from(peer).map(Stray::callId)).contains(3);
        }
    }
}
