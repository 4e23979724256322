/*
 * The hold model (Jones 1986) on a 4-ary heap of (time, order), with the event fingerprint and the
 * logarithm of the program: what EventLoop does, by hand.
 *
 *	cc -O2 -o hold hold.c && ./hold PENDING EVENTS
 *
 * Prints one line of JSON: events, seconds (CPU).
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double *due;
static uint64_t *order, armed, hash = 0xcbf29ce484222325ULL;
static int *heap, pending;
static uint32_t s[4] = {0x9e3779b9u, 0x85ebca6bu, 0xc2b2ae35u, 0x27d4eb2fu};

static uint32_t rotl(uint32_t x, int k) { return (x << k) | (x >> (32 - k)); }

static double delay(void)
{
	uint32_t result = rotl(s[1] * 5, 7) * 9, t = s[1] << 9;
	s[2] ^= s[0]; s[3] ^= s[1]; s[1] ^= s[2]; s[0] ^= s[3]; s[2] ^= t; s[3] = rotl(s[3], 11);
	double x = (result + 0.5) / 4294967296.0;
	uint64_t bits;
	memcpy(&bits, &x, 8);
	int exponent = (int)(bits >> 52) - 1022;
	bits = (bits & 0xfffffffffffffULL) | 0x3fe0000000000000ULL;
	memcpy(&x, &bits, 8);
	if (x < 0.70710678118654757) { x *= 2; exponent--; }
	double q = (x - 1) / (x + 1), q2 = q * q, sum = 0;
	for (int n = 19; n > 0; n -= 2) sum = sum * q2 + 1.0 / n;
	return floor(-1e6 * (exponent * 0.6931471805599453 + 2 * q * sum));
}

static int before(int a, int b) { return due[a] < due[b] || (due[a] == due[b] && order[a] < order[b]); }

static void sink(int i, int timer)
{
	for (;;) {
		int first = 4 * i + 1, end = first + 4 < pending ? first + 4 : pending, least = first;
		if (first >= pending) break;
		for (int j = first + 1; j < end; j++) if (before(heap[j], heap[least])) least = j;
		if (!before(heap[least], timer)) break;
		heap[i] = heap[least];
		i = least;
	}
	heap[i] = timer;
}

static void fold(uint32_t word) { hash = (hash ^ word) * 0x100000001b3ULL; }

int main(int argc, char **argv)
{
	pending = argc > 1 ? atoi(argv[1]) : 16;
	uint64_t events = argc > 2 ? strtoull(argv[2], NULL, 10) : 4000000;
	due = calloc((size_t)pending, sizeof *due);
	order = calloc((size_t)pending, sizeof *order);
	heap = calloc((size_t)pending, sizeof *heap);
	for (int i = 0; i < pending; i++) { due[i] = delay(); order[i] = armed++; heap[i] = i; }
	for (int i = pending - 1; i >= 0; i--) sink(i, heap[i]);
	clock_t begun = clock();
	for (uint64_t n = 0; n < events; n++) {
		int timer = heap[0];
		uint64_t whole = (uint64_t)due[timer];
		fold((uint32_t)whole); fold((uint32_t)(whole >> 32)); fold((uint32_t)timer); fold(0);
		due[timer] += delay();
		order[timer] = armed++;
		sink(0, timer);
	}
	double seconds = (double)(clock() - begun) / CLOCKS_PER_SEC;
	printf("{\"events\":%llu,\"seconds\":%.6f,\"hash\":%u}\n", (unsigned long long)events, seconds, (uint32_t)hash);
	return 0;
}
