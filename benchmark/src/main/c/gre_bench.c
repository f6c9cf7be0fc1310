/*
 * gre_bench receive recvmmsg|recvfrom
 *	measures what takes packets of protocol 47 out of a raw socket
 * gre_bench send sendmmsg|sendto DESTINATION OCTETS
 *	measures what puts them into one
 *
 * The socket has the options of the server's.
 */
#define _GNU_SOURCE
#include "stopwatch.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

/* The server's batches. */
#define RECEIVED_AT_ONCE 32
#define SENT_AT_ONCE 64

#define SLOT_OCTETS 2048
#define BUFFER_OCTETS (4 << 20)

static int fd;
static uint8_t slots[SENT_AT_ONCE][SLOT_OCTETS];
static struct iovec vectors[SENT_AT_ONCE];
static struct mmsghdr messages[SENT_AT_ONCE];
static struct sockaddr_in destination = { .sin_family = AF_INET };
static size_t octets;

static void receive_many(unsigned long packets)
{
	unsigned long received = 0;

	stopwatch_start();
	while (received < packets) {
		int taken = recvmmsg(fd, messages, RECEIVED_AT_ONCE, MSG_DONTWAIT, NULL);

		if (taken <= 0)
			fail("recvmmsg, before all was received");
		received += (unsigned long)taken;
	}
	stopwatch_stop();
}

static void receive_each(unsigned long packets)
{
	stopwatch_start();
	for (unsigned long received = 0; received < packets; received++) {
		struct sockaddr_in source;
		socklen_t length = sizeof source;

		if (recvfrom(fd, slots[received % RECEIVED_AT_ONCE], SLOT_OCTETS, MSG_DONTWAIT,
			     (struct sockaddr *)&source, &length) <= 0)
			fail("recvfrom, before all was received");
	}
	stopwatch_stop();
}

static void send_many(unsigned long packets)
{
	stopwatch_start();
	for (unsigned long sent = 0; sent < packets; sent += SENT_AT_ONCE)
		if (sendmmsg(fd, messages, SENT_AT_ONCE, MSG_DONTWAIT) != SENT_AT_ONCE)
			fail("sendmmsg");
	stopwatch_stop();
}

static void send_each(unsigned long packets)
{
	stopwatch_start();
	for (unsigned long sent = 0; sent < packets; sent++)
		if (sendto(fd, slots[sent % SENT_AT_ONCE], octets, MSG_DONTWAIT,
			   (struct sockaddr *)&destination, sizeof destination) < 0)
			fail("sendto");
	stopwatch_stop();
}

static void set(int level, int option, int value)
{
	if (setsockopt(fd, level, option, &value, sizeof value))
		fail("setsockopt");
}

static void open_socket(void)
{
	fd = socket(AF_INET, SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC, IPPROTO_GRE);
	if (fd < 0)
		fail("socket");
	set(IPPROTO_IP, IP_MTU_DISCOVER, IP_PMTUDISC_DONT);
	set(SOL_SOCKET, SO_RCVBUFFORCE, BUFFER_OCTETS);
	set(SOL_SOCKET, SO_SNDBUFFORCE, BUFFER_OCTETS);
}

static void describe(size_t length)
{
	for (int n = 0; n < SENT_AT_ONCE; n++) {
		vectors[n] = (struct iovec){ slots[n], length };
		messages[n].msg_hdr.msg_iov = &vectors[n];
		messages[n].msg_hdr.msg_iovlen = 1;
	}
}

/* Enhanced GRE with a sequence number, and of the call that the other contestants have. */
static void fill(void)
{
	static const uint8_t header[] = { 0x30, 0x01, 0x88, 0x0b, 0x00, 0x00, 0x00, 0x01 };

	for (int n = 0; n < SENT_AT_ONCE; n++) {
		memcpy(slots[n], header, sizeof header);
		messages[n].msg_hdr.msg_name = &destination;
		messages[n].msg_hdr.msg_namelen = sizeof destination;
	}
}

int main(int argc, char **argv)
{
	if (argc == 3 && !strcmp(argv[1], "receive")) {
		open_socket();
		describe(SLOT_OCTETS);
		errno = 0;
		stopwatch_serve(strcmp(argv[2], "recvmmsg") ? receive_each : receive_many);
	} else if (argc == 5 && !strcmp(argv[1], "send")) {
		octets = strtoul(argv[4], NULL, 10);
		if (octets > SLOT_OCTETS || !inet_aton(argv[3], &destination.sin_addr))
			fail("a destination and at most 2048 octets");
		open_socket();
		describe(octets);
		fill();
		errno = 0;
		stopwatch_serve(strcmp(argv[2], "sendmmsg") ? send_each : send_many);
	} else {
		fail("gre_bench receive recvmmsg|recvfrom | send sendmmsg|sendto DESTINATION OCTETS");
	}
	return 0;
}
