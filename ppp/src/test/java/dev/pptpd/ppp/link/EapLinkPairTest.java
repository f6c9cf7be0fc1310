package dev.pptpd.ppp.link;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.mppe.MppeStrength;
import dev.pptpd.ppp.auth.AuthenticationRequest;
import dev.pptpd.ppp.auth.AuthenticationResult;
import dev.pptpd.ppp.auth.AuthenticationResult.FailureCode;
import dev.pptpd.ppp.auth.CertificateRequest;
import dev.pptpd.ppp.auth.ClientPassword;
import dev.pptpd.ppp.auth.KnownPassword;
import dev.pptpd.ppp.auth.LoginLimits;
import dev.pptpd.ppp.auth.LoginMethod;
import dev.pptpd.ppp.auth.PeerName;
import dev.pptpd.ppp.ccp.MppeConfiguration;
import dev.pptpd.ppp.ccp.MppePolicy;
import dev.pptpd.ppp.eap.EapMethod;
import dev.pptpd.ppp.eap.EapSettings;
import dev.pptpd.ppp.eap.EapTimer;
import dev.pptpd.ppp.eap.TestCertificates;
import dev.pptpd.ppp.eap.TlsConversation;
import dev.pptpd.ppp.link.LinkEnd.Cause;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Our client against our server, which wants a login by EAP. */
final class EapLinkPairTest {
    private static final byte[] PING = HexFormat.of().parseHex("4500001c000100004001");
    private static final MppeConfiguration STRONG =
            new MppeConfiguration(MppePolicy.REQUIRE, Set.of(MppeStrength.BITS_128));
    private static final String TLS_1_2 = "TLSv1.2";
    private static final String TLS_1_3 = "TLSv1.3";
    private static final EapTimer PATIENT = new EapTimer(3_000, 10, 200, 60_000, 120_000, 0);

    private final List<AuthenticationRequest> asked = new ArrayList<>();

    @Test
    void logsInByMsChapV2AndEncrypts() {
        LinkPair pair = pair(1, settings(EapMethod.MS_CHAP_V2), settings(EapMethod.MS_CHAP_V2));
        pair.settle(30);
        assertThat(pair.strength()).contains(MppeStrength.BITS_128);
        assertDataFlows(pair);
        assertThat(asked).extracting(AuthenticationRequest::method).containsExactly("EAP-MSCHAPv2");
        assertThat(pair.methodsTold()).containsExactly("EAP-MSCHAPv2");
    }

    @Test
    void logsInByMd5WithoutEncryption() {
        LinkPair pair =
                new LinkPair(
                        1,
                        clientSide(
                                "User",
                                password("clientPass"),
                                settings(EapMethod.MD5),
                                MppeConfiguration.NONE,
                                1400),
                        serverSide(settings(EapMethod.MD5), MppeConfiguration.NONE, 1400));
        pair.start();
        pair.settle(30);
        assertThat(pair.strength()).isEmpty();
        assertDataFlows(pair);
    }

    @Test
    void refusesAWrongPasswordByMd5() {
        LinkPair pair =
                pair(1, settings(EapMethod.MD5), settings(EapMethod.MD5), password("wrong"));
        pair.settle(60);
        assertThat(end(pair.server).detail()).isEqualTo("login refused, E=691");
        assertThat(end(pair.client).detail()).isEqualTo("the server refuses the login");
    }

