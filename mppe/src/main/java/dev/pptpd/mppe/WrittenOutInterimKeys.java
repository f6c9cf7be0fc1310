package dev.pptpd.mppe;

/**
 * SHA-1 written out for this one message. With keys of 16 octets it has two blocks. The first
 * fourteen words of the first block are the same for a whole session, and so are the fourteen
 * rounds that they go through. A third faster than SHA-1 for any message, and half as fast as the
 * instructions that a processor may have for it.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc3174#section-6.1 RFC 3174 section 6.1
 */
final class WrittenOutInterimKeys implements InterimKeys {
    private static final int K0 = 0x5A82_7999;
    private static final int K1 = 0x6ED9_EBA1;
    private static final int K2 = 0x8F1B_BCDC;
    private static final int K3 = 0xCA62_C1D6;
    private static final int H0 = 0x6745_2301;
    private static final int H1 = 0xEFCD_AB89;
    private static final int H2 = 0x98BA_DCFE;
    private static final int H3 = 0x1032_5476;
    private static final int H4 = 0xC3D2_E1F0;

    private static final int PAD_2 = 0xF2F2_F2F2;
    private static final int END_OF_MESSAGE = 0x8000_0000;
    private static final int LONG_MESSAGE_BITS = 112 * Byte.SIZE;
    private static final int SHORT_MESSAGE_BITS = 96 * Byte.SIZE;
    private static final int LONG_KEY_OCTETS = 16;
    private static final int LONG_KEY_WORDS = 4;
    private static final int FIXED_ROUNDS = 14;

    /** The words of a block, and what they are expanded to. */
    private final int[] w = new int[80];

    private int h0;
    private int h1;
    private int h2;
    private int h3;
    private int h4;

    @Override
    public void prepare(int[] startKey, int[] start) {
        for (int n = 0; n < LONG_KEY_WORDS; n++) {
            start[n] = word(startKey, 4 * n);
        }
        int a = H0;
        int b = H1;
        int c = H2;
        int d = H3;
        int e = H4;
        for (int t = 0; t < FIXED_ROUNDS; t++) {
            int word = t < LONG_KEY_WORDS ? start[t] : 0;
            int next = Integer.rotateLeft(a, 5) + (d ^ (b & (c ^ d))) + e + word + K0;
            e = d;
            d = c;
            c = Integer.rotateLeft(b, 30);
            b = a;
            a = next;
        }
        start[4] = a;
        start[5] = b;
        start[6] = c;
        start[7] = d;
        start[8] = e;
    }

    @Override
    public void derive(int[] start, int keyOctets, int[] sessionKey, int[] interimKey) {
        if (keyOctets == LONG_KEY_OCTETS) {
            firstBlockOfLong(start, sessionKey);
            secondBlockOfLong(sessionKey);
        } else {
            firstBlockOfShort(start, sessionKey);
            secondBlockOfShort();
        }
        put(h0, interimKey, 0);
        put(h1, interimKey, 4);
        put(keyOctets == LONG_KEY_OCTETS ? h2 : h0, interimKey, 8);
        put(keyOctets == LONG_KEY_OCTETS ? h3 : h1, interimKey, 12);
    }

    private void firstBlockOfLong(int[] start, int[] sessionKey) {
        System.arraycopy(start, 0, w, 0, LONG_KEY_WORDS);
        fill(LONG_KEY_WORDS, FIXED_ROUNDS, 0);
        w[14] = word(sessionKey, 0);
        w[15] = word(sessionKey, 4);
        expand();
        int a = start[4];
        int b = start[5];
        int c = start[6];
        int d = start[7];
        int e = start[8];
        int next = Integer.rotateLeft(a, 5) + (d ^ (b & (c ^ d))) + e + w[14] + K0;
        begin();
        rounds(15, next, a, Integer.rotateLeft(b, 30), c, d);
    }

    private void secondBlockOfLong(int[] sessionKey) {
        w[0] = word(sessionKey, 8);
        w[1] = word(sessionKey, 12);
        fill(2, 12, PAD_2);
        end(12, LONG_MESSAGE_BITS);
    }

    private void firstBlockOfShort(int[] start, int[] sessionKey) {
        w[0] = start[0];
        w[1] = start[1];
        fill(2, 12, 0);
        w[12] = word(sessionKey, 0);
        w[13] = word(sessionKey, 4);
        w[14] = PAD_2;
        w[15] = PAD_2;
        expand();
        begin();
        rounds(0, h0, h1, h2, h3, h4);
    }

    private void secondBlockOfShort() {
        fill(0, 8, PAD_2);
        end(8, SHORT_MESSAGE_BITS);
    }

    private void begin() {
        h0 = H0;
        h1 = H1;
        h2 = H2;
        h3 = H3;
        h4 = H4;
    }

    private void end(int words, int bits) {
        w[words] = END_OF_MESSAGE;
        fill(words + 1, 15, 0);
        w[15] = bits;
        expand();
        rounds(0, h0, h1, h2, h3, h4);
    }

