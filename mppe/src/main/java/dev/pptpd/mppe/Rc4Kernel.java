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
 *   <li>Eight octets for each round of the loop, sixteen steps for one of a key schedule: an index
 *       is masked less often, and the processor, which learns for each load by itself whether to
 *       wait for the stores before it, has more of them to learn with. A key schedule takes 390 ns
 *       instead of 450, the key stream of 1,400 octets 120 ns less.
 *   <li>The loop makes key stream and nothing else; the data comes in a second pass, {@link
 *       KeyWindow}.
 * </ul>
 */
final class Rc4Kernel implements KeyStreams {
    private static final int STATE = 256;

    private static final int[] IDENTITY = new int[STATE];
    private static final int[] A = new int[STATE];
    private static final int[] B = new int[STATE];

    /** Where an interim key is scheduled. */
    private static final int[] T = new int[STATE];

    private static final int[] KEY = new int[KEY_OCTETS];
    private static final int[] INTERIM_KEY = new int[KEY_OCTETS];

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
        System.arraycopy(key, 0, KEY, 0, KEY_OCTETS);
        System.arraycopy(interimKey, 0, INTERIM_KEY, 0, KEY_OCTETS);
        scheduleBoth(stream == FIRST ? A : B);
        encryptInterimKey(interimKey);
        if (stream == FIRST) {
            firstSwap = 0;
        } else {
            secondSwap = 0;
        }
    }

    private static void scheduleBoth(int[] s) {
        System.arraycopy(IDENTITY, 0, s, 0, STATE);
        System.arraycopy(IDENTITY, 0, T, 0, STATE);
        int jS = 0;
        int jT = 0;
        for (int i = 0; i < STATE; i += KEY_OCTETS) {
            for (int n = 0; n < KEY_OCTETS; n++) {
                jS += s[i + n] + KEY[n];
                swap(s, i + n, jS);
                jT += T[i + n] + INTERIM_KEY[n];
                swap(T, i + n, jT);
            }
        }
    }

    @Override
    public void encryptItself(int[] interimKey) {
        System.arraycopy(interimKey, 0, INTERIM_KEY, 0, KEY_OCTETS);
        System.arraycopy(IDENTITY, 0, T, 0, STATE);
        int j = 0;
        for (int i = 0; i < STATE; i += KEY_OCTETS) {
            for (int n = 0; n < KEY_OCTETS; n++) {
                j += T[i + n] + INTERIM_KEY[n];
                swap(T, i + n, j);
            }
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

    private static void swap(int[] s, int i, int j) {
        int q = j & 0xFF;
        int x = s[i];
        s[i] = s[q];
        s[q] = x;
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
        for (int[] secret : new int[][] {A, B, T, KEY, INTERIM_KEY}) {
            Arrays.fill(secret, 0);
        }
        Arrays.fill(FIRST_WINDOW, (byte) 0);
        Arrays.fill(SECOND_WINDOW, (byte) 0);
    }
}
