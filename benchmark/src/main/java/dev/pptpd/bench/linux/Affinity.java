package dev.pptpd.bench.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** On which processor a thread runs, by sched_setaffinity(2). */
@SuppressWarnings("restricted") // The server leaves its threads to the scheduler.
public final class Affinity {
    /** Room for 1,024 processors, as cpu_set_t of the C library has it. */
    private static final int SET_OCTETS = 128;

    private static final int THIS_THREAD = 0;

    private static final MethodHandle SCHED_SETAFFINITY =
            Linker.nativeLinker()
                    .downcallHandle(
                            Linker.nativeLinker().defaultLookup().findOrThrow("sched_setaffinity"),
                            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS));

    private Affinity() {}

    /**
     * Keeps the calling platform thread on one processor.
     *
     * @param processor from 0
     * @return false when there is no such processor, or this process may not use it
     */
    public static boolean pinThread(int processor) {
        if (processor < 0 || processor >= SET_OCTETS * Byte.SIZE) {
            return false;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment set = arena.allocate(SET_OCTETS, Long.BYTES);
            byte bit = (byte) (1 << processor % Byte.SIZE);
            set.set(JAVA_BYTE, processor / Byte.SIZE, bit);
            return (int) SCHED_SETAFFINITY.invokeExact(THIS_THREAD, (long) SET_OCTETS, set) == 0;
        } catch (RuntimeException | Error failure) {
            throw failure;
        } catch (Throwable failure) {
            throw new IllegalStateException(failure);
        }
    }
}
