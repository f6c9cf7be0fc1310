package dev.pptpd.mppe;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The two key streams in the form that the compiler turns into the fastest code. What counts:
 *
 * <ul>
 *   <li>Two streams in one loop: the loads of one run while the other waits for its stores.
 *   <li>The tables are constants of known length, so that no index is checked. A class has them but
 *       once: every engine defines a copy of this class for itself, see {@link PairedMppeEngine}.
 *   <li>A table of its own for each stream: with both in one array the processor now and then takes
 *       them for the same memory, and then the loop takes four times as long.
 *   <li>{@code int} everywhere, not {@code byte}; the swap index is masked where it is used.
 *   <li>The loop makes key stream and nothing else; the data comes in a second pass.
 * </ul>
 */
final class Rc4Kernel implements KeyStreams {
    private static final int STATE = 256;

    private static final int[] IDENTITY = new int[STATE];
    private static final int[] A = new int[STATE];
    private static final int[] B = new int[STATE];

    /** Where keys are scheduled: the one of a stream, and the interim key beside it. */
    private static final int[] S = new int[STATE];

    private static final int[] T = new int[STATE];

    private static final int[] KEY = new int[KEY_OCTETS];
    private static final int[] INTERIM_KEY = new int[KEY_OCTETS];

    private static final int[] FIRST_WINDOW = new int[WINDOW_OCTETS / Integer.BYTES];
    private static final int[] SECOND_WINDOW = new int[WINDOW_OCTETS / Integer.BYTES];

    static {
        Arrays.setAll(IDENTITY, n -> n);
    }

    private int firstSwap;
    private int secondSwap;

