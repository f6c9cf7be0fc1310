/*
 * A plugin of pppd: the PPTP client whose packets the kernel moves, without a second process in
 * their way as pptp-linux is.
 *
 * pppd plugin kernel_client.so pptp-server ADDRESS ...
 *	asks ADDRESS for a call, and hands its PPPoX socket to pppd; when the network is up, the log
 *	has "network up after N us", counted from the SYN. Wants nodetach.
 *
 * One process remains for the control connection: it answers Echo-Requests.
 */
#include <pppd/pppd.h>

#include <arpa/inet.h>
#include <errno.h>
#include <linux/if_pppox.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* RFC 2637 section 2 */
#define PORT 1723
#define COOKIE 0x1a2b3c4d
#define CONTROL_MESSAGE 1
#define VERSION_1_0 0x0100
#define START_CONTROL_CONNECTION_REQUEST 1
#define START_CONTROL_CONNECTION_REPLY 2
#define ECHO_REQUEST 5
#define ECHO_REPLY 6
#define OUTGOING_CALL_REQUEST 7
#define OUTGOING_CALL_REPLY 8
#define CONNECTED 1
#define HEADER_OCTETS 12
#define START_OCTETS 156
#define CALL_REQUEST_OCTETS 168
#define ECHO_REPLY_OCTETS 20
#define MOST_OCTETS 220

#define WINDOW 64
#define MICROS_IN_SECOND 1000000L

char pppd_version[] = VERSION;

static char *server;
static int control = -1;
static pid_t keeper;
static struct timespec begun;

static option_t options[] = {
	{ "pptp-server", o_string, &server, "address of the PPTP server", 0, NULL, 0, 0, NULL, 0, 0 },
	{ NULL, 0, NULL, NULL, 0, NULL, 0, 0, NULL, 0, 0 },
};

static void put16(uint8_t *at, unsigned value)
{
	at[0] = (uint8_t)(value >> 8);
	at[1] = (uint8_t)value;
}

static void put32(uint8_t *at, uint32_t value)
{
	put16(at, value >> 16);
	put16(at + 2, value & 0xffff);
}

static unsigned get16(const uint8_t *at)
{
	return (unsigned)(at[0] << 8 | at[1]);
}

static void begin_message(uint8_t *message, unsigned octets, unsigned type)
{
	memset(message, 0, octets);
	put16(message, octets);
	put16(message + 2, CONTROL_MESSAGE);
	put32(message + 4, COOKIE);
	put16(message + 8, type);
}

/* The next message of a type; others are passed over. Returns whether there is one. */
static int await_message(uint8_t *message, unsigned type)
{
	do {
		if (recv(control, message, HEADER_OCTETS, MSG_WAITALL) != HEADER_OCTETS)
			return 0;
		unsigned octets = get16(message);
		if (octets < HEADER_OCTETS || octets > MOST_OCTETS)
			return 0;
		ssize_t rest = (ssize_t)octets - HEADER_OCTETS;
		if (recv(control, message + HEADER_OCTETS, (size_t)rest, MSG_WAITALL) != rest)
			return 0;
	} while (get16(message + 8) != type);
	return 1;
}

static int start_connection(void)
{
	uint8_t message[MOST_OCTETS];

	begin_message(message, START_OCTETS, START_CONTROL_CONNECTION_REQUEST);
	put16(message + 12, VERSION_1_0);
	put32(message + 16, 3); /* framing: asynchronous and synchronous */
	put32(message + 20, 3); /* bearer: analogue and digital */
	if (send(control, message, START_OCTETS, MSG_NOSIGNAL) != START_OCTETS)
		return 0;
	return await_message(message, START_CONTROL_CONNECTION_REPLY) && message[14] == CONNECTED;
}

/* Returns the server's call id, which PoPToP counts from 0, or -1. */
static int place_call(unsigned call_id)
{
	uint8_t message[MOST_OCTETS];

	begin_message(message, CALL_REQUEST_OCTETS, OUTGOING_CALL_REQUEST);
	put16(message + 12, call_id);
	put16(message + 14, 1);
	put32(message + 16, 2400);
	put32(message + 20, 1000000000);
	put32(message + 24, 3);
	put32(message + 28, 3);
	put16(message + 32, WINDOW);
	if (send(control, message, CALL_REQUEST_OCTETS, MSG_NOSIGNAL) != CALL_REQUEST_OCTETS)
		return -1;
	if (!await_message(message, OUTGOING_CALL_REPLY) || message[16] != CONNECTED)
		return -1;
	return (int)get16(message + 12);
}

