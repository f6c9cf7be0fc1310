package dev.pptpd.ppp.auth;

import dev.pptpd.ppp.packet.ControlPacket;
import dev.pptpd.ppp.packet.PrintableText;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of PAP: sends name and password until the server says something. It proves
 * nothing about the server and hands everyone on the path the password. Not thread-safe.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc1334#section-2 RFC 1334 section 2
 */
public final class PapClient implements AuthenticationClient {
    /** So much of a server's message is shown. */
    private static final int MAX_TEXT_OCTETS = 96;

    private final PeerName name;
    private final KnownPassword password;
    private final PapTimer timer;
    private final Queue<Action> actions = new ArrayDeque<>();

    private boolean waits;
    private int identifier;
    private final LoginDeadlines deadlines = new LoginDeadlines();

    /**
     * A client that has not started.
     *
     * @param password owned by the caller; must not be wiped before the login is over
     */
    public PapClient(PeerName name, KnownPassword password, PapTimer timer) {
        this.name = name;
        this.password = password;
        this.timer = timer;
    }

    @Override
    public @Nullable Action pollAction() {
        return actions.poll();
    }

    @Override
    public long nextDeadlineNanos() {
        return deadlines.nextNanos();
    }

    @Override
    public void start(long nowNanos) {
        waits = true;
        deadlines.clear();
        sendRequest(nowNanos);
    }

    @Override
    public void stop() {
        waits = false;
        deadlines.clear();
    }

    @Override
    public void onTimeout(long nowNanos) {
        if (deadlines.due(nowNanos) != LoginDeadlines.Due.REPEAT) {
            return;
        }
        if (deadlines.timesSent() < timer.maxRequests()) {
            sendRequest(nowNanos);
        } else {
            fail("no verdict from the server on " + deadlines.timesSent() + " requests");
        }
    }

    /** Nothing that comes costs more than to be looked at. */
    @Override
    public boolean isQuestion(ControlPacket packet) {
        return false;
    }

    @Override
    public void receive(ControlPacket packet, long nowNanos) {
        if (!waits || packet.identifier() != identifier) {
            return;
        }
        switch (packet.code()) {
            case PapCode.AUTHENTICATE_ACK -> {
                stop();
                actions.add(new Action.Succeeded(LoginMethod.PAP.label(), Optional.empty()));
            }
            case PapCode.AUTHENTICATE_NAK -> {
                String message = message(packet.data());
                String refusal = "the server refuses the login";
                fail(message.isEmpty() ? refusal : refusal + "; it says: " + message);
            }
            default -> {}
        }
    }

    /** Msg-Length and the message, which some servers leave out together. */
    private static String message(byte[] data) {
        if (data.length < 2) {
            return "";
        }
        int end = Math.min(data.length, 1 + (data[0] & 0xFF));
        return PrintableText.of(Arrays.copyOf(data, end), 1, MAX_TEXT_OCTETS).strip();
    }

    private void sendRequest(long nowNanos) {
        Optional<byte[]> text = password.text();
        byte[] octets = name.octets();
        if (text.isEmpty()
                || text.get().length > PapRequest.MAX_FIELD_OCTETS
                || octets.length > PapRequest.MAX_FIELD_OCTETS) {
            fail("PAP has no room for a name or a password of more than 255 octets");
            return;
        }
        PapRequest request = new PapRequest(name, text.get());
        byte[] data = request.encode();
        identifier = (identifier + 1) & 0xFF;
        deadlines.sent(timer.restartMillis(), nowNanos);
        actions.add(
                new Action.Send(new ControlPacket(PapCode.AUTHENTICATE_REQUEST, identifier, data)));
        request.wipe();
        Arrays.fill(data, (byte) 0);
    }

    private void fail(String reason) {
        stop();
        actions.add(new Action.Failed(reason));
    }
}
