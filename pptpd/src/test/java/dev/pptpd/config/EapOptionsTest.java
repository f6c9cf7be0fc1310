package dev.pptpd.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.auth.TlsCredentials;
import dev.pptpd.ppp.eap.EapMethod;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EapOptionsTest {
    private static final String TLS = "require-eap cert eap-server.pem key eap-server-sec1.key ";

    @TempDir Path directory;
    private final Findings findings = new Findings();

    @BeforeEach
    void copyCertificates() throws IOException {
        for (String name :
                List.of(
                        "eap-authority.pem",
                        "eap-server.pem",
                        "eap-server-sec1.key",
                        "eap-server-pkcs8.key",
                        "eap-server-locked.key",
                        "eap-rsa.pem",
                        "eap-rsa-pkcs1.key")) {
            Path file = directory.resolve(name);
            try (InputStream in = EapOptionsTest.class.getResourceAsStream(name)) {
                Files.copy(Objects.requireNonNull(in), file);
            }
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
    }

    @Test
    void offersMsChapV2AndMd5WithoutACertificate() {
        assertThat(read("require-eap").methods())
                .containsExactly(EapMethod.MS_CHAP_V2, EapMethod.MD5);
        assertThat(findings.hasErrors()).isFalse();
    }

    @Test
    void offersNothingWithoutKeysWhereMppeIsRequired() {
        assertThat(read("require-eap require-mppe-128").methods())
                .containsExactly(EapMethod.MS_CHAP_V2);
    }

    @ParameterizedTest
    @CsvSource({
        "eap-server.pem, eap-server-sec1.key",
        "eap-server.pem, eap-server-pkcs8.key",
        "eap-rsa.pem, eap-rsa-pkcs1.key"
    })
    void offersTlsFirstWithACertificate(String certificate, String key)
            throws GeneralSecurityException {
        EapPolicy eap =
                read("require-eap cert " + certificate + " key " + key + " ca eap-authority.pem");
        assertThat(findings.errors()).isEmpty();
        assertThat(eap.methods().getFirst()).isEqualTo(EapMethod.TLS);
        TlsCredentials credentials = eap.credentials().orElseThrow();
        assertThat(credentials.protocols()).containsExactly("TLSv1.3", "TLSv1.2");
        assertThat(credentials.asServer().get().isEstablished()).isFalse();
        assertThat(credentials.toString()).isEqualTo("TlsCredentials[1 certificates]");
    }

    @Test
    void takesAuthoritiesFromADirectory() throws IOException {
        Path authorities = Files.createDirectory(directory.resolve("authorities"));
        Files.copy(directory.resolve("eap-authority.pem"), authorities.resolve("one.pem"));
        Files.writeString(authorities.resolve("README"), "nothing of the kind");
        EapPolicy eap = read(TLS + "capath authorities max-tls-version 1.2");
        assertThat(findings.errors()).isEmpty();
        assertThat(eap.credentials().orElseThrow().authorities()).hasSize(1);
        assertThat(eap.credentials().orElseThrow().protocols()).containsExactly("TLSv1.2");
    }

    @Test
    void keepsTheOrderOfTheFile() {
        assertThat(read("require-eap eap-methods md5,mschapv2").methods())
                .containsExactly(EapMethod.MD5, EapMethod.MS_CHAP_V2);
    }

    @Test
    void readsTheTimersOfPppd() {
        EapPolicy eap = read("require-eap eap-restart 5 eap-max-sreq 4 eap-interval 600");
        assertThat(eap.restartSeconds()).isEqualTo(5);
        assertThat(eap.maxRequests()).isEqualTo(4);
        assertThat(eap.intervalSeconds()).isEqualTo(600);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "require-eap eap-methods ttls",
                "require-eap eap-methods md5,md5",
                "require-eap eap-methods tls",
                "require-eap eap-methods md5 require-mppe",
                "require-eap cert eap-server.pem",
                "require-eap key eap-server-sec1.key",
                "require-eap max-tls-version 1.0",
                TLS,
                TLS + "ca missing.pem",
                TLS + "ca eap-server-sec1.key",
                TLS + "capath missing",
                "require-eap cert eap-server.pem key eap-rsa-pkcs1.key ca eap-authority.pem",
                "require-eap cert eap-server.pem key eap-server-locked.key ca eap-authority.pem",
                "require-eap cert eap-server.pem key eap-authority.pem ca eap-authority.pem",
                TLS + "ca eap-authority.pem crl eap-authority.pem"
            })
    void refusesWhatCannotWork(String options) {
        read(options);
        assertThat(findings.errors())
                .isNotEmpty()
                .allSatisfy(error -> assertThat(error.toString()).doesNotContain("BEGIN"));
    }

    /** An administrator mends all of it at once, not one file at each start. */
    @Test
    void namesEveryFileThatIsOfNoUseWithItsLine() {
        read(
                """
                require-eap
                cert missing.pem
                key eap-authority.pem
                ca eap-rsa-pkcs1.key
                crl eap-server.pem
                """);
        String file = directory.resolve("options").toString();
        assertThat(findings.errors())
                .extracting(Object::toString)
                .anySatisfy(error -> assertThat(error).contains(file + ":2", "missing.pem"))
                .anySatisfy(error -> assertThat(error).contains(file + ":3", "eap-authority.pem"))
                .anySatisfy(error -> assertThat(error).contains(file + ":4", "eap-rsa-pkcs1.key"))
                .anySatisfy(error -> assertThat(error).contains(file + ":5", "eap-server.pem"));
    }

    @Test
    void refusesAKeyThatOthersCanRead() throws IOException {
        Files.setPosixFilePermissions(
                directory.resolve("eap-server-sec1.key"),
                PosixFilePermissions.fromString("rw-r--r--"));
        read(TLS + "ca eap-authority.pem");
        assertThat(findings.errors()).isNotEmpty();
    }

    @Test
    void saysThatCertificatesAreOfNoUseWithoutEap() {
        assertThat(read("require-mschap-v2 cert eap-server.pem").methods()).isEmpty();
        assertThat(findings.warnings()).hasSize(1);
        assertThat(findings.hasErrors()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"-----BEGIN", "-----BEGIN CERTIFICATE-----\n!!\n-----END CERTIFICATE-----"})
    void survivesBrokenPem(String text) throws IOException {
        Files.writeString(directory.resolve("eap-server.pem"), text);
        read(TLS + "ca eap-authority.pem");
        assertThat(findings.errors()).isNotEmpty();
    }

    private EapPolicy read(String options) {
        HostResolver nobody = name -> Optional.empty();
        OptionState state = new OptionState(nobody, findings);
        String file = directory.resolve("options").toString();
        new OptionsReader(state, directory.resolve("peers"))
                .read(new SourceText(file, options.getBytes(UTF_8)));
        SecretFileGuard guard;
        try {
            guard = new SecretFileGuard(Set.of(Files.getOwner(directory).getName()), findings);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return OptionPolicies.build(state, "host", new Place(file, 1), guard).eap();
    }
}