/* Answers until the connection ends, and then tells pppd. */
static void keep_alive(pid_t parent)
{
	uint8_t message[MOST_OCTETS];

	while (await_message(message, ECHO_REQUEST)) {
		put16(message, ECHO_REPLY_OCTETS);
		put16(message + 8, ECHO_REPLY);
		message[16] = CONNECTED;
		memset(message + 17, 0, 3);
		if (send(control, message, ECHO_REPLY_OCTETS, MSG_NOSIGNAL) != ECHO_REPLY_OCTETS)
			break;
	}
	kill(parent, SIGHUP);
	_exit(0);
}

/* The kernel's own type is packed, and so no sockaddr of the C library. */
union address {
	struct sockaddr any;
	struct sockaddr_pppox pppox;
};

/* The kernel gives the call id when the socket is bound. */
static int open_call(struct in_addr local, union address *own)
{
	socklen_t length = sizeof own->pppox;
	int call = socket(AF_PPPOX, SOCK_STREAM, PX_PROTO_PPTP);

	memset(own, 0, sizeof *own);
	own->pppox.sa_family = AF_PPPOX;
	own->pppox.sa_protocol = PX_PROTO_PPTP;
	own->pppox.sa_addr.pptp.sin_addr = local;
	if (call < 0 || bind(call, &own->any, length) || getsockname(call, &own->any, &length))
		fatal("no PPTP in this kernel: %m");
	return call;
}

static int connect_call(void)
{
	struct sockaddr_in peer = { .sin_family = AF_INET, .sin_port = htons(PORT) };
	struct sockaddr_in local;
	socklen_t length = sizeof local;
	union address address;

	if (!server || inet_pton(AF_INET, server, &peer.sin_addr) != 1)
		fatal("pptp-server wants an address");
	control = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	clock_gettime(CLOCK_MONOTONIC, &begun);
	if (connect(control, (struct sockaddr *)&peer, sizeof peer) ||
	    getsockname(control, (struct sockaddr *)&local, &length))
		fatal("%s: %m", server);
	int call = open_call(local.sin_addr, &address);
	int peer_call_id = start_connection() ? place_call(address.pppox.sa_addr.pptp.call_id) : -1;
	if (peer_call_id < 0)
		fatal("%s gives no call", server);
	address.pppox.sa_addr.pptp.sin_addr = peer.sin_addr;
	address.pppox.sa_addr.pptp.call_id = (uint16_t)peer_call_id;
	if (connect(call, &address.any, sizeof address.pppox))
		fatal("no call to %s: %m", server);
	snprintf(ppp_devnam, sizeof ppp_devnam, "%s", server);
	return call;
}

static void on_up(void *data, int ignored)
{
	struct timespec now;

	(void)data;
	(void)ignored;
	clock_gettime(CLOCK_MONOTONIC, &now);
	notice("network up after %ld us", (now.tv_sec - begun.tv_sec) * MICROS_IN_SECOND +
						  (now.tv_nsec - begun.tv_nsec) / 1000);
	keeper = fork();
	if (keeper == 0)
		keep_alive(getppid());
}

static void disconnect_call(void)
{
	if (keeper > 0)
		kill(keeper, SIGKILL);
	close(control);
}

static void configure(int mtu, u_int32_t accm, int pcomp, int accomp)
{
	(void)accm;
	(void)pcomp;
	(void)accomp;
	netif_set_mtu(0, mtu);
}

static struct channel channel = {
	.options = options,
	.connect = connect_call,
	.disconnect = disconnect_call,
	.establish_ppp = generic_establish_ppp,
	.disestablish_ppp = generic_disestablish_ppp,
	.send_config = configure,
};

void plugin_init(void)
{
	add_options(options);
	add_notifier(&ip_up_notifier, on_up, NULL);
	the_channel = &channel;
	modem = 0;
}
