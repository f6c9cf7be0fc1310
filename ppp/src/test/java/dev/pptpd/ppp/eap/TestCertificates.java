package dev.pptpd.ppp.eap;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Objects;
import java.util.function.Supplier;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;

/**
 * Conversations with certificates that lie beside this class: those of server and client are of
 * {@code authority.pem}, that of unknown is of {@code stranger.pem}.
 */
public final class TestCertificates {
    private static final char[] PASSWORD = "testing".toCharArray();

    private TestCertificates() {}

    /** As a server by itself. */
    public static Supplier<TlsConversation> server(String protocol) {
        return conversations("server", "authority", protocol, false);
    }

    /** As a client with a certificate of this name. */
    public static Supplier<TlsConversation> client(String name, String protocol) {
        return conversations(name, "authority", protocol, true);
    }

    /** As either, with a certificate of one name and an authority of another. */
    public static Supplier<TlsConversation> conversations(
            String name, String authority, String protocol, boolean isClient) {
        SSLContext context = context(name, authority);
        return () -> {
            SSLEngine engine = context.createSSLEngine();
            engine.setUseClientMode(isClient);
            engine.setNeedClientAuth(!isClient);
            engine.setEnabledProtocols(new String[] {protocol});
            return new TlsConversation(engine);
        };
    }

    private static SSLContext context(String name, String authority) {
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
            keys.init(keyStore(name), PASSWORD);
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(trustStore(authority));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static KeyStore keyStore(String name) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream file = resource(name + ".p12")) {
            store.load(file, PASSWORD);
        }
        return store;
    }

    private static KeyStore trustStore(String authority)
            throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (InputStream file = resource(authority + ".pem")) {
            Certificate certificate =
                    CertificateFactory.getInstance("X.509").generateCertificate(file);
            store.setCertificateEntry(authority, certificate);
        }
        return store;
    }

    private static InputStream resource(String name) {
        return Objects.requireNonNull(TestCertificates.class.getResourceAsStream(name));
    }
}
