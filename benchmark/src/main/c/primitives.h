/* RC4 and SHA-1, as rc4.c and sha1.c do them, or libcrypto by way of openssl.c. */
#ifndef PRIMITIVES_H
#define PRIMITIVES_H

#include <stddef.h>
#include <stdint.h>

#define SHA1_DIGEST_OCTETS 20

/* Words of 32 bits, as the Linux kernel has them and libcrypto, too. */
struct rc4 {
	uint32_t x;
	uint32_t y;
	uint32_t state[256];
};

/* To be called once before all others. */
void primitives_open(void);

void rc4_set_key(struct rc4 *rc4, const uint8_t *key, size_t octets);

/* Applies the next octets of the key stream; "out" may be "in". */
void rc4_crypt(struct rc4 *rc4, uint8_t *out, const uint8_t *in, size_t octets);

void sha1(const uint8_t *message, size_t octets, uint8_t digest[SHA1_DIGEST_OCTETS]);

#endif
