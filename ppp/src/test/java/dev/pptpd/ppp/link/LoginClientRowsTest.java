package dev.pptpd.ppp.link;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.mppe.MppeStrength;
import dev.pptpd.ppp.auth.AuthenticationResult;
import dev.pptpd.ppp.auth.NtPasswordHash;
import dev.pptpd.ppp.ccp.MppeConfiguration;
import dev.pptpd.ppp.ccp.MppePolicy;
import dev.pptpd.ppp.frame.PppProtocol;
import dev.pptpd.ppp.link.LinkEnd.Cause;
import dev.pptpd.ppp.packet.Code;
import dev.pptpd.ppp.packet.ControlPacket;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.digests.MD4Digest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * CLIENTS.md section 6, row by row. What is negotiated stands in octets in the table; the packets
 * of CHAP, which are different each time, are made here as a client makes them, by other means than
 * those of the code under test.
 */
final class LoginClientRowsTest {
    private static final int LCP = PppProtocol.LCP;
    private static final int CHAP = PppProtocol.CHAP;
    private static final String PASSWORD = "clientPass";
    private static final byte[] PEER_CHALLENGE =
            HexFormat.of().parseHex("21402324255e262a28295f2b3a337c7e");

    private final ScriptedPeer peer = new ScriptedPeer(MppePolicy.REQUIRE);

    static List<PeerRow> rows() {
        return PeerRow.read("login-rows.txt");
    }

