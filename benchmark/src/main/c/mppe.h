/* MPPE with 128 bits, every packet on its own: RFC 3078 sections 3 and 7, RFC 3079 section 3. */
#ifndef MPPE_H
#define MPPE_H

#include "primitives.h"

#define MPPE_KEY_OCTETS 16
#define MPPE_HEADER_OCTETS 2

/* One direction of a session. */
struct mppe {
	/* What SHA-1 makes the interim key of: start key, pad, session key, pad. */
	uint8_t message[MPPE_KEY_OCTETS + 40 + MPPE_KEY_OCTETS + 40];
	unsigned count;
	struct rc4 stream;
};

/* At the packet with coherency count 0. */
void mppe_start(struct mppe *mppe, const uint8_t start_key[MPPE_KEY_OCTETS]);

/* Encrypts the frame in place, protocol number included, and puts the header in front of it. */
void mppe_encrypt(struct mppe *mppe, uint8_t *frame, size_t octets);

/* Decrypts the packet in place, behind its header; false where that is not of this mode. */
int mppe_decrypt(struct mppe *mppe, uint8_t *packet, size_t octets);

#endif
