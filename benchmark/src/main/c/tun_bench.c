/*
 * tun_bench read DEVICE
 *	measures what takes IP packets out of a TUN device, one a time
 * tun_bench write DEVICE SOURCE DESTINATION PORT OCTETS
 *	measures what hands the kernel UDP packets from one
 */
#include "stopwatch.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/if.h>
#include <linux/if_tun.h>
#include <netinet/ip.h>
#include <netinet/udp.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define PACKET_ROOM 2048

static int fd;
static uint8_t packet[PACKET_ROOM];
static size_t octets;

static void read_each(unsigned long packets)
{
	stopwatch_start();
	for (unsigned long done = 0; done < packets; done++)
		if (read(fd, packet, sizeof packet) <= 0)
			fail("read, before all was read");
	stopwatch_stop();
}

static void write_each(unsigned long packets)
{
	stopwatch_start();
	for (unsigned long done = 0; done < packets; done++)
		if (write(fd, packet, octets) < 0)
			fail("write");
	stopwatch_stop();
}

static void open_device(const char *name)
{
	struct ifreq request = { 0 };

	fd = open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0)
		fail("/dev/net/tun");
	snprintf(request.ifr_name, sizeof request.ifr_name, "%s", name);
	request.ifr_flags = IFF_TUN | IFF_NO_PI;
	if (ioctl(fd, TUNSETIFF, &request))
		fail("TUNSETIFF");
	errno = 0;
}

/* The Internet checksum of an even number of octets, on top of a sum. */
static uint16_t checksum(uint32_t sum, const uint8_t *data, size_t length)
{
	for (size_t n = 0; n < length; n += 2)
		sum += (uint32_t)(data[n] << 8 | data[n + 1]);
	while (sum >> 16)
		sum = (sum & 0xffff) + (sum >> 16);
	return htons((uint16_t)~sum);
}

/* One packet of UDP with both checksums. */
static void build(char **arguments)
{
	struct iphdr *ip = (struct iphdr *)packet;
	struct udphdr *udp = (struct udphdr *)(packet + sizeof *ip);

	octets = strtoul(arguments[3], NULL, 10);
	if (octets < sizeof *ip + sizeof *udp || octets > sizeof packet || octets % 2)
		fail("packets of that length are not measured");
	ip->version = 4;
	ip->ihl = 5;
	ip->ttl = 64;
	ip->protocol = IPPROTO_UDP;
	ip->tot_len = htons((uint16_t)octets);
	ip->saddr = inet_addr(arguments[0]);
	ip->daddr = inet_addr(arguments[1]);
	ip->check = checksum(0, packet, sizeof *ip);
	udp->source = udp->dest = htons((uint16_t)strtoul(arguments[2], NULL, 10));
	udp->len = htons((uint16_t)(octets - sizeof *ip));
	/* The addresses count again, with protocol and length. */
	udp->check = checksum((uint32_t)(IPPROTO_UDP + octets - sizeof *ip), (uint8_t *)&ip->saddr,
			      octets - offsetof(struct iphdr, saddr));
}

int main(int argc, char **argv)
{
	if (argc == 3 && !strcmp(argv[1], "read")) {
		open_device(argv[2]);
		stopwatch_serve(read_each);
	} else if (argc == 7 && !strcmp(argv[1], "write")) {
		open_device(argv[2]);
		build(argv + 3);
		stopwatch_serve(write_each);
	} else {
		fail("tun_bench read DEVICE | write DEVICE SOURCE DESTINATION PORT OCTETS");
	}
	return 0;
}
