package dev.pptpd.ppp.eap;

import dev.pptpd.ppp.auth.AuthenticationClient;
import dev.pptpd.ppp.auth.LoginDeadlines;
import dev.pptpd.ppp.auth.PeerName;
import dev.pptpd.ppp.eap.ClientMethod.Reply;
import dev.pptpd.ppp.packet.ControlPacket;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The peer: answers one Request after the other, by a method that it knows, or says which ones it
 * would rather do. A Request that comes again gets the same Response again; a Success is believed
 * only when the method has come to its end. Not thread-safe.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc3748#section-4 RFC 3748 section 4
 * @spec https://www.rfc-editor.org/rfc/rfc4137#section-4 RFC 4137 section 4
 */
public final class EapClient implements AuthenticationClient {
    /** A type in its expanded form: the octet that says so, the vendor, the type. */
    private static final int EXPANDED_OCTETS = 8;

    /** A path may deliver a copy of a Request after the next one; then it is to be dropped. */
    private static final int REMEMBERED_REQUESTS = 8;

    private final List<EapMethod> methods;
    private final PeerName name;
    private final EapTimer timer;
    private final ClientMethods factory;
    private final Queue<Action> actions = new ArrayDeque<>();

    private Phase phase = Phase.IDLE;
    private @Nullable ClientMethod method;
    private final Deque<ControlPacket> answered = new ArrayDeque<>();
    private @Nullable ControlPacket response;
    private int requests;
    private final LoginDeadlines deadlines = new LoginDeadlines();

    private enum Phase {
        /** Not started, or over for good. */
        IDLE,
        /** Nothing proves yet that the server let us in. */
        LOGGING_IN,
        /** We are in; the server may ask again. */
        LOGGED_IN
    }

    /**
     * A client that has not started.
     *
     * @param methods the first one preferred; at least one
     * @param name said to whoever asks, in clear
     * @param factory makes the methods
     */
    public EapClient(
            List<EapMethod> methods, PeerName name, EapTimer timer, ClientMethods factory) {
        if (methods.isEmpty()) {
            throw new IllegalArgumentException("a client without an EAP method");
        }
        this.methods = List.copyOf(methods);
        this.name = name;
        this.timer = timer;
        this.factory = factory;
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
        stop();
        phase = Phase.LOGGING_IN;
        deadlines.giveUpIn(timer.waitMillis(), nowNanos);
    }

    @Override
    public void stop() {
        phase = Phase.IDLE;
        method = null;
        answered.clear();
        response = null;
        requests = 0;
        deadlines.clear();
    }

    @Override
    public void onTimeout(long nowNanos) {
        if (deadlines.due(nowNanos) == LoginDeadlines.Due.GIVE_UP) {
            String missing = response == null ? "request" : "verdict";
            fail("no " + missing + " from the server in " + timer.waitMillis() / 1000 + " s");
        }
    }

    /** A Request may cost DES blocks, hashes or signatures. */
    @Override
    public boolean isQuestion(ControlPacket packet) {
        return packet.code() == EapCode.REQUEST;
    }

    @Override
    public void receive(ControlPacket packet, long nowNanos) {
        if (phase == Phase.IDLE) {
            return;
        }
        switch (packet.code()) {
            case EapCode.REQUEST -> receiveRequest(packet, nowNanos);
            case EapCode.SUCCESS -> receiveSuccess(packet);
            case EapCode.FAILURE -> receiveFailure(packet);
            default -> {}
        }
    }

    /**
     * The peer has gone on to the network: it has let us in, and the Success was lost. RFC 3748
     * section 4.2 has the peer take such a hint where the method itself has ended well.
     */
    @Override
    public void onNetworkPacket() {
        if (phase == Phase.LOGGING_IN && method != null && method.isComplete()) {
            succeed(method);
        }
    }

    private void receiveRequest(ControlPacket packet, long nowNanos) {
        if (answered.contains(packet)) {
            if (response != null && packet.equals(answered.getLast())) {
                actions.add(new Action.Send(response));
            }
            return;
        }
        Optional<EapBody> body = EapBody.decode(packet);
        if (body.isEmpty()) {
            return;
        }
        if (timer.maxRequests() != 0 && ++requests > timer.maxRequests()) {
            fail("the server asks more than " + timer.maxRequests() + " times");
            return;
        }
        answer(packet, body.get(), nowNanos);
    }

