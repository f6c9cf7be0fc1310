/*
 * Stands where pppd stands, at the far side of pptpctrl's terminal, and knows nothing of PPP but the
 * frames of RFC 1662: so pptpctrl is measured alone.
 *
 * Next to the program are two named pipes. For each octet in "orders" it writes a burst of frames to
 * the terminal; for each burst of frames that it has read from there it writes an octet to "arrivals".
 * Whatever pppd would be told on its command line is of no interest. Ends with the terminal.
 */
#include "stopwatch.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#define BURST 64
#define PACKET_OCTETS 1388
#define PATH_ROOM 4096

/* RFC 1662 */
#define FLAG 0x7e
#define ESCAPE 0x7d
#define ESCAPED_BIT 0x20
#define FIRST_FCS 0xffff
#define FCS_POLYNOMIAL 0x8408

static uint8_t burst[BURST * 2 * (PACKET_OCTETS + 8)];
static size_t burst_octets;
static unsigned frames_read;
static int is_inside_frame;

static void append(uint8_t octet)
{
	if (octet < ESCAPED_BIT || octet == FLAG || octet == ESCAPE) {
		burst[burst_octets++] = ESCAPE;
		octet ^= ESCAPED_BIT;
	}
	burst[burst_octets++] = octet;
}

static uint16_t sum_up(uint16_t fcs, uint8_t octet)
{
	fcs ^= octet;
	for (int bit = 0; bit < 8; bit++)
		fcs = (uint16_t)(fcs & 1 ? fcs >> 1 ^ FCS_POLYNOMIAL : fcs >> 1);
	return fcs;
}

/* An IP packet of octets that look encrypted. */
static void build_frame(void)
{
	static const uint8_t header[] = { 0xff, 0x03, 0x00, 0x21 };
	uint16_t fcs = FIRST_FCS;

	burst[burst_octets++] = FLAG;
	for (unsigned n = 0; n < sizeof header + PACKET_OCTETS; n++) {
		uint8_t octet = n < sizeof header ? header[n] : (uint8_t)(rand() >> 8);
		fcs = sum_up(fcs, octet);
		append(octet);
	}
	fcs ^= FIRST_FCS;
	append((uint8_t)fcs);
	append((uint8_t)(fcs >> 8));
	burst[burst_octets++] = FLAG;
}

static int open_pipe(const char *name)
{
	char path[PATH_ROOM];
	ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);

	if (length < 0)
		fail("/proc/self/exe");
	path[length] = 0;
	char *folder = dirname(path);
	size_t end = strlen(folder);
	snprintf(folder + end, sizeof path - end, "/%s", name);
	/* Both ways, so that nobody waits for the other. */
	int fd = open(path, O_RDWR | O_CLOEXEC);
	if (fd < 0)
		fail(name);
	return fd;
}

/* A frame ends with a flag; one that follows another flag is empty. */
static void take(int arrivals)
{
	uint8_t octets[65536];
	ssize_t length = read(STDIN_FILENO, octets, sizeof octets);

	if (length <= 0)
		exit(0);
	for (ssize_t n = 0; n < length; n++) {
		if (octets[n] != FLAG) {
			is_inside_frame = 1;
		} else if (is_inside_frame) {
			is_inside_frame = 0;
			if (++frames_read % BURST == 0 && write(arrivals, "", 1) != 1)
				fail("arrivals");
		}
	}
}

static void give(void)
{
	for (size_t done = 0; done < burst_octets;) {
		ssize_t written = write(STDOUT_FILENO, burst + done, burst_octets - done);
		if (written < 0)
			exit(0);
		done += (size_t)written;
	}
}

int main(void)
{
	struct termios terminal;
	struct pollfd sources[2] = { { .fd = STDIN_FILENO, .events = POLLIN }, { .events = POLLIN } };
	int arrivals = open_pipe("arrivals");

	sources[1].fd = open_pipe("orders");
	if (tcgetattr(STDIN_FILENO, &terminal))
		fail("no terminal");
	cfmakeraw(&terminal);
	tcsetattr(STDIN_FILENO, TCSANOW, &terminal);
	for (int frame = 0; frame < BURST; frame++)
		build_frame();
	while (poll(sources, 2, -1) > 0) {
		char order;
		if (sources[0].revents)
			take(arrivals);
		if (sources[1].revents && read(sources[1].fd, &order, 1) == 1)
			give();
	}
	return 0;
}
