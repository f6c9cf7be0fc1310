package dev.pptpd.mppe;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The two key streams in the form that the compiler turns into the fastest code. What counts, with
 * what it is worth on an AMD EPYC with SHA instructions:
 *
 * <ul>
 *   <li>Two streams in one loop: the loads of one run while the other waits for its stores.
 *   <li>The tables are constants of known length, so that no index is checked. A class has them but
 *       once: every engine defines a copy of this class for itself, see {@link PairedMppeEngine}.
 *   <li>A table of its own for each stream: with both in one array the loop takes a tenth longer,
 *       and now and then, when the processor takes them for the same memory, four times as long.
 *   <li>{@code int} tables, not {@code byte}; the swap index is masked where it is used.
 *   <li>Eight octets for each round of the loop, not four: an index is masked less often, and the
 *       processor, which learns for each load by itself whether to wait for the stores before it,
 *       has more of them to learn with. 120 ns less for the key stream of 1,400 octets.
 *   <li>Key schedules, too, run side by side, in tables that are constants, sixteen steps a round
 *       so that each octet of the key has its place in the code. The key stands behind its table,
 *       which spares a register. A key takes 350 ns; in a table that is an argument 420.
 *   <li>The loop makes key stream and nothing else; the data comes in a second pass, {@link
 *       KeyWindow}.
 * </ul>
 */
final class Rc4Kernel implements KeyStreams {
    private static final int STATE = 256;

    private static final int[] IDENTITY = new int[STATE];
    private static final int[] A = new int[STATE];
    private static final int[] B = new int[STATE];

    /** Where the keys of streams are scheduled: a table, and behind it the key. */
    private static final int[] S = new int[STATE + KEY_OCTETS];

    /** The same for interim keys. */
    private static final int[] T = new int[STATE + KEY_OCTETS];

    private static final byte[] FIRST_WINDOW = new byte[WINDOW_OCTETS];
    private static final byte[] SECOND_WINDOW = new byte[WINDOW_OCTETS];

    static {
        // No lambda: each copy of this class would have to have one made for it, 5 ms each.
        for (int n = 0; n < STATE; n++) {
            IDENTITY[n] = n;
        }
    }

    private int firstSwap;
    private int secondSwap;

    @Override
    public void schedule(int stream, int[] key, int[] interimKey) {
        prepare(S, key);
        prepare(T, interimKey);
        scheduleBoth();
        encryptInterimKey(interimKey);
        if (stream == FIRST) {
            System.arraycopy(S, 0, A, 0, STATE);
            firstSwap = 0;
        } else {
            System.arraycopy(S, 0, B, 0, STATE);
            secondSwap = 0;
        }
    }

    private static void prepare(int[] s, int[] key) {
        System.arraycopy(IDENTITY, 0, s, 0, STATE);
        System.arraycopy(key, 0, s, STATE, KEY_OCTETS);
    }

    private static void scheduleBoth() {
        int jS = 0;
        int jT = 0;
        for (int i = 0; i < STATE; i += KEY_OCTETS) {
            jS = mix(S, i, 0, jS);
            jT = mix(T, i, 0, jT);
            jS = mix(S, i + 1, 1, jS);
            jT = mix(T, i + 1, 1, jT);
            jS = mix(S, i + 2, 2, jS);
            jT = mix(T, i + 2, 2, jT);
            jS = mix(S, i + 3, 3, jS);
            jT = mix(T, i + 3, 3, jT);
            jS = mix(S, i + 4, 4, jS);
            jT = mix(T, i + 4, 4, jT);
            jS = mix(S, i + 5, 5, jS);
            jT = mix(T, i + 5, 5, jT);
            jS = mix(S, i + 6, 6, jS);
            jT = mix(T, i + 6, 6, jT);
            jS = mix(S, i + 7, 7, jS);
            jT = mix(T, i + 7, 7, jT);
            jS = mix(S, i + 8, 8, jS);
            jT = mix(T, i + 8, 8, jT);
            jS = mix(S, i + 9, 9, jS);
            jT = mix(T, i + 9, 9, jT);
            jS = mix(S, i + 10, 10, jS);
            jT = mix(T, i + 10, 10, jT);
            jS = mix(S, i + 11, 11, jS);
            jT = mix(T, i + 11, 11, jT);
            jS = mix(S, i + 12, 12, jS);
            jT = mix(T, i + 12, 12, jT);
            jS = mix(S, i + 13, 13, jS);
            jT = mix(T, i + 13, 13, jT);
            jS = mix(S, i + 14, 14, jS);
            jT = mix(T, i + 14, 14, jT);
            jS = mix(S, i + 15, 15, jS);
            jT = mix(T, i + 15, 15, jT);
        }
    }

    /** One step of a key schedule, with the octet of the key that has that index. */
    private static int mix(int[] s, int i, int keyIndex, int j) {
        int x = s[i];
        int next = j + x + s[STATE + keyIndex];
        int q = next & 0xFF;
        s[i] = s[q];
        s[q] = x;
        return next;
    }

