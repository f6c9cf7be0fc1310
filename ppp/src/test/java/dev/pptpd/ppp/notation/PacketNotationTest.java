package dev.pptpd.ppp.notation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PacketNotationTest {
    /** What stands for a challenge, a response or a proof here: nothing of it may be seen. */
    private static final String SECRET = "5ec2e75ec2e75ec2e75ec2e75ec2e75e";

    /** Protocol, code, identifier, data; and the line that pppd writes. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
"""
c021|1|01|0104 0578 0206 00000000 0305 c22381 0506 5c0d3f31 0702 0802|[LCP ConfReq id=0x1 <mru 1400> <asyncmap 0x0> <auth chap MS-v2> <magic 0x5c0d3f31> <pcomp> <accomp>]
c021|1|00|0104 0578 0506 08dd6215 0702 0802 0d03 06|[LCP ConfReq id=0x0 <mru 1400> <magic 0x8dd6215> <pcomp> <accomp> <callback CBCP>]
c021|4|00|0d03 06|[LCP ConfRej id=0x0 <callback CBCP>]
c021|2|ae|0506 d5692820 0702 0802|[LCP ConfAck id=0xae <magic 0xd5692820> <pcomp> <accomp>]
c021|1|02|1104 064e 1317 01 2a48ca75557540d8ad3623aa5b87e09b00000000|[LCP ConfReq id=0x2 <mrru 1614> <endpoint [local:2a.48.ca.75.55.75.40.d8.ad.36.23.aa.5b.87.e0.9b.00.00.00.00]>]
c021|1|03|1309 03 001122aabbcc 1202|[LCP ConfReq id=0x3 <endpoint [MAC:00:11:22:aa:bb:cc]> <ssnhf>]
c021|3|01|0304 c023 0305 c22305 0305 c22380 0304 c227|[LCP ConfNak id=0x1 <auth pap> <auth chap MD5> <auth chap MS> <auth eap>]
c021|3|01|0408 c025 000003e8|[LCP ConfNak id=0x1 <quality lqr 00 00 03 e8>]
c021|1|01|1704 004c 0103 05|[LCP ConfReq id=0x1 <opt 0x17 00 4c> <opt 0x1 05>]
c021|1|01|0104 05|[LCP ConfReq id=0x1 01 04 05]
c021|1|01||[LCP ConfReq id=0x1]
c021|5|02|4e6f206e6574776f726b|[LCP TermReq id=0x2 "No network"]
c021|5|06|5c0d3f31 003ccd74 00000000|[LCP TermReq id=0x6 "\\\\\\r?1\\000<\\315t\\000\\000\\000\\000"]
c021|5|06|00003f31 003ccd74 00000000|[LCP TermReq id=0x6 00 00 3f 31 00 3c cd 74 00 00 00 00]
c021|6|06||[LCP TermAck id=0x6]
c021|7|03|4b01000a|[LCP CodeRej id=0x3 4b 01 00 0a]
c021|8|b0|8057 0101000e010a24ee7901ac81522a|[LCP ProtRej id=0xb0 80 57 01 01 00 0e 01 0a 24 ee 79 01 ac 81 52 2a]
c021|9|00|753c07ce|[LCP EchoReq id=0x0 magic=0x753c07ce]
c021|10|00|31f907e0 0a0b|[LCP EchoRep id=0x0 magic=0x31f907e0 0a 0b]
c021|11|00|31f907e0|[LCP DiscReq id=0x0 magic=0x31f907e0]
c021|12|02|799b1a44 4d53524153 56352e3230|[LCP Ident id=0x2 magic=0x799b1a44 "MSRASV5.20"]
c021|12|04|11e527bf 55ac0a|[LCP Ident id=0x4 magic=0x11e527bf "U\\254\\n"]
c021|13|05|11e527bf 0000003c|[LCP TimeRem id=0x5 magic=0x11e527bf seconds=60]
c021|75|05|0102|[LCP code=0x4b id=0x5 01 02]
80fd|1|01|1206 01000040|[CCP ConfReq id=0x1 <mppe +H -M +S -L -D -C>]
80fd|1|04|1206 010000e1|[CCP ConfReq id=0x4 <mppe +H +M +S +L -D +C>]
80fd|3|06|1206 01000240|[CCP ConfNak id=0x6 <mppe +H -M +S -L -D -C +U (01000240)>]
80fd|1|01|1a04 7800 1804 7800 1503 2f|[CCP ConfReq id=0x1 <deflate 15> <deflate(old#) 15> <bsd v1 15>]
80fd|4|01|0102 0202|[CCP ConfRej id=0x1 <predictor 1> <predictor 2>]
80fd|14|07||[CCP ResetReq id=0x7]
80fd|15|07||[CCP ResetAck id=0x7]
8021|1|09|0306 00000000 8106 00000000 8206 00000000 8306 00000000 8406 00000000|[IPCP ConfReq id=0x9 <addr 0.0.0.0> <ms-dns1 0.0.0.0> <ms-wins 0.0.0.0> <ms-dns2 0.0.0.0> <ms-wins 0.0.0.0>]
8021|1|01|0206 002d 0f01 0306 0a630001|[IPCP ConfReq id=0x1 <compress VJ 0f 01> <addr 10.99.0.1>]
8021|4|01|010a 0a630001 0a63000a|[IPCP ConfRej id=0x1 <addrs 10.99.0.1 10.99.0.10>]
8057|1|05|010a 68c19d33c5f3cca4|[IPV6CP ConfReq id=0x5 <addr fe80::68c1:9d33:c5f3:cca4>]
""")
    void writesWhatPppdWrites(String protocol, int code, String id, String data, String line) {
        byte[] octets = HexFormat.of().parseHex(data == null ? "" : data.replace(" ", ""));
        assertThat(notation(protocol, code, id, octets)).isEqualTo(line);
    }

    @Test
    void namesWhoChallengesAndWhoAnswersButNotWithWhat() {
        String name = "7070747064";
        assertThat(chap(1, "10" + SECRET + name))
                .isEqualTo("[CHAP Challenge id=0x5b <16 octets>, name = \"pptpd\"]");
        String response = "31" + SECRET + "0".repeat(16) + "ab".repeat(24) + "00";
        assertThat(chap(2, response + "616c696365"))
                .isEqualTo("[CHAP Response id=0x5b <49 octets>, name = \"alice\"]");
    }

    @Test
    void showsTheNamesOfTheOtherFormsOfChap() {
        assertThat(chap(1, "08" + "11".repeat(8) + "7070747064"))
                .isEqualTo("[CHAP Challenge id=0x5b <8 octets>, name = \"pptpd\"]");
        assertThat(chap(2, "10" + SECRET + "616c696365"))
                .isEqualTo("[CHAP Response id=0x5b <16 octets>, name = \"alice\"]");
    }

    @Test
    void showsNothingOfAChallengeOfAnotherLength() {
        assertThat(chap(1, "00" + SECRET)).isEqualTo("[CHAP Challenge id=0x5b <17 octets>]");
        assertThat(chap(2, "30" + SECRET)).isEqualTo("[CHAP Response id=0x5b <17 octets>]");
        assertThat(chap(1, "10" + SECRET.substring(2)))
                .isEqualTo("[CHAP Challenge id=0x5b <16 octets>]");
        assertThat(chap(2, "")).isEqualTo("[CHAP Response id=0x5b <0 octets>]");
        assertThat(chap(9, SECRET)).isEqualTo("[CHAP code=0x9 id=0x5b <16 octets>]");
    }

    @Test
    void showsWhyALoginFailsButNotTheNextChallenge() {
        assertThat(chapText(4, "E=691 R=1 C=" + SECRET + " V=3 M=Access denied"))
                .isEqualTo(
                        "[CHAP Failure id=0x5b E=691 R=1 C=<32 octets> V=3 M=\"Access denied\"]");
        assertThat(chapText(3, "S=" + SECRET + "00000000 M=Access granted"))
                .isEqualTo("[CHAP Success id=0x5b S=<40 octets> M=\"Access granted\"]");
        assertThat(chapText(3, SECRET + " E=" + SECRET))
                .isEqualTo("[CHAP Success id=0x5b <32 octets> <34 octets>]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"c023", "c227", "c029", "c223", "c025", "0057", "4003"})
    void hidesRejectedPacketsThatMayCarryCredentialsOrData(String protocol) {
        String line =
                notation("c021", 8, "01", HexFormat.of().parseHex(protocol + "0101" + SECRET));
        assertThat(line).endsWith(" <18 octets>]").doesNotContain("5e c2");
    }

    @Test
    void hidesCredentialsInClearText() {
        assertThat(notation("c023", 1, "17", HexFormat.of().parseHex(SECRET)))
                .isEqualTo("[PAP AuthReq id=0x17 <16 octets>]");
        assertThat(notation("c023", 1, "17", HexFormat.of().parseHex("05616c69636510" + SECRET)))
                .isEqualTo("[PAP AuthReq id=0x17 user=\"alice\" password=<hidden>]");
        assertThat(notation("c023", 1, "17", HexFormat.of().parseHex("05616c69636505" + SECRET)))
                .isEqualTo("[PAP AuthReq id=0x17 <23 octets>]");
        assertThat(notation("c023", 2, "17", HexFormat.of().parseHex("00")))
                .isEqualTo("[PAP AuthAck id=0x17]");
        assertThat(notation("c023", 3, "17", HexFormat.of().parseHex("024e6f")))
                .isEqualTo("[PAP AuthNak id=0x17 \"No\"]");
        assertThat(notation("c023", 9, "17", HexFormat.of().parseHex(SECRET)))
                .isEqualTo("[PAP code=0x9 id=0x17 <16 octets>]");
    }

    /**
     * Code, data, and the line that pppd writes, but for values, of which it writes every octet.
     */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
"""
1|01|[EAP Request id=0x17 Identity <No message>]
1|01 57686f3f|[EAP Request id=0x17 Identity <Message "Who?">]
2|01 76706e|[EAP Response id=0x17 Identity <Name "vpn">]
2|01|[EAP Response id=0x17 Identity]
1|02 48656c6c6f|[EAP Request id=0x17 Notification <Message "Hello">]
2|03 1a|[EAP Response id=0x17 Nak <Suggested-type 1A (MSCHAPv2)>]
2|03 0d1904|[EAP Response id=0x17 Nak <Suggested-type 0D (TLS)> 19 04]
2|03 2b|[EAP Response id=0x17 Nak <Suggested-type 2B>]
2|03|[EAP Response id=0x17 Nak <missing hint>]
1|04 10 SECRET 7070747064|[EAP Request id=0x17 MD5-Challenge <Value 16 octets> <Name "pptpd">]
2|04 10 SECRET|[EAP Response id=0x17 MD5-Challenge <Value 16 octets> <No name>]
2|04 08 SECRET|[EAP Response id=0x17 MD5-Challenge <17 octets>]
2|04 11 SECRET|[EAP Response id=0x17 MD5-Challenge <17 octets>]
1|0d 20|[EAP Request id=0x17 TLS --S]
2|0d c0 00000400 1603|[EAP Response id=0x17 TLS LM- <6 octets>]
2|0d 00|[EAP Response id=0x17 TLS Ack]
2|0d|[EAP Response id=0x17 TLS Ack]
1|1a 01 17 001a 10 SECRET 7070747064|[EAP Request id=0x17 MSCHAPv2 Challenge <16 octets>, <Name "pptpd">]
2|1a 02 17 0039 31 SECRET SECRET SECRET 00 76706e|[EAP Response id=0x17 MSCHAPv2 Response <49 octets>, <Name "vpn">]
2|1a 02 17 0039 30 SECRET SECRET SECRET 76706e|[EAP Response id=0x17 MSCHAPv2 Response <52 octets>]
1|1a 03 17 0039 533d35454332453720 4d3d4f4b|[EAP Request id=0x17 MSCHAPv2 Success <Message S=<6 octets> M="OK">]
2|1a 03|[EAP Response id=0x17 MSCHAPv2 Success]
1|1a 04 17 0039 453d36393120523d3020433d4142204d3d4e6f|[EAP Request id=0x17 MSCHAPv2 Failure <Message E=691 R=0 C=<2 octets> M="No">]
2|1a 04|[EAP Response id=0x17 MSCHAPv2 Failure]
2|1a 07 18 0246 SECRET|[EAP Response id=0x17 MSCHAPv2 opcode=0x7 <16 octets>]
2|1a 02 17|[EAP Response id=0x17 MSCHAPv2 <2 octets>]
1|19 SECRET|[EAP Request id=0x17 PEAP <16 octets>]
2|fe SECRET|[EAP Response id=0x17 type=0xfe <16 octets>]
1||[EAP Request id=0x17 <missing type>]
3||[EAP Success id=0x17]
4||[EAP Failure id=0x17]
4|SECRET|[EAP Failure id=0x17 <16 octets>]
9|SECRET|[EAP code=0x9 id=0x17 <16 octets>]
""")
    void showsTheCourseOfEapButNoSecret(int code, String data, String line) {
        String octets = data == null ? "" : data.replace("SECRET", SECRET).replace(" ", "");
        assertThat(notation("c227", code, "17", HexFormat.of().parseHex(octets))).isEqualTo(line);
    }

    @Test
    void showsOtherNetworkControlProtocolsInHex() {
        assertThat(notation("8281", 1, "01", new byte[0])).isEqualTo("[proto=0x8281 01 01 00 04]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ff03", "21", "ff030021450000", "fd9000aa", "0057600000", "c0"})
    void saysNothingOfDataAndOfWhatIsNoFrame(String frame) {
        assertThat(PacketNotation.ofFrame(ByteBuffer.wrap(HexFormat.of().parseHex(frame))))
                .isEmpty();
    }

    @Test
    void saysThatAPacketIsMalformed() {
        ByteBuffer frame = ByteBuffer.wrap(HexFormat.of().parseHex("ff03c0210101000901"));
        assertThat(PacketNotation.ofFrame(frame)).hasValue("[LCP malformed <5 octets>]");
        assertThat(frame.position()).isZero();
        assertThat(frame.limit()).isEqualTo(9);
    }

    @Test
    void letsNoTextLookLikeAFieldOrALineOfItsOwn() {
        byte[] data =
                "\0\0\0\0x\" event=login-failed peer=192.0.2.1\r\nevent=x\u001b[2J"
                        .getBytes(StandardCharsets.ISO_8859_1);
        assertThat(notation("c021", 12, "01", data))
                .isEqualTo(
                        "[LCP Ident id=0x1 magic=0x0 \"x\\\" event\\075login-failed"
                                + " peer\\075192.0.2.1\\r\\nevent\\075x\\033[2J\"]");
    }

    @Test
    void isOfBoundedLength() {
        byte[] options = HexFormat.of().parseHex("0702".repeat(700));
        assertThat(notation("c021", 1, "01", options)).hasSizeLessThan(1_024).endsWith(" ...]");
        byte[] text = "x".repeat(1_400).getBytes(StandardCharsets.ISO_8859_1);
        assertThat(notation("c021", 5, "01", text)).hasSizeLessThan(200).endsWith("...\"]");
        assertThat(notation("c021", 7, "01", text)).hasSizeLessThan(200).endsWith(" ...]");
    }

    private static String chapText(int code, String text) {
        return notation("c223", code, "5b", text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String chap(int code, String data) {
        String line = notation("c223", code, "5b", HexFormat.of().parseHex(data));
        assertThat(line.toLowerCase(Locale.ROOT)).doesNotContain(SECRET.substring(0, 8));
        return line;
    }

    private static String notation(String protocol, int code, String id, byte[] data) {
        ByteBuffer frame =
                ByteBuffer.allocate(8 + data.length)
                        .putShort((short) 0xFF03)
                        .put(HexFormat.of().parseHex(protocol))
                        .put((byte) code)
                        .put(HexFormat.of().parseHex(id))
                        .putShort((short) (4 + data.length))
                        .put(data)
                        .flip();
        return PacketNotation.ofFrame(frame).orElseThrow();
    }
}
