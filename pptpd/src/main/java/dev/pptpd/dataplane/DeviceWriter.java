package dev.pptpd.dataplane;

import dev.pptpd.linux.GatheredPacket;
import dev.pptpd.linux.Offloads;
import dev.pptpd.linux.PacketDevice;
import dev.pptpd.offload.SegmentRun;
import dev.pptpd.offload.SegmentRuns;
import dev.pptpd.offload.VirtioNetHeader;
import dev.pptpd.session.Session;
import java.nio.ByteBuffer;

/**
 * Hands IP packets to the devices of their sessions, and where a device has offloads, runs of one
 * flow together: the kernel's way with them costs as much as with one packet. Allocates nothing per
 * packet.
 */
final class DeviceWriter implements SegmentRuns.Outlet<Session> {
    private final SessionOwner owner;
    private final SegmentRuns<Session> runs = new SegmentRuns<>(this);
    private final GatheredPacket gathered = new GatheredPacket();
    private long nowNanos;
    private long errors;

    DeviceWriter(SessionOwner owner) {
        this.owner = owner;
    }

    /**
     * Writes a packet, now or with the next flush.
     *
     * @param packet between position and limit; its memory must stay as it is until the flush
     * @param device of the session
     */
    void write(Session session, PacketDevice device, ByteBuffer packet, long nowNanos) {
        this.nowNanos = nowNanos;
        boolean waits =
                switch (device.offloads()) {
                    case NONE -> false;
                    case TCP -> runs.add(session, packet, false);
                    case TCP_AND_UDP -> runs.add(session, packet, true);
                };
        if (!waits && !session.isEnded()) {
            count(session, 1, packet.remaining(), writeAlone(device, packet));
        }
    }

    /** Writes what waits: before its memory is used again. */
    void flush() {
        runs.flush();
    }

    /** Writes what waits for a session: before it loses its device. */
    void flush(Session session) {
        runs.flush(session);
    }

    @Override
    public void write(Session session, ByteBuffer packet) {
        PacketDevice device = session.device();
        if (device == null || session.isEnded()) {
            return;
        }
        try {
            count(session, 1, packet.remaining(), writeAlone(device, packet));
        } catch (RuntimeException mistake) {
            owner.onFailure(session, mistake, nowNanos);
        }
    }

    /** A packet restored from a compressed header may begin where its memory does. */
    private int writeAlone(PacketDevice device, ByteBuffer packet) {
        return packet.position() >= VirtioNetHeader.OCTETS || device.offloads() == Offloads.NONE
                ? device.write(packet)
                : device.write(gathered.of(packet));
    }

    @Override
    public void write(Session session, SegmentRun run) {
        PacketDevice device = session.device();
        if (device == null || session.isEnded()) {
            return;
        }
        try {
            int result = device.write(gathered.of(run));
            count(session, run.size(), run.packetOctets(), result);
        } catch (RuntimeException mistake) {
            owner.onFailure(session, mistake, nowNanos);
        }
    }

    private void count(Session session, int packets, int octets, int result) {
        if (result < 0) {
            errors += packets;
        } else {
            session.countIn(packets, octets, nowNanos);
        }
    }

    /** Packets that the kernel did not take. */
    long errors() {
        return errors;
    }
}
