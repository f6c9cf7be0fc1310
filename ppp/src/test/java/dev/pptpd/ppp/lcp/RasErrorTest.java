package dev.pptpd.ppp.lcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.ppp.packet.Code;
import dev.pptpd.ppp.packet.ControlPacket;
import java.nio.ByteBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** CLIENTS.md section 10: the number in the Terminate-Request of Windows tells why it left. */
final class RasErrorTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    0    | the user hung up
                    691  | the client reports RAS error 691, wrong name or password, or no common login method
                    718  | the client reports RAS error 718, it waited too long for a PPP answer
                    734  | the client reports RAS error 734, LCP ended: no common login method or encryption, as a rule
                    741  | the client reports RAS error 741, it does not have the encryption that is demanded
                    742  | the client reports RAS error 742, the server does not have the encryption that it demands
                    778  | the client reports RAS error 778, it could not verify who the server is
                    999  | the client reports RAS error 999
                    -1   | the client reports RAS error -1
                    """)
    void saysInWordsWhyWindowsLeft(int number, String words) {
        byte[] data =
                ByteBuffer.allocate(12)
                        .putInt(0x31d6_7a6e)
                        .putInt(0x003c_cd74)
                        .putInt(number)
                        .array();
        assertThat(LcpPackets.terminateReason(new ControlPacket(Code.TERMINATE_REQUEST, 1, data)))
                .isEqualTo(words);
    }
}
