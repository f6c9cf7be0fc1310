package dev.pptpd.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;

class NetlinkBatchTest {
    private final ByteBuffer memory = ByteBuffer.allocate(512);

    @Test
    void numbersItsRequestsAndWritesTheirLengths() {
        NetlinkBatch batch = new NetlinkBatch(memory, 40);
        batch.begin(NetlinkMessage.RTM_NEWLINK, 5, "first", 0).link(3, 1, 1);
        batch.begin(NetlinkMessage.RTM_NEWADDR, 5, "second", 97).address(3, 32);
        List<NetlinkBatch.Request> requests = batch.finish();

        assertThat(requests)
                .containsExactly(
                        new NetlinkBatch.Request(40, "first", 0),
                        new NetlinkBatch.Request(41, "second", 97));
        assertThat(memory.position()).isEqualTo(32 + 24);
        assertThat(memory.getInt(0)).isEqualTo(32);
        assertThat(memory.getInt(8)).isEqualTo(40);
        assertThat(memory.getInt(32)).isEqualTo(24);
        assertThat(memory.getInt(32 + 8)).isEqualTo(41);
    }

    @Test
    void writesWhatTheReaderReads() {
        NetlinkBatch batch = new NetlinkBatch(memory, 1);
        batch.begin(NetlinkMessage.RTM_NEWLINK, 0, "", 0)
                .link(12, 0, 0)
                .nestedOctet(NetlinkMessage.IFLA_AF_SPEC, (short) 10, (short) 8, (byte) 1)
                .number(NetlinkMessage.IFLA_GROUP, 4_711);
        batch.finish();

        assertThat(NetlinkAnswer.next(memory.flip()).orElseThrow().link())
                .contains(new Link(12, "", 4_711, ""));
    }

    @Test
    void writesAddressesInNetworkOrder() {
        NetlinkBatch batch = new NetlinkBatch(memory, 1);
        batch.begin(NetlinkMessage.RTM_NEWADDR, 0, "", 0)
                .address(1, 32)
                .ipv4(NetlinkMessage.IFA_LOCAL, 0x0A4E0001);
        batch.finish();

        assertThat(memory.order(ByteOrder.BIG_ENDIAN).getInt(16 + 8 + 4)).isEqualTo(0x0A4E0001);
    }

    @Test
    void refusesAConfigurationThatTheKernelWouldRefuse() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TunConfiguration(1, 2, 67, 1))
                .withMessage("MTU 67");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TunConfiguration(1, 2, 65_536, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TunConfiguration(1, 2, 1_400, -1))
                .withMessage("link group -1");
    }
}
