#include "mppe.h"

#include <string.h>

#define PAD_OCTETS 40
#define SESSION_KEY_AT (MPPE_KEY_OCTETS + PAD_OCTETS)
#define FLUSHED 0x80
#define ENCRYPTED 0x10
#define COUNTS 4096

static void make_interim_key(const struct mppe *mppe, uint8_t key[MPPE_KEY_OCTETS])
{
	uint8_t digest[SHA1_DIGEST_OCTETS];

	sha1(mppe->message, sizeof mppe->message, digest);
	memcpy(key, digest, MPPE_KEY_OCTETS);
}

/* The interim key, encrypted with itself, is the next session key. */
static void change_key(struct mppe *mppe)
{
	uint8_t interim[MPPE_KEY_OCTETS];
	uint8_t *key = mppe->message + SESSION_KEY_AT;

	make_interim_key(mppe, interim);
	rc4_set_key(&mppe->stream, interim, MPPE_KEY_OCTETS);
	rc4_crypt(&mppe->stream, key, interim, MPPE_KEY_OCTETS);
}

void mppe_start(struct mppe *mppe, const uint8_t start_key[MPPE_KEY_OCTETS])
{
	uint8_t *key = mppe->message + SESSION_KEY_AT;

	memset(mppe, 0, sizeof *mppe);
	memcpy(mppe->message, start_key, MPPE_KEY_OCTETS);
	memcpy(key, start_key, MPPE_KEY_OCTETS);
	memset(key + MPPE_KEY_OCTETS, 0xf2, PAD_OCTETS);
	make_interim_key(mppe, key);
	change_key(mppe);
}

static void apply(struct mppe *mppe, uint8_t *data, size_t octets)
{
	rc4_set_key(&mppe->stream, mppe->message + SESSION_KEY_AT, MPPE_KEY_OCTETS);
	rc4_crypt(&mppe->stream, data, data, octets);
	mppe->count = (mppe->count + 1) % COUNTS;
	change_key(mppe);
}

void mppe_encrypt(struct mppe *mppe, uint8_t *frame, size_t octets)
{
	frame[-2] = (uint8_t)(FLUSHED | ENCRYPTED | mppe->count >> 8);
	frame[-1] = (uint8_t)mppe->count;
	apply(mppe, frame, octets);
}

int mppe_decrypt(struct mppe *mppe, uint8_t *packet, size_t octets)
{
	unsigned count = (packet[0] & 0x0fu) << 8 | packet[1];

	if (octets <= MPPE_HEADER_OCTETS || (packet[0] & 0xf0) != (FLUSHED | ENCRYPTED))
		return 0;
	while (mppe->count != count) {
		mppe->count = (mppe->count + 1) % COUNTS;
		change_key(mppe);
	}
	apply(mppe, packet + MPPE_HEADER_OCTETS, octets - MPPE_HEADER_OCTETS);
	return 1;
}