    private void answer(ControlPacket packet, EapBody body, long nowNanos) {
        switch (body.type()) {
            case EapType.IDENTITY -> {
                method = null;
                respond(packet, new EapBody(EapType.IDENTITY, name.octets()), nowNanos);
            }
            case EapType.NOTIFICATION ->
                    respond(packet, new EapBody(EapType.NOTIFICATION, new byte[0]), nowNanos);
            case EapType.NAK -> {} // no Request has this type
            default -> answerMethod(packet, body, nowNanos);
        }
    }

    private void answerMethod(ControlPacket packet, EapBody body, long nowNanos) {
        Optional<EapMethod> wanted = EapMethod.ofType(body.type(), methods);
        ClientMethod running = method;
        if (running == null || running.isComplete()) {
            running = wanted.map(factory::make).orElse(null);
        }
        if (running == null) {
            respond(packet, nak(body.type()), nowNanos);
        } else if (running.method().type() == body.type()) {
            Reply reply = running.receive(packet.identifier(), body.data());
            if (!(reply instanceof Reply.Ignore)) {
                method = running;
            }
            perform(reply, packet, running, nowNanos);
        }
    }

    /** What we would rather do, in the form of the type that was asked for. */
    private EapBody nak(int type) {
        boolean isExpanded = type == EapType.EXPANDED;
        ByteBuffer wanted = ByteBuffer.allocate(EXPANDED_OCTETS * (methods.size() + 1));
        if (isExpanded) {
            putExpanded(wanted, EapType.NAK);
        }
        for (EapMethod known : methods) {
            if (isExpanded) {
                putExpanded(wanted.put((byte) EapType.EXPANDED), known.type());
            } else {
                wanted.put((byte) known.type());
            }
        }
        byte[] data = Arrays.copyOf(wanted.array(), wanted.position());
        return new EapBody(isExpanded ? EapType.EXPANDED : EapType.NAK, data);
    }

    /**
     * Vendor 0, which is the IETF, and a type in 32 bits.
     *
     * @spec https://www.rfc-editor.org/rfc/rfc3748#section-5.7 RFC 3748 section 5.7
     */
    private static void putExpanded(ByteBuffer out, int type) {
        out.put(new byte[] {0, 0, 0}).putInt(type);
    }

    private void perform(Reply reply, ControlPacket packet, ClientMethod running, long nowNanos) {
        int type = running.method().type();
        switch (reply) {
            case Reply.Answer(byte[] data) -> respond(packet, new EapBody(type, data), nowNanos);
            case Reply.LastAnswer(byte[] data, String reason) -> {
                respond(packet, new EapBody(type, data), nowNanos);
                fail(reason);
            }
            case Reply.NotProven(String reason) -> {
                stop();
                actions.add(new Action.NotProven(reason));
            }
            case Reply.Ignore() -> {}
        }
    }

    private void respond(ControlPacket packet, EapBody body, long nowNanos) {
        ControlPacket answer = body.response(packet.identifier());
        if (answered.size() == REMEMBERED_REQUESTS) {
            answered.removeFirst();
        }
        answered.addLast(packet);
        response = answer;
        if (phase == Phase.LOGGING_IN) {
            deadlines.giveUpIn(timer.waitMillis(), nowNanos);
        }
        actions.add(new Action.Send(answer));
    }

    /** Windows 2000 counts the identifier up before it says Success; RFC 4137 takes that too. */
    private boolean isVerdict(ControlPacket packet) {
        return response != null
                && (packet.identifier() == response.identifier()
                        || packet.identifier() == ((response.identifier() + 1) & 0xFF));
    }

    private void receiveSuccess(ControlPacket packet) {
        ClientMethod running = method;
        if (!isVerdict(packet) || (phase == Phase.LOGGED_IN && running == null)) {
            return;
        }
        if (running != null && running.isComplete()) {
            succeed(running);
        } else if (phase == Phase.LOGGING_IN) {
            stop();
            actions.add(new Action.NotProven("the server lets us in and has proven nothing"));
        }
    }

    private void succeed(ClientMethod complete) {
        phase = Phase.LOGGED_IN;
        method = null;
        deadlines.clear();
        requests = 0;
        actions.add(new Action.Succeeded(complete.method().label(), complete.startKeys()));
    }

    private void receiveFailure(ControlPacket packet) {
        if (isVerdict(packet)) {
            fail("the server refuses the login");
        }
    }

    private void fail(String reason) {
        stop();
        actions.add(new Action.Failed(reason));
    }
}
