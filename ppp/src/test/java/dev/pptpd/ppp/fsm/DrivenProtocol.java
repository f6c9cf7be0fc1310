package dev.pptpd.ppp.fsm;

import dev.pptpd.ppp.option.Option;
import dev.pptpd.ppp.option.OptionList;
import dev.pptpd.ppp.option.OptionSet;
import dev.pptpd.ppp.packet.Code;
import dev.pptpd.ppp.packet.ControlPacket;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/** A control protocol with a simulated clock, and what it wanted done. */
final class DrivenProtocol {
    final ControlProtocol protocol;
    final Queue<ControlPacket> sent = new ArrayDeque<>();

    /** Every action but Send. */
    final List<LayerAction> events = new ArrayList<>();

    /** Every action in its order. */
    final List<LayerAction> actions = new ArrayList<>();

    /** Where a clock begins is of no importance. */
    private long nowNanos = TimeUnit.DAYS.toNanos(-1);

    DrivenProtocol(OptionSet options, RestartTimer timer) {
        protocol = new ControlProtocol(options, timer, new Identifiers());
    }

    void begin() {
        protocol.open(nowNanos);
        protocol.up(nowNanos);
        drain();
    }

    void open() {
        protocol.open(nowNanos);
        drain();
    }

    void up() {
        protocol.up(nowNanos);
        drain();
    }

    void close(byte[] data) {
        protocol.close(data, nowNanos);
        drain();
    }

    void stopWaiting() {
        protocol.stopWaiting(nowNanos);
        drain();
    }

    void down() {
        protocol.down(nowNanos);
        drain();
    }

    void protocolRejected() {
        protocol.protocolRejected(nowNanos);
        drain();
    }

    void rejectCode(ControlPacket packet) {
        protocol.rejectCode(packet, nowNanos);
        drain();
    }

    boolean receive(int code, int identifier, Option... options) {
        return receive(
                new ControlPacket(code, identifier, new OptionList(List.of(options)).encode()));
    }

    boolean receive(ControlPacket packet) {
        boolean taken = protocol.receive(packet, nowNanos);
        drain();
        return taken;
    }

    /** The answer of a peer that agrees. */
    void acknowledge(ControlPacket request) {
        receive(new ControlPacket(Code.CONFIGURE_ACK, request.identifier(), request.data()));
    }

    /** Lets the time until the next deadline pass; false when there is none. */
    boolean expire() {
        if (protocol.nextDeadlineNanos() == Long.MAX_VALUE) {
            return false;
        }
        nowNanos = protocol.nextDeadlineNanos();
        protocol.onTimeout(nowNanos);
        drain();
        return true;
    }

    /** Calls onTimeout without a reason. */
    void wakeEarly() {
        protocol.onTimeout(nowNanos);
        drain();
    }

    ControlPacket next() {
        return sent.remove();
    }

    private void drain() {
        LayerAction action = protocol.pollAction();
        while (action != null) {
            actions.add(action);
            switch (action) {
                case LayerAction.Send(ControlPacket packet) -> sent.add(packet);
                case LayerAction.Up _,
                        LayerAction.Down _,
                        LayerAction.Finished _,
                        LayerAction.Unacceptable _ ->
                        events.add(action);
            }
            action = protocol.pollAction();
        }
    }
}