    @Override
    public void schedule(int stream, int[] key, int[] interimKey) {
        System.arraycopy(key, 0, KEY, 0, KEY_OCTETS);
        System.arraycopy(interimKey, 0, INTERIM_KEY, 0, KEY_OCTETS);
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

    private static void scheduleBoth() {
        System.arraycopy(IDENTITY, 0, S, 0, STATE);
        System.arraycopy(IDENTITY, 0, T, 0, STATE);
        int jS = 0;
        int jT = 0;
        for (int i = 0; i < STATE; i++) {
            int xS = S[i];
            int xT = T[i];
            jS += xS + KEY[i & 0xF];
            jT += xT + INTERIM_KEY[i & 0xF];
            int qS = jS & 0xFF;
            int qT = jT & 0xFF;
            S[i] = S[qS];
            S[qS] = xS;
            T[i] = T[qT];
            T[qT] = xT;
        }
    }

    @Override
    public void encryptItself(int[] interimKey) {
        System.arraycopy(interimKey, 0, INTERIM_KEY, 0, KEY_OCTETS);
        System.arraycopy(IDENTITY, 0, T, 0, STATE);
        int j = 0;
        for (int i = 0; i < STATE; i++) {
            int x = T[i];
            j += x + INTERIM_KEY[i & 0xF];
            int q = j & 0xFF;
            T[i] = T[q];
            T[q] = x;
        }
        encryptInterimKey(interimKey);
    }

    private static void encryptInterimKey(int[] interimKey) {
        int j = 0;
        for (int n = 0; n < KEY_OCTETS; n++) {
            int x = T[n + 1];
            j += x;
            int q = j & 0xFF;
            int y = T[q];
            T[q] = x;
            T[n + 1] = y;
            interimKey[n] ^= T[(x + y) & 0xFF];
        }
    }

    @Override
    public void makeBoth(int from, int to) {
        int jA = firstSwap;
        int jB = secondSwap;
        int xA;
        int yA;
        int qA;
        int wordA;
        int xB;
        int yB;
        int qB;
        int wordB;
        for (int n = from; n < to; n += 4) {
            int i = n & 0xFC;
            xA = A[i + 1];
            jA += xA;
            qA = jA & 0xFF;
            yA = A[qA];
            A[qA] = xA;
            A[i + 1] = yA;
            wordA = A[(xA + yA) & 0xFF];
            xB = B[i + 1];
            jB += xB;
            qB = jB & 0xFF;
            yB = B[qB];
            B[qB] = xB;
            B[i + 1] = yB;
            wordB = B[(xB + yB) & 0xFF];
            xA = A[i + 2];
            jA += xA;
            qA = jA & 0xFF;
            yA = A[qA];
            A[qA] = xA;
            A[i + 2] = yA;
            wordA |= A[(xA + yA) & 0xFF] << 8;
            xB = B[i + 2];
            jB += xB;
            qB = jB & 0xFF;
            yB = B[qB];
            B[qB] = xB;
            B[i + 2] = yB;
            wordB |= B[(xB + yB) & 0xFF] << 8;
            xA = A[i + 3];
            jA += xA;
            qA = jA & 0xFF;
            yA = A[qA];
            A[qA] = xA;
            A[i + 3] = yA;
            wordA |= A[(xA + yA) & 0xFF] << 16;
            xB = B[i + 3];
            jB += xB;
            qB = jB & 0xFF;
            yB = B[qB];
            B[qB] = xB;
            B[i + 3] = yB;
            wordB |= B[(xB + yB) & 0xFF] << 16;
            xA = A[(i + 4) & 0xFF];
            jA += xA;
            qA = jA & 0xFF;
            yA = A[qA];
            A[qA] = xA;
            A[(i + 4) & 0xFF] = yA;
            wordA |= A[(xA + yA) & 0xFF] << 24;
            xB = B[(i + 4) & 0xFF];
            jB += xB;
            qB = jB & 0xFF;
            yB = B[qB];
            B[qB] = xB;
            B[(i + 4) & 0xFF] = yB;
            wordB |= B[(xB + yB) & 0xFF] << 24;
            int w = n >> 2 & 0x1FF;
            FIRST_WINDOW[w] = wordA;
            SECOND_WINDOW[w] = wordB;
        }
        firstSwap = jA;
        secondSwap = jB;
    }

    @Override
    public void makeFirst(int from, int to) {
        int j = firstSwap;
        int x;
        int y;
        int q;
        int word;
        for (int n = from; n < to; n += 4) {
            int i = n & 0xFC;
            x = A[i + 1];
            j += x;
            q = j & 0xFF;
            y = A[q];
            A[q] = x;
            A[i + 1] = y;
            word = A[(x + y) & 0xFF];
            x = A[i + 2];
            j += x;
            q = j & 0xFF;
            y = A[q];
            A[q] = x;
            A[i + 2] = y;
            word |= A[(x + y) & 0xFF] << 8;
            x = A[i + 3];
            j += x;
            q = j & 0xFF;
            y = A[q];
            A[q] = x;
            A[i + 3] = y;
            word |= A[(x + y) & 0xFF] << 16;
            x = A[(i + 4) & 0xFF];
            j += x;
            q = j & 0xFF;
            y = A[q];
            A[q] = x;
            A[(i + 4) & 0xFF] = y;
            word |= A[(x + y) & 0xFF] << 24;
            FIRST_WINDOW[n >> 2 & 0x1FF] = word;
        }
        firstSwap = j;
    }

    @Override
    public int front(int stream) {
        return window(stream)[0];
    }

    @Override
    public void apply(int stream, ByteBuffer data, int at, int octets) {
        KeyStreamMask.apply(window(stream), data, at, octets);
    }

    @Override
    public void copy(int stream, int[] to, int octets) {
        int words = (octets + Integer.BYTES - 1) / Integer.BYTES;
        System.arraycopy(window(stream), 0, to, 0, words);
    }

    private static int[] window(int stream) {
        return stream == FIRST ? FIRST_WINDOW : SECOND_WINDOW;
    }

    @Override
    public void wipe() {
        for (int[] secret : new int[][] {A, B, S, T, KEY, INTERIM_KEY}) {
            Arrays.fill(secret, 0);
        }
        Arrays.fill(FIRST_WINDOW, 0);
        Arrays.fill(SECOND_WINDOW, 0);
    }
}
