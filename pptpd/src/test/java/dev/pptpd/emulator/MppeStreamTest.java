package dev.pptpd.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MppeStreamTest {
    private static final Octets START_KEY = Octets.ofHex("8b7cdc149b993a1ba118cb153f56dccb");

    private final MppeStream sending = new MppeStream(START_KEY);
    private final MppeStream receiving = new MppeStream(START_KEY);

    @Test
    void derivesTheSampleSessionKeys() {
        var schedule = new MppeKeySchedule(START_KEY);
        assertThat(schedule.sessionKey())
                .isEqualTo(Octets.ofHex("405cb2247a7956e6e211007ae27b22d4"));
        schedule.rekey();
        assertThat(schedule.sessionKey())
                .isEqualTo(Octets.ofHex("726f10500e2b54135b1b74d7682f0471"));
        schedule.rekey();
        assertThat(schedule.sessionKey())
                .isEqualTo(Octets.ofHex("2805bc7869bec825573a7803e95a3acd"));
    }

    @Test
    void encryptsTheSampleMessage() {
        Octets key = Octets.ofHex("405cb2247a7956e6e211007ae27b22d4");
        Octets message = new OctetWriter().text("test message").toOctets();
        assertThat(MppeKeySchedule.rc4(key, message))
                .isEqualTo(Octets.ofHex("81848317df68846272fb5abe"));
    }

    @Test
    void changesTheKeyBeforeTheFirstPacket() {
        Octets sealed = sending.seal(frame(7));
        assertThat(sealed.u16(0)).isEqualTo(0x9000);
        Octets secondKey = Octets.ofHex("726f10500e2b54135b1b74d7682f0471");
        assertThat(MppeKeySchedule.rc4(secondKey, sealed.from(2)))
                .isEqualTo(frame(7).encode(true, false));
    }

    @Test
    void opensWhatItSealedOverTheWrapOfTheCount() {
        for (int i = 0; i < 4100; i++) {
            assertThat(receiving.open(sending.seal(frame(i)))).contains(frame(i));
        }
    }

    @Test
    void catchesUpWithLostPackets() {
        List<Octets> sealed = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            sealed.add(sending.seal(frame(i)));
        }
        assertThat(receiving.open(sealed.get(3))).contains(frame(3));
        assertThat(receiving.open(sealed.get(39))).contains(frame(39));
    }

    @Test
    void dropsPacketsOfThePast() {
        Octets first = sending.seal(frame(0));
        assertThat(receiving.open(sending.seal(frame(1)))).contains(frame(1));
        assertThat(receiving.open(first)).isEmpty();
    }

    @Test
    void dropsPacketsThatAreNotEncrypted() {
        Octets sealed = sending.seal(frame(0));
        Octets clear = new OctetWriter().u16(0x8000).octets(sealed.from(2)).toOctets();
        assertThat(receiving.open(clear)).isEmpty();
    }

    private static PppFrame frame(int number) {
        return new PppFrame(PppFrame.IP, new OctetWriter().u32(number).toOctets());
    }
}
