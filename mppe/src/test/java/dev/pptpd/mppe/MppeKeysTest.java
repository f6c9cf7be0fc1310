package dev.pptpd.mppe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

final class MppeKeysTest {
    private static final byte[] HASH_HASH = hex("41c00c584bd2d91c4017a2a12fa59f3f");
    private static final byte[] NT_RESPONSE =
            hex("82309ecd8d708b5ea08faa3981cd83544233114a3d85d6df");

    @Test
    void derivesTheKeysOfTheSampleForTheServer() {
        MppeStartKeys keys = MppeKeys.ofServer(HASH_HASH, NT_RESPONSE);
        assertThat(keys.send()).isEqualTo(hex("8b7cdc149b993a1ba118cb153f56dccb"));
        assertThat(keys.receive()).isEqualTo(hex("d5f0e9521e3ea9589645e86051c82226"));
    }

    @Test
    void clientReceivesWithWhatTheServerSendsWith() {
        MppeStartKeys server = MppeKeys.ofServer(HASH_HASH, NT_RESPONSE);
        MppeStartKeys client = MppeKeys.ofClient(HASH_HASH, NT_RESPONSE);
        assertThat(client.receive()).isEqualTo(server.send());
        assertThat(client.send()).isEqualTo(server.receive());
    }

    @Test
    void refusesInputsOfAnotherLength() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MppeKeys.ofServer(new byte[15], NT_RESPONSE));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MppeKeys.ofClient(HASH_HASH, new byte[25]));
    }

    @Test
    void startKeysAreWipedAndNeverPrinted() {
        MppeStartKeys keys = MppeKeys.ofServer(HASH_HASH, NT_RESPONSE);
        assertThat(keys).hasToString("MppeStartKeys[16 octets each]");
        keys.wipe();
        assertThat(keys.send()).containsOnly(0);
        assertThat(keys.receive()).containsOnly(0);
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }
}
