package dev.pptpd.ppp.eap;

import dev.pptpd.mppe.MppeStartKeys;
import java.nio.ByteBuffer;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLKeyException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/**
 * One TLS handshake of EAP-TLS, in flights instead of a stream: what the other end said goes in,
 * what there is to say comes out. Signatures and certificate chains are computed inside {@link
 * #advance}, which takes milliseconds: a server calls it away from the threads that move packets.
 * One thread at a time.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc5216#section-2 RFC 5216 section 2
 * @spec https://www.rfc-editor.org/rfc/rfc9190#section-2 RFC 9190 section 2
 */
public final class TlsConversation {
    // Specification
    private static final String TLS_1_3 = "TLSv1.3";
    private static final String KEY_LABEL = "client EAP encryption";
    private static final String KEY_LABEL_OF_1_3 = "EXPORTER_EAP_TLS_Key_Material";
    private static final byte[] TYPE_OF_EAP_TLS = {13};
    private static final int KEY_MATERIAL_OCTETS = 128;

    /** MSK(0..31) is what the peer sends with, MSK(32..63) what the server sends with. */
    private static final int SERVER_SENDS_AT = 32;

    /** Says in TLS 1.3 that no handshake message follows; RFC 9190 section 2.5. */
    private static final byte COMMITMENT = 0;

    // Implementation
    /** A flight never takes more steps of the engine; more would be an endless loop of it. */
    private static final int MAX_STEPS = 1_000;

    private final SSLEngine engine;
    private final ByteBuffer application;
    private byte[] rest = new byte[0];
    private boolean begun;
    private boolean handshakeDone;
    private boolean committed;
    private @Nullable String failure;

    /** A conversation over an engine that has its certificates and has said nothing yet. */
    public TlsConversation(SSLEngine engine) {
        this.engine = engine;
        this.application = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
    }

    /**
     * Goes on as far as it goes.
     *
     * @param received the other end's flight; empty for a client's beginning
     * @return our flight, perhaps empty; after a fault the alert that tells of it
     */
    public byte[] advance(byte[] received) {
        TlsFlight flight = new TlsFlight();
        try {
            if (!begun) {
                begun = true;
                engine.beginHandshake();
            }
            run(ByteBuffer.wrap(joined(rest, received)), flight);
            commit(flight);
        } catch (SSLException e) {
            failure = TlsFault.describe(e);
            alert(flight);
        }
        return flight.octets();
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private void run(ByteBuffer in, TlsFlight flight) throws SSLException {
        for (int step = 0; step < MAX_STEPS; step++) {
            switch (engine.getHandshakeStatus()) {
                case NEED_TASK -> runTasks();
                case NEED_WRAP -> wrap(ByteBuffer.allocate(0), flight);
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN, NOT_HANDSHAKING, FINISHED -> {
                    if (!unwrap(in)) {
                        rest = new byte[in.remaining()];
                        in.get(rest);
                        return;
                    }
                }
            }
        }
        throw new SSLException("the handshake comes to no end");
    }

    private void runTasks() {
        for (Runnable task = engine.getDelegatedTask();
                task != null;
                task = engine.getDelegatedTask()) {
            task.run();
        }
    }

    private void wrap(ByteBuffer data, TlsFlight flight) throws SSLException {
        ByteBuffer out = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        SSLEngineResult result = engine.wrap(data, out);
        note(result);
        flight.add(out.flip());
        if (result.getStatus() == Status.CLOSED && result.bytesProduced() == 0) {
            throw new SSLException("the conversation is closed");
        }
    }

    /** False when there is nothing more to take in. */
    private boolean unwrap(ByteBuffer in) throws SSLException {
        if (!in.hasRemaining()) {
            return false;
        }
        application.clear();
        SSLEngineResult result = engine.unwrap(in, application);
        note(result);
        committed |= application.position() > 0 && application.get(0) == COMMITMENT;
        return switch (result.getStatus()) {
            case OK -> true;
            case BUFFER_UNDERFLOW -> false;
            case BUFFER_OVERFLOW -> throw new SSLException("a record is too large");
            case CLOSED -> throw new SSLException("the other end closes the conversation");
        };
    }

    private void note(SSLEngineResult result) {
        handshakeDone |= result.getHandshakeStatus() == HandshakeStatus.FINISHED;
    }

    /** The server of TLS 1.3 says that it sends no more of the handshake. */
    private void commit(TlsFlight flight) throws SSLException {
        if (handshakeDone && !committed && !engine.getUseClientMode() && isTls13()) {
            committed = true;
            wrap(ByteBuffer.wrap(new byte[] {COMMITMENT}), flight);
        }
    }

    private void alert(TlsFlight flight) {
        try {
            while (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP
                    && !engine.isOutboundDone()) {
                wrap(ByteBuffer.allocate(0), flight);
            }
        } catch (SSLException e) {
            // There is no alert to send; the failure is told without it.
            engine.closeOutbound();
        }
    }

    /** Whether both sides have proven themselves and know it. */
    public boolean isEstablished() {
        return failure == null && handshakeDone && (committed || !isTls13());
    }

    private boolean isTls13() {
        return TLS_1_3.equals(engine.getSession().getProtocol());
    }

    /** Why it can come to nothing; printable, empty while it can. */
    public Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    /** Protocol and cipher suite, for a log. */
    public String describe() {
        return engine.getSession().getProtocol() + " " + engine.getSession().getCipherSuite();
    }

    /** The names in the other end's certificate; only when established. */
    public List<String> peerNames() {
        try {
            Certificate[] chain = engine.getSession().getPeerCertificates();
            return chain[0] instanceof X509Certificate certificate
                    ? CertificateNames.of(certificate)
                    : List.of();
        } catch (SSLPeerUnverifiedException e) {
            return List.of();
        }
    }

    /**
     * The keys for MPPE as this end uses them; only when established. Empty where the session gives
     * none: TLS 1.2 without the extended master secret.
     *
     * @spec https://www.rfc-editor.org/rfc/rfc5216#section-2.3 RFC 5216 section 2.3
     * @spec https://www.rfc-editor.org/rfc/rfc3079#section-4 RFC 3079 section 4
     */
    public Optional<MppeStartKeys> startKeys() {
        if (!(engine.getSession() instanceof ExtendedSSLSession session)) {
            return Optional.empty();
        }
        try {
            byte[] material =
                    isTls13()
                            ? session.exportKeyingMaterialData(
                                    KEY_LABEL_OF_1_3, TYPE_OF_EAP_TLS, KEY_MATERIAL_OCTETS)
                            : session.exportKeyingMaterialData(
                                    KEY_LABEL, null, KEY_MATERIAL_OCTETS);
            byte[] ofPeer = Arrays.copyOf(material, MppeStartKeys.KEY_OCTETS);
            byte[] ofServer =
                    Arrays.copyOfRange(
                            material, SERVER_SENDS_AT, SERVER_SENDS_AT + MppeStartKeys.KEY_OCTETS);
            MppeStartKeys keys =
                    engine.getUseClientMode()
                            ? new MppeStartKeys(ofPeer, ofServer)
                            : new MppeStartKeys(ofServer, ofPeer);
            Arrays.fill(material, (byte) 0);
            Arrays.fill(ofPeer, (byte) 0);
            Arrays.fill(ofServer, (byte) 0);
            return Optional.of(keys);
        } catch (SSLKeyException e) {
            return Optional.empty();
        }
    }

    /** Nothing of it is to be used again: a later login proves itself anew. */
    public void close() {
        engine.getSession().invalidate();
        engine.closeOutbound();
    }
}
