/*
 * RC4 from its definition, one octet a time: what a kernel without assembly for it has. To load the
 * next octet of the state ahead, as Linux does, was measured and changes nothing.
 */
#include "primitives.h"

void primitives_open(void)
{
}

void rc4_set_key(struct rc4 *rc4, const uint8_t *key, size_t octets)
{
	uint32_t *const s = rc4->state;
	uint32_t y = 0;
	size_t next = 0;

	for (uint32_t x = 0; x < 256; x++)
		s[x] = x;
	for (uint32_t x = 0; x < 256; x++) {
		uint32_t a = s[x];

		y = (y + a + key[next]) & 0xff;
		s[x] = s[y];
		s[y] = a;
		if (++next == octets)
			next = 0;
	}
	rc4->x = 0;
	rc4->y = 0;
}

void rc4_crypt(struct rc4 *rc4, uint8_t *out, const uint8_t *in, size_t octets)
{
	uint32_t *const s = rc4->state;
	uint32_t x = rc4->x;
	uint32_t y = rc4->y;

	while (octets--) {
		uint32_t a, b;

		x = (x + 1) & 0xff;
		a = s[x];
		y = (y + a) & 0xff;
		b = s[y];
		s[x] = b;
		s[y] = a;
		*out++ = *in++ ^ (uint8_t)s[(a + b) & 0xff];
	}
	rc4->x = x;
	rc4->y = y;
}
