#include "stopwatch.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static int64_t started;
static int64_t elapsed;

static int64_t cpu_nanos(void)
{
	struct timespec now;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
	return now.tv_sec * 1000000000LL + now.tv_nsec;
}

void stopwatch_start(void)
{
	started = cpu_nanos();
}

void stopwatch_stop(void)
{
	elapsed += cpu_nanos() - started;
}

void stopwatch_serve(void (*work)(unsigned long units))
{
	unsigned long units;

	puts("ready");
	fflush(stdout);
	while (scanf("%lu", &units) == 1 && units > 0) {
		elapsed = 0;
		work(units);
		printf("%.3f\n", (double)elapsed / (double)units);
		fflush(stdout);
	}
}

void fail(const char *what)
{
	if (errno)
		fprintf(stderr, "%s: %s\n", what, strerror(errno));
	else
		fprintf(stderr, "%s\n", what);
	exit(1);
}