    @Override
    public void encryptItself(int[] interimKey) {
        prepare(T, interimKey);
        int j = 0;
        for (int i = 0; i < STATE; i++) {
            j = mix(T, i, i & KEY_OCTETS - 1, j);
        }
        encryptInterimKey(interimKey);
    }

    private static void encryptInterimKey(int[] interimKey) {
        int j = 0;
        for (int n = 0; n < KEY_OCTETS; n++) {
            j += T[n + 1];
            interimKey[n] ^= octet(T, n + 1, j);
        }
    }

    /** Swaps, and gives the next octet of key stream; {@code j} has taken in {@code s[i]}. */
    private static int octet(int[] s, int i, int j) {
        int q = j & 0xFF;
        int x = s[i];
        int y = s[q];
        s[q] = x;
        s[i] = y;
        return s[(x + y) & 0xFF];
    }

    @Override
    public void makeBoth(int from, int to) {
        int jA = firstSwap;
        int jB = secondSwap;
        int wordA;
        int wordB;
        for (int n = from; n < to; n += STEP_OCTETS) {
            int i = n & 0xF8;
            int last = (i + 8) & 0xFF;
            int at = n & WINDOW_OCTETS - STEP_OCTETS;
            jA += A[i + 1];
            wordA = octet(A, i + 1, jA);
            jB += B[i + 1];
            wordB = octet(B, i + 1, jB);
            jA += A[i + 2];
            wordA |= octet(A, i + 2, jA) << 8;
            jB += B[i + 2];
            wordB |= octet(B, i + 2, jB) << 8;
            jA += A[i + 3];
            wordA |= octet(A, i + 3, jA) << 16;
            jB += B[i + 3];
            wordB |= octet(B, i + 3, jB) << 16;
            jA += A[i + 4];
            wordA |= octet(A, i + 4, jA) << 24;
            jB += B[i + 4];
            wordB |= octet(B, i + 4, jB) << 24;
            KeyWindow.put(FIRST_WINDOW, at, wordA);
            KeyWindow.put(SECOND_WINDOW, at, wordB);
            jA += A[i + 5];
            wordA = octet(A, i + 5, jA);
            jB += B[i + 5];
            wordB = octet(B, i + 5, jB);
            jA += A[i + 6];
            wordA |= octet(A, i + 6, jA) << 8;
            jB += B[i + 6];
            wordB |= octet(B, i + 6, jB) << 8;
            jA += A[i + 7];
            wordA |= octet(A, i + 7, jA) << 16;
            jB += B[i + 7];
            wordB |= octet(B, i + 7, jB) << 16;
            jA += A[last];
            wordA |= octet(A, last, jA) << 24;
            jB += B[last];
            wordB |= octet(B, last, jB) << 24;
            KeyWindow.put(FIRST_WINDOW, at + 4, wordA);
            KeyWindow.put(SECOND_WINDOW, at + 4, wordB);
        }
        firstSwap = jA;
        secondSwap = jB;
    }

    @Override
    public void makeFirst(int from, int to) {
        int jA = firstSwap;
        int wordA;
        for (int n = from; n < to; n += STEP_OCTETS) {
            int i = n & 0xF8;
            int last = (i + 8) & 0xFF;
            int at = n & WINDOW_OCTETS - STEP_OCTETS;
            jA += A[i + 1];
            wordA = octet(A, i + 1, jA);
            jA += A[i + 2];
            wordA |= octet(A, i + 2, jA) << 8;
            jA += A[i + 3];
            wordA |= octet(A, i + 3, jA) << 16;
            jA += A[i + 4];
            wordA |= octet(A, i + 4, jA) << 24;
            KeyWindow.put(FIRST_WINDOW, at, wordA);
            jA += A[i + 5];
            wordA = octet(A, i + 5, jA);
            jA += A[i + 6];
            wordA |= octet(A, i + 6, jA) << 8;
            jA += A[i + 7];
            wordA |= octet(A, i + 7, jA) << 16;
            jA += A[last];
            wordA |= octet(A, last, jA) << 24;
            KeyWindow.put(FIRST_WINDOW, at + 4, wordA);
        }
        firstSwap = jA;
    }

    @Override
    public int front(int stream) {
        return KeyWindow.front(window(stream));
    }

    @Override
    public void apply(int stream, ByteBuffer data, int at, int octets) {
        KeyWindow.apply(window(stream), data, at, octets);
    }

    @Override
    public void copy(int stream, byte[] to, int octets) {
        System.arraycopy(window(stream), 0, to, 0, octets);
    }

    private static byte[] window(int stream) {
        return stream == FIRST ? FIRST_WINDOW : SECOND_WINDOW;
    }

    @Override
    public void wipe() {
        for (int[] secret : new int[][] {A, B, S, T}) {
            Arrays.fill(secret, 0);
        }
        Arrays.fill(FIRST_WINDOW, (byte) 0);
        Arrays.fill(SECOND_WINDOW, (byte) 0);
    }
}