    private void fill(int from, int to, int word) {
        for (int t = from; t < to; t++) {
            w[t] = word;
        }
    }

    private static int word(int[] octets, int at) {
        return octets[at] << 24 | octets[at + 1] << 16 | octets[at + 2] << 8 | octets[at + 3];
    }

    private static void put(int word, int[] octets, int at) {
        octets[at] = word >>> 24;
        octets[at + 1] = word >>> 16 & 0xFF;
        octets[at + 2] = word >>> 8 & 0xFF;
        octets[at + 3] = word & 0xFF;
    }

    private void expand() {
        int[] w = this.w;
        for (int t = 16; t < 80; t++) {
            w[t] = Integer.rotateLeft(w[t - 3] ^ w[t - 8] ^ w[t - 14] ^ w[t - 16], 1);
        }
    }

    /**
     * The rounds from {@code from} on, a multiple of five. Five in a row need no moves between the
     * variables; what is known early is added first, so that the newest value comes in last.
     */
    private void rounds(int from, int a, int b, int c, int d, int e) {
        int[] w = this.w;
        for (int t = from; t < 20; t += 5) {
            e = (e + w[t] + K0 + (d ^ (b & (c ^ d)))) + Integer.rotateLeft(a, 5);
            b = Integer.rotateLeft(b, 30);
            d = (d + w[t + 1] + K0 + (c ^ (a & (b ^ c)))) + Integer.rotateLeft(e, 5);
            a = Integer.rotateLeft(a, 30);
            c = (c + w[t + 2] + K0 + (b ^ (e & (a ^ b)))) + Integer.rotateLeft(d, 5);
            e = Integer.rotateLeft(e, 30);
            b = (b + w[t + 3] + K0 + (a ^ (d & (e ^ a)))) + Integer.rotateLeft(c, 5);
            d = Integer.rotateLeft(d, 30);
            a = (a + w[t + 4] + K0 + (e ^ (c & (d ^ e)))) + Integer.rotateLeft(b, 5);
            c = Integer.rotateLeft(c, 30);
        }
        for (int t = 20; t < 40; t += 5) {
            e = (e + w[t] + K1 + (b ^ c ^ d)) + Integer.rotateLeft(a, 5);
            b = Integer.rotateLeft(b, 30);
            d = (d + w[t + 1] + K1 + (a ^ b ^ c)) + Integer.rotateLeft(e, 5);
            a = Integer.rotateLeft(a, 30);
            c = (c + w[t + 2] + K1 + (e ^ a ^ b)) + Integer.rotateLeft(d, 5);
            e = Integer.rotateLeft(e, 30);
            b = (b + w[t + 3] + K1 + (d ^ e ^ a)) + Integer.rotateLeft(c, 5);
            d = Integer.rotateLeft(d, 30);
            a = (a + w[t + 4] + K1 + (c ^ d ^ e)) + Integer.rotateLeft(b, 5);
            c = Integer.rotateLeft(c, 30);
        }
        for (int t = 40; t < 60; t += 5) {
            e = (e + w[t] + K2 + ((b & c) | (d & (b | c)))) + Integer.rotateLeft(a, 5);
            b = Integer.rotateLeft(b, 30);
            d = (d + w[t + 1] + K2 + ((a & b) | (c & (a | b)))) + Integer.rotateLeft(e, 5);
            a = Integer.rotateLeft(a, 30);
            c = (c + w[t + 2] + K2 + ((e & a) | (b & (e | a)))) + Integer.rotateLeft(d, 5);
            e = Integer.rotateLeft(e, 30);
            b = (b + w[t + 3] + K2 + ((d & e) | (a & (d | e)))) + Integer.rotateLeft(c, 5);
            d = Integer.rotateLeft(d, 30);
            a = (a + w[t + 4] + K2 + ((c & d) | (e & (c | d)))) + Integer.rotateLeft(b, 5);
            c = Integer.rotateLeft(c, 30);
        }
        for (int t = 60; t < 80; t += 5) {
            e = (e + w[t] + K3 + (b ^ c ^ d)) + Integer.rotateLeft(a, 5);
            b = Integer.rotateLeft(b, 30);
            d = (d + w[t + 1] + K3 + (a ^ b ^ c)) + Integer.rotateLeft(e, 5);
            a = Integer.rotateLeft(a, 30);
            c = (c + w[t + 2] + K3 + (e ^ a ^ b)) + Integer.rotateLeft(d, 5);
            e = Integer.rotateLeft(e, 30);
            b = (b + w[t + 3] + K3 + (d ^ e ^ a)) + Integer.rotateLeft(c, 5);
            d = Integer.rotateLeft(d, 30);
            a = (a + w[t + 4] + K3 + (c ^ d ^ e)) + Integer.rotateLeft(b, 5);
            c = Integer.rotateLeft(c, 30);
        }
        h0 += a;
        h1 += b;
        h2 += c;
        h3 += d;
        h4 += e;
    }

    @Override
    public void wipe() {
        fill(0, w.length, 0);
        begin();
    }
}
