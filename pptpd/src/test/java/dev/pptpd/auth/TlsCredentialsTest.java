package dev.pptpd.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.ppp.eap.TlsConversation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whom a server of EAP-TLS lets in by the certificate. The files were made by openssl: one
 * authority, four of its clients, a list in which {@code revoked} is, and one that ran out in 2025.
 */
final class TlsCredentialsTest {
    private static final int MAX_FLIGHTS = 10;

    private String serverFault = "";
    private String clientFault = "";
    private boolean isEstablished;
    private List<String> clientNames = List.of();

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void letsInWhomTheListDoesNotName(String protocol) throws Exception {
        shakeHands("good", protocol, revocations("current.crl"));
        assertThat(isEstablished).as(serverFault).isTrue();
        assertThat(clientNames).containsExactly("good");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void refusesARevokedCertificate(String protocol) throws Exception {
        shakeHands("revoked", protocol, revocations("current.crl"));
        assertThat(isEstablished).isFalse();
        assertThat(serverFault)
                .startsWith("the certificate was revoked on 20")
                .endsWith("Z by CN=Authority of a test");
        assertThat(clientFault).contains("certificate_");
    }

    @Test
    void letsARevokedCertificateInWithoutAList() throws Exception {
        shakeHands("revoked", "TLSv1.3", List.of());
        assertThat(isEstablished).as(serverFault).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "TLSv1.2, expired, the certificate has expired: NotAfter: ",
        "TLSv1.3, expired, the certificate has expired: NotAfter: ",
        "TLSv1.3, future, the certificate is not valid yet: NotBefore: "
    })
    void refusesACertificateAtTheWrongTime(String protocol, String client, String fault)
            throws Exception {
        shakeHands(client, protocol, List.of());
        assertThat(isEstablished).isFalse();
        assertThat(serverFault).startsWith(fault);
        assertThat(clientFault).contains("certificate_");
    }

    /** Where lists are named, one that ran out lets nobody in: who knows what it would say now. */
    @Test
    void refusesEverybodyByAListThatRanOut() throws Exception {
        shakeHands("good", "TLSv1.3", revocations("stale.crl"));
        assertThat(isEstablished).isFalse();
        assertThat(serverFault)
                .isEqualTo(
                        "no current list of its authority says whether the certificate was"
                                + " revoked");
    }

    private void shakeHands(String clientName, String protocol, List<X509CRL> revocations)
            throws GeneralSecurityException, IOException {
        TlsConversation server =
                credentials("server", "TLSv1.3", revocations, "TLSv1.2").asServer().get();
        TlsConversation client = credentials(clientName, protocol, List.of()).asClient().get();
        byte[] flight = client.advance(new byte[0]);
        for (int n = 0; n < MAX_FLIGHTS && flight.length > 0; n++) {
            flight = n % 2 == 0 ? server.advance(flight) : client.advance(flight);
        }
        isEstablished = server.isEstablished() && client.isEstablished();
        serverFault = server.failure().orElse("");
        clientFault = client.failure().orElse("");
        clientNames = isEstablished ? server.peerNames() : List.of();
    }

    private static TlsCredentials credentials(
            String name, String protocol, List<X509CRL> revocations, String... moreProtocols)
            throws GeneralSecurityException, IOException {
        List<String> protocols =
                moreProtocols.length == 0 ? List.of(protocol) : List.of(protocol, moreProtocols[0]);
        return new TlsCredentials(
                key(name + ".key"),
                List.of(certificate(name + ".pem")),
                List.of(certificate("authority.pem")),
                revocations,
                protocols);
    }

    private static X509Certificate certificate(String file)
            throws GeneralSecurityException, IOException {
        try (InputStream in = open(file)) {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    private static List<X509CRL> revocations(String file)
            throws GeneralSecurityException, IOException {
        try (InputStream in = open(file)) {
            return List.of((X509CRL) CertificateFactory.getInstance("X.509").generateCRL(in));
        }
    }

    private static PrivateKey key(String file) throws GeneralSecurityException, IOException {
        try (InputStream in = open(file)) {
            String text =
                    new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                            .replaceAll("-----[A-Z ]+-----|\\s", "");
            return KeyFactory.getInstance("EC")
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(text)));
        }
    }

    private static InputStream open(String file) {
        return Objects.requireNonNull(TlsCredentialsTest.class.getResourceAsStream("tls/" + file));
    }
}
