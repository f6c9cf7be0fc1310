/*
 * libcrypto's RC4 and SHA-1 by its low-level functions, which spare it the search for a provider.
 * Its headers and the library to link with need not be there: it is loaded when the program runs.
 */
#include "primitives.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>

/* No libcrypto, or one that was built without these ciphers. */
#define EXIT_UNAVAILABLE 69

/* Its SHA_CTX has 24 words. */
struct sha1_context {
	uint32_t words[32];
};

static void (*set_key)(struct rc4 *, int, const unsigned char *);
static void (*crypt)(struct rc4 *, size_t, const unsigned char *, unsigned char *);
static int (*sha1_init)(struct sha1_context *);
static int (*sha1_update)(struct sha1_context *, const void *, size_t);
static int (*sha1_final)(unsigned char *, struct sha1_context *);

static void *symbol(void *library, const char *name)
{
	void *found = dlsym(library, name);

	if (!found) {
		fprintf(stderr, "libcrypto has no %s\n", name);
		exit(EXIT_UNAVAILABLE);
	}
	return found;
}

void primitives_open(void)
{
	void *library = dlopen("libcrypto.so.3", RTLD_NOW);

	if (!library) {
		fprintf(stderr, "no libcrypto.so.3\n");
		exit(EXIT_UNAVAILABLE);
	}
	*(void **)&set_key = symbol(library, "RC4_set_key");
	*(void **)&crypt = symbol(library, "RC4");
	*(void **)&sha1_init = symbol(library, "SHA1_Init");
	*(void **)&sha1_update = symbol(library, "SHA1_Update");
	*(void **)&sha1_final = symbol(library, "SHA1_Final");
}

void rc4_set_key(struct rc4 *rc4, const uint8_t *key, size_t octets)
{
	set_key(rc4, (int)octets, key);
}

void rc4_crypt(struct rc4 *rc4, uint8_t *out, const uint8_t *in, size_t octets)
{
	crypt(rc4, octets, in, out);
}

void sha1(const uint8_t *message, size_t octets, uint8_t digest[SHA1_DIGEST_OCTETS])
{
	struct sha1_context context;

	sha1_init(&context);
	sha1_update(&context, message, octets);
	sha1_final(digest, &context);
}
