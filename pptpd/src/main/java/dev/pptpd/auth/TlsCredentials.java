package dev.pptpd.auth;

import dev.pptpd.ppp.eap.TlsConversation;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertStore;
import java.security.cert.Certificate;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CRL;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;

/**
 * What one end of EAP-TLS proves itself with, and whom it believes.
 *
 * @param key of the first certificate
 * @param chain our certificate, then those that vouch for it
 * @param authorities who may vouch for the other end
 * @param revocations what they have taken back; where there are any, every certificate of the other
 *     end has to be covered
 * @param protocols of TLS, such as {@code TLSv1.3}
 */
public record TlsCredentials(
        PrivateKey key,
        List<X509Certificate> chain,
        List<X509Certificate> authorities,
        List<X509CRL> revocations,
        List<String> protocols) {
    /** A conversation of an hour ago is not taken up again: certificates may be gone since. */
    private static final int SESSION_SECONDS = 1;

    /** The key store lives in memory alone. */
    private static final char[] NO_PASSWORD = new char[0];

    /** Copies the lists. */
    public TlsCredentials {
        chain = List.copyOf(chain);
        authorities = List.copyOf(authorities);
        revocations = List.copyOf(revocations);
        protocols = List.copyOf(protocols);
    }

    /**
     * Conversations that wait for a client.
     *
     * @throws GeneralSecurityException where the parts do not make a whole
     */
    public Supplier<TlsConversation> asServer() throws GeneralSecurityException {
        return conversations(false);
    }

    /**
     * Conversations that begin.
     *
     * @throws GeneralSecurityException where the parts do not make a whole
     */
    public Supplier<TlsConversation> asClient() throws GeneralSecurityException {
        return conversations(true);
    }

    private Supplier<TlsConversation> conversations(boolean isClient)
            throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys().getKeyManagers(), trust().getTrustManagers(), null);
        context.getServerSessionContext().setSessionTimeout(SESSION_SECONDS);
        String[] enabled = protocols.toArray(String[]::new);
        return () -> {
            SSLEngine engine = context.createSSLEngine();
            engine.setUseClientMode(isClient);
            engine.setNeedClientAuth(!isClient);
            engine.setEnabledProtocols(enabled);
            return new TlsConversation(engine);
        };
    }

    private KeyManagerFactory keys() throws GeneralSecurityException {
        KeyStore store = emptyStore();
        store.setKeyEntry("own", key, NO_PASSWORD, chain.toArray(Certificate[]::new));
        KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
        factory.init(store, NO_PASSWORD);
        return factory;
    }

    private TrustManagerFactory trust() throws GeneralSecurityException {
        Set<TrustAnchor> anchors = new HashSet<>();
        authorities.forEach(authority -> anchors.add(new TrustAnchor(authority, null)));
        PKIXBuilderParameters parameters =
                new PKIXBuilderParameters(anchors, new X509CertSelector());
        parameters.setRevocationEnabled(!revocations.isEmpty());
        parameters.addCertStore(
                CertStore.getInstance(
                        "Collection", new CollectionCertStoreParameters(revocations)));
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(new CertPathTrustManagerParameters(parameters));
        return factory;
    }

    private static KeyStore emptyStore() throws GeneralSecurityException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            return store;
        } catch (IOException e) {
            throw new IllegalStateException("nothing was read", e);
        }
    }

    /** Never the key. */
    @Override
    public String toString() {
        return "TlsCredentials[" + chain.size() + " certificates]";
    }
}
