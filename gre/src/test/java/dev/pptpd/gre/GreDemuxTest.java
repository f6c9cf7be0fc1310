package dev.pptpd.gre;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class GreDemuxTest {
    private static final int PEER = 0xC0A80001;

    private final GreDemux<String> demux = new GreDemux<>();

    @Test
    void findsTheFirstAndTheLastCallId() {
        demux.register(0, PEER, "zero");
        demux.register(0xFFFF, PEER, "last");
        assertThat(demux.find(0, PEER)).contains("zero");
        assertThat(demux.find(0xFFFF, PEER)).contains("last");
        assertThat(demux.unknownCallIds()).isZero();
        assertThat(demux.wrongAddresses()).isZero();
    }

    @Test
    void keepsCallsFromAnotherAddressAway_V24_A10() {
        demux.register(4711, PEER, "session");
        for (int callId = 0; callId <= 0xFFFF; callId++) {
            assertThat(demux.find(callId, PEER + 1)).isEmpty();
        }
        assertThat(demux.unknownCallIds()).isEqualTo(0xFFFF);
        assertThat(demux.wrongAddresses()).isEqualTo(1);
    }

    @Test
    void forgetsACall() {
        demux.register(7, PEER, "old");
        assertThat(demux.isRegistered(7)).isTrue();
        demux.unregister(7);
        assertThat(demux.isRegistered(7)).isFalse();
        assertThat(demux.find(7, PEER)).isEmpty();
        demux.register(7, PEER + 1, "new");
        assertThat(demux.find(7, PEER + 1)).contains("new");
    }

    @Test
    void refusesACallIdThatIsInUse() {
        demux.register(7, PEER, "first");
        assertThatThrownBy(() -> demux.register(7, PEER + 1, "second"))
                .isInstanceOf(IllegalStateException.class);
        assertThat(demux.find(7, PEER)).contains("first");
    }
}
