package dev.pptpd.emulator;

import dev.pptpd.emulator.ClientProfile.SetLinkInfoHabit;
import java.util.OptionalLong;

/**
 * The end of a session, step by step in the order of the kind of client, on the client's wish or
 * after the server has begun it. A server that does not answer costs a step's limit, and the next
 * step follows all the same.
 */
final class HangUp {
    private enum Step {
        NOT_BEGUN,
        LINK_TERMINATING,
        LINK_TERMINATED,
        CALL_CLEARING,
        CALL_DISCONNECTED,
        CONNECTION_STOPPING,
        DONE
    }

    private static final long ANSWER_LIMIT_NANOS = 3_000_000_000L;

    /** Between Terminate-Ack and Call-Clear-Request, as captured. */
    private static final long WINDOWS_PAUSE_NANOS = 28_000_000L;

    private static final int NONE = 1;

    private final ClientAutomaton client;
    private Step step = Step.NOT_BEGUN;
    private OptionalLong deadlineNanos = OptionalLong.empty();

    HangUp(ClientAutomaton client) {
        this.client = client;
    }

    void begin(long nowNanos) {
        ClientProfile profile = client.profile();
        if (profile.setLinkInfo() == SetLinkInfoHabit.THREE_TIMES) {
            client.sendSetLinkInfo(0xFFFFFFFF);
        }
        switch (profile.teardown()) {
            case CLOSE_ONLY -> close();
            case WINDOWS, PPPD_THEN_CLOSE -> {
                client.link().sendTerminateRequest(0);
                enter(Step.LINK_TERMINATING, nowNanos + ANSWER_LIMIT_NANOS);
            }
            case PPTP_LINUX -> {
                client.link().sendTerminateRequest(0);
                client.link().sendTerminateRequest(0);
                enter(Step.LINK_TERMINATING, nowNanos + ANSWER_LIMIT_NANOS);
            }
        }
    }

    /** To be called after every packet and message: the awaited one may have come. */
    void proceed(long nowNanos) {
        boolean inLink = step == Step.NOT_BEGUN || step == Step.LINK_TERMINATING;
        if (inLink && client.link().terminated()) {
            linkTerminated(nowNanos);
        }
    }

    void callDisconnected(long nowNanos) {
        switch (step) {
            case CALL_CLEARING -> stopConnection(nowNanos);
            case NOT_BEGUN, LINK_TERMINATING, LINK_TERMINATED ->
                    enter(Step.CALL_DISCONNECTED, nowNanos + WINDOWS_PAUSE_NANOS);
            case CALL_DISCONNECTED, CONNECTION_STOPPING, DONE -> {}
        }
    }

    /** Whoever closed it: nothing is left to be said. */
    void connectionEnded() {
        step = Step.DONE;
        deadlineNanos = OptionalLong.empty();
    }

    void connectionStopped() {
        if (step == Step.CONNECTION_STOPPING) {
            close();
        }
    }

    OptionalLong nextDeadlineNanos() {
        return deadlineNanos;
    }

    void onTimeout(long nowNanos) {
        if (!Deadline.passed(deadlineNanos, nowNanos)) {
            return;
        }
        switch (step) {
            case LINK_TERMINATING -> linkTerminated(nowNanos);
            case LINK_TERMINATED -> clearCall(nowNanos);
            case CALL_CLEARING, CALL_DISCONNECTED -> stopConnection(nowNanos);
            case CONNECTION_STOPPING -> close();
            case NOT_BEGUN, DONE -> {}
        }
    }

    private void linkTerminated(long nowNanos) {
        switch (client.profile().teardown()) {
            case WINDOWS -> enter(Step.LINK_TERMINATED, nowNanos + WINDOWS_PAUSE_NANOS);
            case PPTP_LINUX -> {
                client.sendCallClearRequest();
                close();
            }
            case PPPD_THEN_CLOSE, CLOSE_ONLY -> close();
        }
    }

    private void clearCall(long nowNanos) {
        client.sendCallClearRequest();
        enter(Step.CALL_CLEARING, nowNanos + ANSWER_LIMIT_NANOS);
    }

    private void stopConnection(long nowNanos) {
        client.send(PptpMessage.stopControlConnectionRequest(NONE));
        enter(Step.CONNECTION_STOPPING, nowNanos + ANSWER_LIMIT_NANOS);
    }

    private void close() {
        connectionEnded();
        client.closeConnection();
    }

    private void enter(Step next, long limitNanos) {
        step = next;
        deadlineNanos = OptionalLong.of(limitNanos);
    }
}
