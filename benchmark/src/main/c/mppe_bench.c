/*
 * mppe_bench check START_KEY PACKETS OCTETS
 *	writes packets of one session in hex, and sees to it that they can be decrypted
 * mppe_bench encrypt|decrypt OCTETS SESSIONS
 *	measures packets, of one session after the other
 */
#include "mppe.h"
#include "stopwatch.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* As many as the other contestants have in flight, so that the caches have the same to do. */
#define FRAMES 256
#define FRAME_ROOM 2048
#define HEADROOM 64
#define MAX_SESSIONS 64

static uint8_t frames[FRAMES][FRAME_ROOM];
static struct mppe senders[MAX_SESSIONS];
static struct mppe receivers[MAX_SESSIONS];
static size_t octets;
static unsigned sessions;

/* Protocol number, version and length of an IP packet, and octets that differ. */
static void fill(uint8_t *frame, unsigned packet)
{
	for (size_t n = 0; n < octets; n++)
		frame[n] = (uint8_t)(7 * packet + n);
	memcpy(frame, "\x00\x21\x45\x00", 4);
	frame[4] = (uint8_t)((octets - 2) >> 8);
	frame[5] = (uint8_t)(octets - 2);
}

static void encrypt(unsigned packets)
{
	for (unsigned n = 0; n < packets; n++)
		mppe_encrypt(&senders[n % sessions], frames[n] + HEADROOM, octets);
}

static void decrypt(unsigned packets)
{
	for (unsigned n = 0; n < packets; n++) {
		uint8_t *packet = frames[n] + HEADROOM - MPPE_HEADER_OCTETS;

		if (!mppe_decrypt(&receivers[n % sessions], packet, octets + MPPE_HEADER_OCTETS))
			fail("a packet was not decrypted");
	}
}

static void measure_encryption(unsigned long packets)
{
	stopwatch_start();
	for (unsigned long done = 0; done < packets; done += FRAMES)
		encrypt(FRAMES);
	stopwatch_stop();
}

static void measure_decryption(unsigned long packets)
{
	for (unsigned long done = 0; done < packets; done += FRAMES) {
		encrypt(FRAMES);
		stopwatch_start();
		decrypt(FRAMES);
		stopwatch_stop();
	}
}

static void start(struct mppe *mppe, const char *hex)
{
	uint8_t key[MPPE_KEY_OCTETS];

	for (size_t n = 0; n < sizeof key; n++)
		if (sscanf(hex + 2 * n, "%2hhx", &key[n]) != 1)
			fail("a start key has 32 hexadecimal digits");
	mppe_start(mppe, key);
}

static void check(const char *key, unsigned packets)
{
	start(&senders[0], key);
	start(&receivers[0], key);
	for (unsigned packet = 0; packet < packets; packet++) {
		uint8_t *frame = frames[0] + HEADROOM;

		fill(frame, packet);
		mppe_encrypt(&senders[0], frame, octets);
		for (size_t n = 0; n < octets + MPPE_HEADER_OCTETS; n++)
			printf("%02x", frame[n - MPPE_HEADER_OCTETS]);
		printf("\n");
		fill(frames[1], packet);
		if (!mppe_decrypt(&receivers[0], frame - MPPE_HEADER_OCTETS, octets + MPPE_HEADER_OCTETS) ||
		    memcmp(frame, frames[1], octets))
			fail("what was encrypted cannot be decrypted");
	}
}

static size_t length(const char *argument)
{
	size_t value = strtoul(argument, NULL, 10);

	if (value < 6 || value > FRAME_ROOM - HEADROOM)
		fail("packets of that length are not measured");
	return value;
}

static void prepare(const char *argument)
{
	sessions = (unsigned)strtoul(argument, NULL, 10);
	if (sessions < 1 || sessions > MAX_SESSIONS)
		fail("that many sessions are not measured");
	for (unsigned n = 0; n < sessions; n++) {
		uint8_t key[MPPE_KEY_OCTETS] = { (uint8_t)n };

		mppe_start(&senders[n], key);
		mppe_start(&receivers[n], key);
	}
	for (unsigned n = 0; n < FRAMES; n++)
		fill(frames[n] + HEADROOM, n);
}

int main(int argc, char **argv)
{
	primitives_open();
	errno = 0;
	if (argc == 5 && !strcmp(argv[1], "check")) {
		octets = length(argv[4]);
		check(argv[2], (unsigned)strtoul(argv[3], NULL, 10));
	} else if (argc == 4 && !strcmp(argv[1], "encrypt")) {
		octets = length(argv[2]);
		prepare(argv[3]);
		stopwatch_serve(measure_encryption);
	} else if (argc == 4 && !strcmp(argv[1], "decrypt")) {
		octets = length(argv[2]);
		prepare(argv[3]);
		stopwatch_serve(measure_decryption);
	} else {
		fail("mppe_bench check KEY PACKETS OCTETS | encrypt|decrypt OCTETS SESSIONS");
	}
	return 0;
}
