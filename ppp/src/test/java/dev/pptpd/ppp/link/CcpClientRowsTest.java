package dev.pptpd.ppp.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.ppp.ccp.MppePolicy;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * CLIENTS.md section 7, row by row. What is negotiated stands in octets in the table; the encrypted
 * packets of rows 14 to 16 are made and read here with the platform's ciphers.
 */
final class CcpClientRowsTest {
    private static final int COUNTS = 4_096;
    private static final byte[] PING = HexFormat.of().parseHex("4500001c000100004001");

    private final ScriptedPeer peer = new ScriptedPeer(MppePolicy.REQUIRE);

    static List<PeerRow> rows() {
        return PeerRow.read("ccp-rows.txt");
    }

    /** Rows 14 to 16 are the methods below. */
    @Test
    void everyRowOfTheSectionIsThere() {
        Set<Integer> numbers = new TreeSet<>();
        for (PeerRow row : rows()) {
            numbers.add(Integer.parseInt(row.number().substring(2)));
        }
        assertThat(numbers).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 17);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void isAnsweredSo(PeerRow row) {
        LinkScript.play(row);
    }

    @Test
    @DisplayName(
            "7.14a header 9000 and the count from 0, bits A and D in every packet, wrap at 4096")
    void countsAsEveryPeerDoes() {
        peer.comeUp();
        for (int number = 0; number < COUNTS + 10; number++) {
            ByteBuffer frame = peer.hearFrame(PING).orElseThrow();
            assertThat(frame.get(frame.position())).as("PFC and ACFC").isEqualTo((byte) 0xFD);
            assertThat(frame.getShort(frame.position() + 1))
                    .isEqualTo((short) (0x9000 | number % COUNTS));
        }
    }

    @Test
    @DisplayName(
            "7.14b and 7.16 packets of a client from 0 on, over the wrap, the key changed before each")
    void readsWhatAClientSends() throws GeneralSecurityException {
        peer.comeUp();
        StatelessKeys keys = new StatelessKeys(peer.startKeys().send());
        for (int number = 0; number < COUNTS + 10; number++) {
            byte[] inner = inner();
            byte[] encrypted = keys.next().doFinal(inner);
            String header = String.format("fd%04x", 0x9000 | number % COUNTS);
            assertThat(peer.sayHex(header + HexFormat.of().formatHex(encrypted)))
                    .as("packet %d", number)
                    .isEqualTo(FrameVerdict.IPV4);
        }
    }

    @Test
    @DisplayName(
            "7.15 and 7.16 inside stand 00 21 and the packet, without FF 03; key changed from count 0 on")
    void writesWhatAClientReads() throws GeneralSecurityException {
        peer.comeUp();
        StatelessKeys keys = new StatelessKeys(peer.startKeys().receive());
        for (int number = 0; number < 600; number++) {
            ByteBuffer frame = peer.hearFrame(PING).orElseThrow();
            byte[] encrypted = new byte[frame.remaining() - 3];
            frame.get(frame.position() + 3, encrypted);
            assertThat(keys.next().doFinal(encrypted)).as("packet %d", number).isEqualTo(inner());
        }
    }

    private static byte[] inner() {
        return ByteBuffer.allocate(2 + PING.length).putShort((short) 0x0021).put(PING).array();
    }

    /**
     * The keys of RFC 3078 section 7 for 128 bits: a new one for each packet, the first included.
     */
    private static final class StatelessKeys {
        private final byte[] startKey;
        private byte[] sessionKey;

        StatelessKeys(byte[] startKey) throws GeneralSecurityException {
            this.startKey = startKey;
            this.sessionKey = keyFromSha(startKey, startKey);
        }

        /** What encrypts or decrypts the next packet. */
        Cipher next() throws GeneralSecurityException {
            byte[] interim = keyFromSha(startKey, sessionKey);
            sessionKey = rc4(interim).doFinal(interim);
            return rc4(sessionKey);
        }

        private static byte[] keyFromSha(byte[] startKey, byte[] current)
                throws GeneralSecurityException {
            byte[] pad = new byte[40];
            Arrays.fill(pad, (byte) 0xF2);
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            sha1.update(startKey);
            sha1.update(new byte[40]);
            sha1.update(current);
            sha1.update(pad);
            return Arrays.copyOf(sha1.digest(), startKey.length);
        }

        private static Cipher rc4(byte[] key) throws GeneralSecurityException {
            Cipher rc4 = Cipher.getInstance("ARCFOUR");
            rc4.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "ARCFOUR"));
            return rc4;
        }
    }
}