    @ParameterizedTest
    @ValueSource(strings = {TLS_1_2, TLS_1_3})
    void logsInByCertificateAndEncrypts(String protocol) {
        LinkPair pair = pair(1, serverOf(protocol), clientOf("client", protocol));
        pair.settle(30);
        assertThat(pair.strength()).contains(MppeStrength.BITS_128);
        assertDataFlows(pair);
        CertificateRequest request = (CertificateRequest) asked.getFirst();
        assertThat(request.certificateNames())
                .containsExactly("User", "user@corp.example", "user@ad.example");
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 200000", "5, 20, 100000", "10, 10, 50000"})
    void logsInOverAPathThatLosesDoublesAndReorders(int loss, int duplicates, int jitter) {
        for (int seed = 0; seed < 60; seed++) {
            LinkPair pair =
                    pair(seed, settings(EapMethod.MS_CHAP_V2), settings(EapMethod.MS_CHAP_V2));
            pair.impair(loss, duplicates, jitter);
            pair.settle(180);
            assertThat(pair.client.isUp() && pair.server.isUp())
                    .as("seed %d: %s, %s", seed, pair.client.events, pair.server.events)
                    .isTrue();
            assertDataFlows(pair);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {TLS_1_2, TLS_1_3})
    void logsInByCertificateOverALossyPath(String protocol) {
        for (int seed = 0; seed < 8; seed++) {
            LinkPair pair = pair(seed, serverOf(protocol), clientOf("client", protocol));
            pair.impair(4, 20, 20_000);
            pair.settle(180);
            assertThat(pair.client.isUp() && pair.server.isUp())
                    .as("seed %d: %s, %s", seed, pair.client.events, pair.server.events)
                    .isTrue();
            assertDataFlows(pair);
        }
    }

    @Test
    void takesTheFirstOfTheServersMethodsThatTheClientKnows() {
        LinkPair pair = pair(1, serverOf(TLS_1_3), settings(EapMethod.MS_CHAP_V2));
        pair.settle(30);
        assertThat(pair.server.isUp()).isTrue();
        assertThat(asked).extracting(AuthenticationRequest::method).containsExactly("EAP-MSCHAPv2");
    }

    @Test
    void endsWhereNoMethodIsKnownToBoth() {
        LinkPair pair =
                pair(1, settings(EapMethod.MS_CHAP_V2), onlyTls(clientTls("client", TLS_1_3)));
        pair.settle(60);
        assertThat(end(pair.server).cause()).isEqualTo(Cause.AUTHENTICATION_FAILED);
        assertThat(end(pair.server).detail()).isEqualTo("the peer wants EAP by TLS");
        assertThat(end(pair.client).cause()).isEqualTo(Cause.AUTHENTICATION_FAILED);
    }

    @Test
    void refusesAWrongPassword() {
        LinkPair pair =
                pair(
                        1,
                        settings(EapMethod.MS_CHAP_V2),
                        settings(EapMethod.MS_CHAP_V2),
                        password("wrong"));
        pair.settle(60);
        assertThat(end(pair.server).cause()).isEqualTo(Cause.AUTHENTICATION_FAILED);
        assertThat(end(pair.client).detail()).contains("wrong user name or password (error 691)");
    }

    @Test
    void refusesAServerThatDoesNotKnowThePassword() {
        LinkPair pair =
                pair(
                        1,
                        settings(EapMethod.MS_CHAP_V2),
                        settings(EapMethod.MS_CHAP_V2),
                        password("mine"));
        pair.authority =
                request ->
                        new AuthenticationResult.Accepted(
                                "S=" + "0".repeat(40), Optional.empty(), request.peerName());
        pair.settle(60);
        assertThat(end(pair.client).cause()).isEqualTo(Cause.PEER_NOT_PROVEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {TLS_1_2, TLS_1_3})
    void refusesACertificateOfAnotherAuthority(String protocol) {
        LinkPair pair = pair(1, serverOf(protocol), clientOf("unknown", protocol));
        pair.settle(60);
        assertThat(end(pair.server).detail()).startsWith("TLS: ");
        assertThat(end(pair.client).cause()).isEqualTo(Cause.AUTHENTICATION_FAILED);
        assertThat(asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {TLS_1_2, TLS_1_3})
    void refusesAServerOfAnotherAuthority(String protocol) {
        EapSettings suspicious =
                onlyTls(TestCertificates.conversations("client", "stranger", protocol, true));
        LinkPair pair = pair(1, serverOf(protocol), suspicious);
        pair.settle(60);
        assertThat(end(pair.client).detail()).startsWith("TLS: ");
        assertThat(end(pair.server).cause()).isEqualTo(Cause.AUTHENTICATION_FAILED);
        assertThat(asked).isEmpty();
    }

    @Test
    void refusesAServerOfAnotherName() {
        EapSettings named =
                new EapSettings(
                        List.of(EapMethod.TLS),
                        PATIENT,
                        Optional.of(clientTls("client", TLS_1_3)),
                        Optional.of("other.example"));
        LinkPair pair = pair(1, serverOf(TLS_1_3), named);
        pair.settle(60);
        assertThat(end(pair.client))
                .isEqualTo(
                        new LinkEnd(
                                Cause.PEER_NOT_PROVEN,
                                "the server's certificate does not name other.example"));
    }

    @Test
    void refusesAUserWhomTheCertificateDoesNotName() {
        LinkPair pair =
                new LinkPair(
                        1,
                        clientSide("Somebody", password("x"), clientOf("client", TLS_1_3), 1400),
                        serverSide(serverOf(TLS_1_3), 1400));
        pair.start();
        pair.settle(60);
        assertThat(end(pair.server).detail()).isEqualTo("login refused, E=691");
    }

    @ParameterizedTest
    @ValueSource(ints = {128, 200, 576})
    void cutsTheFlightsOfTlsIntoPacketsThatThePeerTakes(int mruBytes) {
        LinkPair pair =
                new LinkPair(
                        1,
                        clientSide("User", password("x"), clientOf("client", TLS_1_2), mruBytes),
                        serverSide(serverOf(TLS_1_2), mruBytes));
        List<Integer> sizes = new ArrayList<>();
        pair.towardsClient =
                frame -> {
                    if (LinkPair.protocol(frame) == 0xC227) {
                        sizes.add(frame.length - 4);
                    }
                    return frame;
                };
        pair.start();
        pair.settle(60);
        assertThat(pair.server.isUp()).isTrue();
        assertThat(sizes).allMatch(size -> size <= mruBytes);
        assertThat(sizes.stream().max(Integer::compare)).hasValue(mruBytes);
    }

    @Test
    void asksAgainWhereAnIntervalIsConfigured() {
        EapTimer again = new EapTimer(3_000, 10, 200, 60_000, 120_000, 60_000);
        EapSettings repeated =
                new EapSettings(
                        List.of(EapMethod.MS_CHAP_V2), again, Optional.empty(), Optional.empty());
        LinkPair pair = pair(1, repeated, settings(EapMethod.MS_CHAP_V2));
        pair.settle(30);
        assertThat(asked).hasSize(1);
        pair.pass(150);
        assertThat(asked).hasSize(3);
        assertThat(pair.client.isUp() && pair.server.isUp()).isTrue();
        assertDataFlows(pair);
    }

    /** RFC 3748 section 4.2: a Success is not repeated, and the peer has to live with that. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void survivesALostSuccess(boolean byCertificate) {
        LinkPair pair =
                byCertificate
                        ? pair(1, serverOf(TLS_1_3), clientOf("client", TLS_1_3))
                        : pair(1, settings(EapMethod.MS_CHAP_V2), settings(EapMethod.MS_CHAP_V2));
        byte[] nothing = HexFormat.of().parseHex("c0210b000004");
        pair.towardsClient =
                frame ->
                        LinkPair.protocol(frame) == 0xC227
                                        && frame[frame.length - 4] == 3
                                        && frame.length == 8
                                ? nothing
                                : frame;
        pair.settle(60);
        assertThat(pair.client.isUp() && pair.server.isUp()).isTrue();
        assertDataFlows(pair);
    }

    @Test
    void changesAnExpiredPasswordInsideEap() {
        ClientPassword password =
                new ClientPassword(known("clientPass"), Optional.of(known("n\u00e4chstes")));
        LinkPair pair =
                new LinkPair(
                        1,
                        clientSide("User", password, settings(EapMethod.MS_CHAP_V2), 1400),
                        serverSide(settings(EapMethod.MS_CHAP_V2), 1400));
        pair.authority = request -> expired(request);
        pair.start();
        pair.settle(60);
        assertThat(pair.client.isUp() && pair.server.isUp()).isTrue();
        assertThat(password.isChanged()).isTrue();
        assertDataFlows(pair);
    }

    /** The first login is good and expired; what comes then has to be the change. */
    private AuthenticationResult expired(AuthenticationRequest request) {
        AuthenticationResult result = request.verify(known("clientPass"));
        asked.add(request);
        if (asked.size() == 1 && result instanceof AuthenticationResult.Accepted accepted) {
            accepted.wipe();
            return new AuthenticationResult.Rejected(FailureCode.PASSWORD_EXPIRED);
        }
        return result;
    }

    private LinkPair pair(long seed, EapSettings server, EapSettings client) {
        return pair(seed, server, client, password("clientPass"));
    }

    private LinkPair pair(
            long seed, EapSettings server, EapSettings client, ClientPassword password) {
        LinkPair pair =
                new LinkPair(
                        seed, clientSide("User", password, client, 1400), serverSide(server, 1400));
        var decides = pair.authority;
        pair.authority =
                request -> {
                    asked.add(request);
                    return decides.apply(request);
                };
        return pair.start();
    }

    private static LinkConfiguration clientSide(
            String user, ClientPassword password, EapSettings eap, int mruBytes) {
        return clientSide(user, password, eap, STRONG, mruBytes);
    }

    private static LinkConfiguration clientSide(
            String user,
            ClientPassword password,
            EapSettings eap,
            MppeConfiguration mppe,
            int mruBytes) {
        LinkRole role =
                new LinkRole.Client(
                        new PeerName(user.getBytes(UTF_8)),
                        password,
                        List.of(LoginMethod.EAP),
                        eap);
        return ScriptedPeer.configuration(role, mppe, List.of(), LoginLimits.DEFAULT, mruBytes);
    }

    private static LinkConfiguration serverSide(EapSettings eap, int mruBytes) {
        return serverSide(eap, STRONG, mruBytes);
    }

    private static LinkConfiguration serverSide(
            EapSettings eap, MppeConfiguration mppe, int mruBytes) {
        return ScriptedPeer.configuration(
                new LinkRole.Server(eap),
                mppe,
                List.of(LoginMethod.EAP),
                LoginLimits.DEFAULT,
                mruBytes);
    }

    private static EapSettings settings(EapMethod method) {
        return new EapSettings(List.of(method), PATIENT, Optional.empty(), Optional.empty());
    }

    private static EapSettings serverOf(String protocol) {
        return new EapSettings(
                List.of(EapMethod.TLS, EapMethod.MS_CHAP_V2),
                PATIENT,
                Optional.of(TestCertificates.server(protocol)),
                Optional.empty());
    }

    private static EapSettings clientOf(String name, String protocol) {
        return onlyTls(clientTls(name, protocol));
    }

    private static Supplier<TlsConversation> clientTls(String name, String protocol) {
        return TestCertificates.client(name, protocol);
    }

    private static EapSettings onlyTls(Supplier<TlsConversation> tls) {
        return new EapSettings(
                List.of(EapMethod.TLS), PATIENT, Optional.of(tls), Optional.of("vpn.example"));
    }

    private static ClientPassword password(String text) {
        return new ClientPassword(known(text));
    }

    private static KnownPassword known(String text) {
        return KnownPassword.ofText(text.getBytes(UTF_8));
    }

    private static LinkEnd end(LinkPair.End end) {
        return end.link.end().orElseThrow();
    }

    private static void assertDataFlows(LinkPair pair) {
        for (int n = 0; n < 10; n++) {
            assertThat(pair.carry(pair.client, PING)).contains(PING);
            assertThat(pair.carry(pair.server, PING)).contains(PING);
        }
    }
}
