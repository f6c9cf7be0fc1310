/* SHA-1 of FIPS 180-4, with the schedule in a ring of 16 words. */
#include "primitives.h"

#include <string.h>

#define BLOCK_OCTETS 64

static uint32_t rotated(uint32_t word, int bits)
{
	return word << bits | word >> (32 - bits);
}

static uint32_t load(const uint8_t *octets)
{
	return (uint32_t)octets[0] << 24 | (uint32_t)octets[1] << 16 | (uint32_t)octets[2] << 8 | octets[3];
}

static void store(uint8_t *octets, uint32_t word)
{
	octets[0] = (uint8_t)(word >> 24);
	octets[1] = (uint8_t)(word >> 16);
	octets[2] = (uint8_t)(word >> 8);
	octets[3] = (uint8_t)word;
}

#define CHOOSE(b, c, d) ((d) ^ ((b) & ((c) ^ (d))))
#define PARITY(b, c, d) ((b) ^ (c) ^ (d))
#define MAJORITY(b, c, d) (((b) & (c)) + ((d) & ((b) ^ (c))))

#define WORD(t) w[(t) & 15]
#define MESSAGE(t) (WORD(t) = load(block + 4 * (t)))
#define SCHEDULE(t) (WORD(t) = rotated(WORD((t) + 13) ^ WORD((t) + 8) ^ WORD((t) + 2) ^ WORD(t), 1))

/* The names of the five words go round instead of their values. */
#define ROUND(f, k, word, a, b, c, d, e)                       \
	do {                                                   \
		e += rotated(a, 5) + f(b, c, d) + (k) + (word); \
		b = rotated(b, 30);                            \
	} while (0)
#define FIVE(f, k, source, t)                          \
	do {                                           \
		ROUND(f, k, source(t), a, b, c, d, e);     \
		ROUND(f, k, source((t) + 1), e, a, b, c, d); \
		ROUND(f, k, source((t) + 2), d, e, a, b, c); \
		ROUND(f, k, source((t) + 3), c, d, e, a, b); \
		ROUND(f, k, source((t) + 4), b, c, d, e, a); \
	} while (0)
#define TWENTY(f, k, t)                          \
	do {                                     \
		FIVE(f, k, SCHEDULE, t);         \
		FIVE(f, k, SCHEDULE, (t) + 5);   \
		FIVE(f, k, SCHEDULE, (t) + 10);  \
		FIVE(f, k, SCHEDULE, (t) + 15);  \
	} while (0)

static void digest_block(uint32_t hash[5], const uint8_t *block)
{
	uint32_t w[16];
	uint32_t a = hash[0], b = hash[1], c = hash[2], d = hash[3], e = hash[4];

	FIVE(CHOOSE, 0x5a827999, MESSAGE, 0);
	FIVE(CHOOSE, 0x5a827999, MESSAGE, 5);
	FIVE(CHOOSE, 0x5a827999, MESSAGE, 10);
	ROUND(CHOOSE, 0x5a827999, MESSAGE(15), a, b, c, d, e);
	ROUND(CHOOSE, 0x5a827999, SCHEDULE(16), e, a, b, c, d);
	ROUND(CHOOSE, 0x5a827999, SCHEDULE(17), d, e, a, b, c);
	ROUND(CHOOSE, 0x5a827999, SCHEDULE(18), c, d, e, a, b);
	ROUND(CHOOSE, 0x5a827999, SCHEDULE(19), b, c, d, e, a);
	TWENTY(PARITY, 0x6ed9eba1, 20);
	TWENTY(MAJORITY, 0x8f1bbcdc, 40);
	TWENTY(PARITY, 0xca62c1d6, 60);

	hash[0] += a;
	hash[1] += b;
	hash[2] += c;
	hash[3] += d;
	hash[4] += e;
}

void sha1(const uint8_t *message, size_t octets, uint8_t digest[SHA1_DIGEST_OCTETS])
{
	uint32_t hash[5] = { 0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0 };
	uint8_t end[2 * BLOCK_OCTETS] = { 0 };
	uint64_t bits = 8 * (uint64_t)octets;
	size_t ends;

	for (; octets >= BLOCK_OCTETS; octets -= BLOCK_OCTETS, message += BLOCK_OCTETS)
		digest_block(hash, message);
	memcpy(end, message, octets);
	end[octets] = 0x80;
	ends = octets < BLOCK_OCTETS - 8 ? BLOCK_OCTETS : 2 * BLOCK_OCTETS;
	store(end + ends - 8, (uint32_t)(bits >> 32));
	store(end + ends - 4, (uint32_t)bits);
	for (size_t done = 0; done < ends; done += BLOCK_OCTETS)
		digest_block(hash, end + done);
	for (int n = 0; n < 5; n++)
		store(digest + 4 * n, hash[n]);
}