    /** Rows 8 to 13 are the methods below. */
    @Test
    void everyRowOfTheSectionIsThere() {
        Set<Integer> numbers = new TreeSet<>();
        for (PeerRow row : rows()) {
            numbers.add(Integer.parseInt(row.number().substring(2)));
        }
        assertThat(numbers).containsExactly(1, 2, 3, 4, 5, 6, 7);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void isAnsweredSo(PeerRow row) {
        LinkScript.play(row);
    }

    @Test
    @DisplayName("6.6c NT 4 answers MS-CHAPv1 with a LAN Manager response as well, flag 1")
    void takesTheResponseOfNt4WithItsLanManagerResponse() throws Exception {
        ScriptedPeer nt4 =
                new ScriptedPeer(LinkWords.configuration("server logins=MS_CHAP_V1 allow"));
        nt4.say(LCP, Code.CONFIGURE_REQUEST, "5:31d67a6e 7 8");
        nt4.acknowledge(LCP);
        nt4.expect(LCP, Code.CONFIGURE_ACK);
        ControlPacket challenge = nt4.expect(CHAP, 1);
        byte[] octets = Arrays.copyOfRange(challenge.data(), 1, 9);
        byte[] data =
                ByteBuffer.allocate(50 + 4)
                        .put((byte) 49)
                        .put(desResponse(octets, lmHash(PASSWORD)))
                        .put(desResponse(octets, ntHash(PASSWORD)))
                        .put((byte) 1)
                        .put("User".getBytes(US_ASCII))
                        .array();
        nt4.say(CHAP, 2, challenge.identifier(), data);
        assertThat(nt4.expect(CHAP, 3).identifier()).isEqualTo(challenge.identifier());
    }

    @ParameterizedTest(name = "6.8 and 6.9 response of 49 octets, reserved octets zero: {0}")
    @ValueSource(strings = {"jm", "vpnuser", "lulu", "CORP\\lulu", "a.b@corp.example"})
    void takesAResponseWhoseHashLeavesTheDomainOut(String name) throws Exception {
        ControlPacket challenge = challenge();
        byte[] response = response(challenge, name.substring(name.indexOf('\\') + 1));
        peer.say(CHAP, 2, challenge.identifier(), responseData(response, (byte) 0, 0, name));
        assertThat(peer.expect(CHAP, 3).data()).hasSize(42);
        assertThat(peer.asked(0).peerName().text()).isEqualTo(name);
    }

    @Test
    @DisplayName("6.9 reserved octets and flags are not looked at where a client fills them")
    void takesAResponseWithOctetsWhereZeroIsDue() throws Exception {
        ControlPacket challenge = challenge();
        byte[] response = response(challenge, "jm");
        peer.say(CHAP, 2, challenge.identifier(), responseData(response, (byte) 7, 1, "jm"));
        peer.expect(CHAP, 3);
    }

    @Test
    @DisplayName("6.10a our Success is S= and 40 digits in upper case, as that of RRAS")
    void sendsTheSuccessOfRras() throws Exception {
        ControlPacket challenge = challenge();
        byte[] response = response(challenge, "jm");
        peer.say(CHAP, 2, challenge.identifier(), responseData(response, (byte) 0, 0, "jm"));
        String success = new String(peer.expect(CHAP, 3).data(), US_ASCII);
        assertThat(success).isEqualTo("S=" + authenticator(challenge, response, "jm"));
    }

    @ParameterizedTest(name = "6.10b our client takes a Success with \"{0}\" behind it")
    @ValueSource(strings = {"", " M=Access granted", " M=Welcome", "\u0000"})
    void theClientTakesTheSuccessOfRrasAndOfPppd(String text) {
        ScriptedPeer server = client();
        ControlPacket response = challengeClient(server);
        String proof = ScriptedPeer.verify(response, new byte[16]).successMessage();
        server.say(CHAP, 3, 1, (proof + text).getBytes(US_ASCII));
        server.expect(PppProtocol.CCP, Code.CONFIGURE_REQUEST);
        assertThat(server.link.end()).isEmpty();
    }

    @ParameterizedTest(
            name = "6.11 our client refuses a Success that does not begin with S=, row {index}")
    @ValueSource(strings = {"\u0001%s", " %s", "M=hello %s", "s=%s"})
    void theClientRefusesTheSuccessOfADraytek(String form) {
        ScriptedPeer server = client();
        ControlPacket response = challengeClient(server);
        AuthenticationResult.Accepted accepted = ScriptedPeer.verify(response, new byte[16]);
        String proof =
                form.startsWith("s=")
                        ? accepted.successMessage().substring(2)
                        : accepted.successMessage();
        server.say(CHAP, 3, 1, String.format(Locale.ROOT, form, proof).getBytes(US_ASCII));
        server.expect(LCP, Code.TERMINATE_REQUEST);
        assertThat(server.link.end().orElseThrow().cause()).isEqualTo(Cause.PEER_NOT_PROVEN);
    }

    @Test
    @DisplayName("6.12 Terminate-Request with RAS error 778 where S= cannot be verified")
    void tellsWhyWindowsLeavesThatCouldNotVerifyTheServer() {
        peer.establish();
        peer.logIn();
        peer.expect(PppProtocol.CCP, Code.CONFIGURE_REQUEST);
        byte[] data = HexFormat.of().parseHex("31d67a6e003ccd740000030a");
        peer.say(LCP, Code.TERMINATE_REQUEST, 4, data);
        assertThat(peer.expect(LCP, Code.TERMINATE_ACK).data()).isEqualTo(data);
        assertThat(peer.link.end())
                .contains(
                        new LinkEnd(
                                Cause.PEER_TERMINATED,
                                "the client reports RAS error 778,"
                                        + " it could not verify who the server is"));
    }

    @Test
    @DisplayName("6.13a a lost Success: the same Response comes again and gets the same Success")
    void repeatsALostSuccess() throws Exception {
        ControlPacket challenge = challenge();
        byte[] data = responseData(response(challenge, "jm"), (byte) 0, 0, "jm");
        peer.say(CHAP, 2, challenge.identifier(), data);
        ControlPacket success = peer.expect(CHAP, 3);
        peer.expect(PppProtocol.CCP, Code.CONFIGURE_REQUEST);
        for (int n = 0; n < 3; n++) {
            peer.say(CHAP, 2, challenge.identifier(), data);
            assertThat(peer.expect(CHAP, 3)).isEqualTo(success);
        }
        assertThat(peer.count(LinkAction.Authenticate.class)).isOne();
        assertThat(peer.sent).isEmpty();
    }

    @Test
    @DisplayName(
            "6.13b Windows repeats nothing itself: the Challenge comes again, and again its own")
    void repeatsALostChallenge() {
        peer.establish();
        ControlPacket challenge = peer.expect(CHAP, 1);
        peer.pass(3_000);
        assertThat(peer.expect(CHAP, 1)).isEqualTo(challenge);
        peer.answer(challenge, ScriptedPeer.PASSWORD);
        peer.expect(CHAP, 3);
    }

    private ControlPacket challenge() {
        peer.establish();
        return peer.expect(CHAP, 1);
    }

    private static ScriptedPeer client() {
        return new ScriptedPeer(
                new MppeConfiguration(MppePolicy.REQUIRE, Set.of(MppeStrength.BITS_128)));
    }

    private static ControlPacket challengeClient(ScriptedPeer server) {
        server.establishAsServer();
        server.sayChallenge(1, new byte[16]);
        return server.expect(CHAP, 2);
    }

    private static byte[] responseData(byte[] ntResponse, byte reserved, int flags, String name) {
        byte[] octets = new byte[8];
        Arrays.fill(octets, reserved);
        return ByteBuffer.allocate(50 + name.length())
                .put((byte) 49)
                .put(PEER_CHALLENGE)
                .put(octets)
                .put(ntResponse)
                .put((byte) flags)
                .put(name.getBytes(US_ASCII))
                .array();
    }

    /** GenerateNTResponse of RFC 2759 section 8.1. */
    private static byte[] response(ControlPacket challenge, String name)
            throws GeneralSecurityException {
        return desResponse(challengeHash(challenge, name), ntHash(PASSWORD));
    }

    private static byte[] challengeHash(ControlPacket challenge, String name)
            throws GeneralSecurityException {
        byte[] octets = Arrays.copyOfRange(challenge.data(), 1, 17);
        return Arrays.copyOf(sha1(PEER_CHALLENGE, octets, name.getBytes(US_ASCII)), 8);
    }

    /** GenerateAuthenticatorResponse of RFC 2759 section 8.7. */
    private static String authenticator(ControlPacket challenge, byte[] response, String name)
            throws GeneralSecurityException {
        byte[] signed =
                sha1(
                        md4(ntHash(PASSWORD)),
                        response,
                        "Magic server to client signing constant".getBytes(US_ASCII));
        byte[] digest =
                sha1(
                        signed,
                        challengeHash(challenge, name),
                        "Pad to make it do more than one iteration".getBytes(US_ASCII));
        return HexFormat.of().withUpperCase().formatHex(digest);
    }

    private static byte[] sha1(byte[]... parts) throws GeneralSecurityException {
        MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
        for (byte[] part : parts) {
            sha1.update(part);
        }
        return sha1.digest();
    }

    private static byte[] ntHash(String password) {
        return md4(password.getBytes(UTF_16LE));
    }

    private static byte[] md4(byte[] octets) {
        MD4Digest md4 = new MD4Digest();
        md4.update(octets, 0, octets.length);
        byte[] digest = new byte[NtPasswordHash.OCTETS];
        md4.doFinal(digest, 0);
        return digest;
    }

    private static byte[] lmHash(String password) throws GeneralSecurityException {
        byte[] key = Arrays.copyOf(password.toUpperCase(Locale.ROOT).getBytes(US_ASCII), 14);
        byte[] constant = "KGS!@#$%".getBytes(US_ASCII);
        return ByteBuffer.allocate(16)
                .put(des(Arrays.copyOf(key, 7), constant))
                .put(des(Arrays.copyOfRange(key, 7, 14), constant))
                .array();
    }

    private static byte[] desResponse(byte[] challenge, byte[] hash)
            throws GeneralSecurityException {
        byte[] keys = Arrays.copyOf(hash, 21);
        ByteBuffer response = ByteBuffer.allocate(24);
        for (int from = 0; from < keys.length; from += 7) {
            response.put(des(Arrays.copyOfRange(keys, from, from + 7), challenge));
        }
        return response.array();
    }

    /** One block under a key of 7 octets, which DES wants spread over 8. */
    private static byte[] des(byte[] key, byte[] block) throws GeneralSecurityException {
        long bits = 0;
        for (byte octet : key) {
            bits = bits << 8 | (octet & 0xFF);
        }
        byte[] spread = new byte[8];
        for (int n = 7; n >= 0; n--) {
            spread[n] = (byte) (bits << 1);
            bits >>= 7;
        }
        Cipher des = Cipher.getInstance("DES/ECB/NoPadding");
        des.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(spread, "DES"));
        return des.doFinal(block);
    }
}
