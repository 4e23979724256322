/*
 * A split virtqueue by hand, driver and device, after the kernel's virtio_ring.c and the layout of
 * the specification: what an operation costs where memory is written as the ring has it.
 *
 *	cc -O2 -o ring ring.c && ./ring
 *
 * Prints one line of JSON: ns an operation, medians of the rounds.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { SIZE = 4096, BATCH = 1024, ROUNDS = 600, WARM_UP = 100, NEXT = 1 };

struct descriptor { uint64_t address; uint32_t length; uint16_t flags, next; };

static struct descriptor table[SIZE], indirect[SIZE][4];
static struct { uint16_t flags, index, ring[SIZE], used_event; } avail;
static struct { uint16_t flags, index; struct { uint32_t id, length; } ring[SIZE]; uint16_t avail_event; } used;
static struct { long token; uint16_t count; } state[SIZE];
static uint16_t shadow, added, free_head, free_count, last_used, last_avail, signalled;

static int need_event(uint16_t event, uint16_t new_index, uint16_t old_index)
{
	return (uint16_t)(new_index - event - 1) < (uint16_t)(new_index - old_index);
}

static int add(int segments, int is_indirect, long token)
{
	uint16_t head = free_head, i = head;
	int needed = is_indirect ? 1 : segments;
	if (free_count < needed) return -1;
	if (is_indirect) {
		for (int k = 0; k < segments; k++)
			indirect[head][k] = (struct descriptor){0x1000u + (uint64_t)k, 64, k + 1 < segments ? NEXT : 0, (uint16_t)(k + 1)};
		table[head].address = (uint64_t)(uintptr_t)indirect[head];
		table[head].length = (uint32_t)segments * 16;
		table[head].flags = 4;
		i = table[head].next;
	} else {
		for (int k = 0; k < segments; k++) {
			table[i].address = 0x1000u + (uint64_t)k;
			table[i].length = 64;
			table[i].flags = k + 1 < segments ? NEXT : 0;
			i = table[i].next;
		}
	}
	free_head = i;
	free_count -= needed;
	state[head].token = token;
	state[head].count = (uint16_t)needed;
	avail.ring[shadow % SIZE] = head;
	__atomic_store_n(&avail.index, ++shadow, __ATOMIC_RELEASE);
	added++;
	return 0;
}

static int kick_prepare(void)
{
	__atomic_thread_fence(__ATOMIC_SEQ_CST);
	uint16_t old = (uint16_t)(shadow - added);
	added = 0;
	return need_event(used.avail_event, shadow, old);
}

static long get_buf(void)
{
	if (last_used == __atomic_load_n(&used.index, __ATOMIC_ACQUIRE)) return -1;
	uint16_t head = (uint16_t)used.ring[last_used % SIZE].id, i = head;
	for (int k = 1; k < state[head].count; k++) i = table[i].next;
	table[i].next = free_head;
	free_head = head;
	free_count += state[head].count;
	last_used++;
	avail.used_event = last_used;
	return state[head].token;
}

static int pop(void)
{
	if (last_avail == __atomic_load_n(&avail.index, __ATOMIC_ACQUIRE)) return -1;
	int head = avail.ring[last_avail++ % SIZE];
	used.avail_event = last_avail;
	return head;
}

static int push(int head)
{
	uint16_t index = used.index;
	used.ring[index % SIZE].id = (uint32_t)head;
	__atomic_store_n(&used.index, ++index, __ATOMIC_RELEASE);
	__atomic_thread_fence(__ATOMIC_SEQ_CST);
	uint16_t old = signalled;
	signalled = index;
	return need_event(avail.used_event, index, old);
}

static int callbacks(void)
{
	avail.used_event = (uint16_t)(last_used + 0x8000);
	avail.used_event = last_used;
	__atomic_thread_fence(__ATOMIC_SEQ_CST);
	return last_used == used.index;
}

static double clock_ns(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

static double times[6][ROUNDS];
static int heads[BATCH];
static volatile long total;

static void measure(int segments, int is_indirect)
{
	for (int i = 0; i < SIZE; i++) table[i].next = (uint16_t)(i + 1);
	shadow = added = free_head = last_used = last_avail = signalled = avail.index = used.index = 0;
	free_count = SIZE;
	for (int round = -WARM_UP; round < ROUNDS; round++) {
		long sum = 0;
		double at[7];
		at[0] = clock_ns();
		for (int k = 0; k < BATCH; k++) sum += add(segments, is_indirect, k);
		at[1] = clock_ns();
		for (int k = 0; k < BATCH; k++) sum += kick_prepare();
		at[2] = clock_ns();
		for (int k = 0; k < BATCH; k++) heads[k] = pop();
		at[3] = clock_ns();
		for (int k = 0; k < BATCH; k++) sum += push(heads[k]);
		at[4] = clock_ns();
		for (int k = 0; k < BATCH; k++) sum += get_buf();
		at[5] = clock_ns();
		for (int k = 0; k < BATCH; k++) sum += callbacks();
		at[6] = clock_ns();
		total += sum;
		if (round >= 0) for (int i = 0; i < 6; i++) times[i][round] = (at[i + 1] - at[i]) / BATCH;
	}
	for (int i = 0; i < 6; i++) qsort(times[i], ROUNDS, sizeof **times, compare);
}

int main(void)
{
	enum { MIDDLE = ROUNDS / 2 };
	measure(3, 0);
	double chain = times[0][MIDDLE];
	measure(3, 1);
	double table_of_three = times[0][MIDDLE];
	measure(1, 0);
	printf("{\"add, 1 segment\":%.2f,\"add, 3 segments\":%.2f,\"add, 3 indirect\":%.2f,\"kick_prepare\":%.2f,\"pop\":%.2f,"
		"\"push + publish + should_notify\":%.2f,\"get_buf\":%.2f,\"disable + enable_cb\":%.2f}\n",
		times[0][MIDDLE], chain, table_of_three, times[1][MIDDLE], times[2][MIDDLE], times[3][MIDDLE],
		times[4][MIDDLE], times[5][MIDDLE]);
	return 0;
}
