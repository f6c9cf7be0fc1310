package dev.pptpd.offload;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Packets on their way to devices, the runs among them put together. What belongs to one flow keeps
 * its order; flows may overtake each other until {@link #flush()}. Allocates nothing per packet.
 * One thread.
 *
 * @param <D> where a packet goes
 */
public final class SegmentRuns<D> {
    /**
     * Runs that are open at the same time: no more flows can have two packets each in a batch of
     * 32. Packets of a further one go one by one.
     */
    private static final int MAX_RUNS = 16;

    private final Outlet<D> outlet;
    private final Segment segment = new Segment();
    private final List<Entry<D>> entries = new ArrayList<>(MAX_RUNS);

    /** Entries in use, some of which may be written already. */
    private int size;

    /**
     * Where packets go.
     *
     * @param <D> where a packet goes
     */
    public interface Outlet<D> {
        /** Writes a packet that is one, which lies between position and limit. */
        void write(D owner, ByteBuffer packet);

        /** Writes a run of two packets or more. */
        void write(D owner, SegmentRun run);
    }

    /** A run, which is nobody's once it is written. */
    private static final class Entry<D> {
        final SegmentRun run = new SegmentRun();
        @Nullable D owner;

        /** Two owners that are equal are two owners. */
        @SuppressWarnings("ReferenceEquality")
        boolean isOf(D other) {
            return owner == other;
        }
    }

    /** Nothing waits. */
    public SegmentRuns(Outlet<D> outlet) {
        this.outlet = outlet;
        for (int index = 0; index < MAX_RUNS; index++) {
            entries.add(new Entry<>());
        }
    }

    /**
     * Takes a packet that may be one of a run, to be written with the next {@link #flush()}.
     *
     * @param owner by whose identity packets are told apart
     * @param packet between position and limit; it must stay as it is until the flush
     * @param withUdp whether runs of UDP may be written
     * @return false when it is for no run: then it is to be written now, and all that must come
     *     before it is written
     */
    public boolean add(D owner, ByteBuffer packet, boolean withUdp) {
        return switch (segment.take(packet)) {
            case DATA -> addData(owner, packet, withUdp);
            case OTHER_OF_FLOW -> {
                Entry<D> entry = find(owner);
                if (entry != null) {
                    write(entry);
                }
                yield false;
            }
            case OTHER -> {
                flush(owner);
                yield false;
            }
        };
    }

    private boolean addData(D owner, ByteBuffer packet, boolean withUdp) {
        Entry<D> entry = find(owner);
        if (entry != null) {
            if (!entry.run.append(segment)) {
                write(entry);
                begin(entry, owner, packet);
            }
            return true;
        }
        if (size == MAX_RUNS || !(withUdp || segment.isTcp())) {
            return false;
        }
        begin(entries.get(size), owner, packet);
        size++;
        return true;
    }

    private void begin(Entry<D> entry, D owner, ByteBuffer packet) {
        entry.run.begin(packet);
        entry.owner = owner;
    }

    /** The run of the segment's flow. */
    private @Nullable Entry<D> find(D owner) {
        for (int index = 0; index < size; index++) {
            Entry<D> entry = entries.get(index);
            if (entry.isOf(owner) && entry.run.isOfFlow(segment)) {
                return entry;
            }
        }
        return null;
    }

    /** Writes all that was added. */
    public void flush() {
        for (int index = 0; index < size; index++) {
            write(entries.get(index));
        }
        size = 0;
    }

    /** Writes what was added for one. */
    public void flush(D owner) {
        for (int index = 0; index < size; index++) {
            Entry<D> entry = entries.get(index);
            if (entry.isOf(owner)) {
                write(entry);
            }
        }
    }

    /** Nobody's first: whoever writes may find that its owner has ended, and flush. */
    private void write(Entry<D> entry) {
        D owner = entry.owner;
        if (owner == null) {
            return;
        }
        entry.owner = null;
        SegmentRun run = entry.run;
        if (run.size() == 1) {
            outlet.write(owner, run.head());
        } else {
            outlet.write(owner, run);
        }
        run.clear();
    }
}
