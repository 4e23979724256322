/*
 * What the language of the machine allows: the preset seed-2019-kick-under-lock by hand, without
 * parameters, schedulers, or anything that could be set. The same steps, ring, locks, random
 * numbers, stages and fingerprint as the model, so that an event is worth about an event: the
 * bench compares the number of events a command, and gives no ratio where they differ.
 *
 *	cc -O2 -o seed seed.c -lm && ./seed EVENTS | ./seed draw DRAWS
 *
 * Prints one line of JSON: events, commands, seconds (CPU), commands per simulated second, hash; or
 * ns a draw of each kind.
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* ---- random numbers: a stream a cost, as RandomStream, Distribution and normal-quantile ---- */

typedef struct { uint32_t s[4]; } Stream;

static uint32_t rotl(uint32_t x, int k) { return (x << k) | (x >> (32 - k)); }

static double uniform(Stream *stream)
{
	uint32_t *s = stream->s, result = rotl(s[1] * 5, 7) * 9, t = s[1] << 9;
	s[2] ^= s[0]; s[3] ^= s[1]; s[1] ^= s[2]; s[0] ^= s[3]; s[2] ^= t; s[3] = rotl(s[3], 11);
	return (result + 0.5) / 4294967296.0;
}

static double software_log(double x)
{
	uint64_t bits;
	memcpy(&bits, &x, 8);
	int exponent = (int)(bits >> 52) - 1022;
	bits = (bits & 0xfffffffffffffULL) | 0x3fe0000000000000ULL;
	memcpy(&x, &bits, 8);
	if (x < 0.70710678118654757) { x *= 2; exponent--; }
	double q = (x - 1) / (x + 1), q2 = q * q, sum = 0;
	for (int n = 19; n > 0; n -= 2) sum = sum * q2 + 1.0 / n;
	return exponent * 0.6931471805599453 + 2 * q * sum;
}

static double software_exp(double x)
{
	static const double inverse[] = {1, 1, 1. / 2, 1. / 6, 1. / 24, 1. / 120, 1. / 720, 1. / 5040,
		1. / 40320, 1. / 362880, 1. / 3628800, 1. / 39916800, 1. / 479001600, 1. / 6227020800};
	double k = floor(x / 0.6931471805599453 + 0.5), r = x - k * 0.6931471805599453, sum = 0, scale;
	for (int n = 13; n >= 0; n--) sum = sum * r + inverse[n];
	uint64_t bits = (uint64_t)((int)k + 1023) << 52;
	memcpy(&scale, &bits, 8);
	return sum * scale;
}

static double fraction(const double *above, const double *below, double r)
{
	double a = 0, b = 0;
	for (int i = 0; i < 8; i++) { a = a * r + above[i]; b = b * r + below[i]; }
	return a / b;
}

/* Wichura's AS 241; far tails, one draw in 10^10, are cut. */
static double normal_quantile(double p)
{
	static const double a[] = {2509.0809287301227, 33430.57558358813, 67265.7709270087, 45921.95393154987,
		13731.69376550946, 1971.5909503065513, 133.14166789178438, 3.3871328727963665};
	static const double b[] = {5226.495278852854, 28729.085735721943, 39307.89580009271, 21213.794301586597,
		5394.196021424751, 687.1870074920579, 42.31333070160091, 1};
	static const double c[] = {0.0007745450142783414, 0.022723844989269184, 0.2417807251774506,
		1.2704582524523684, 3.6478483247632045, 5.769497221460691, 4.630337846156546, 1.4234371107496835};
	static const double d[] = {1.0507500716444169e-9, 0.0005475938084995345, 0.015198666563616457,
		0.14810397642748008, 0.6897673349851, 1.6763848301838038, 2.053191626637759, 1};
	double q = p - 0.5;
	if (fabs(q) <= 0.425) return q * fraction(a, b, 0.180625 - q * q);
	double r = sqrt(-software_log(q < 0 ? p : 1 - p));
	if (r > 5) r = 5;
	double tail = fraction(c, d, r - 1.6);
	return q < 0 ? -tail : tail;
}

typedef struct { double median, sigma; Stream stream; } Cost;

static Cost prepare = {9000, .7}, add = {300, .3}, kick_prepare = {100, .4}, drain = {200, .4}, get_buf = {150, .4},
	response = {800, .4}, irq_entry = {1000, .4}, worker_wake = {4000, .5}, task_wake = {1000, .4},
	context_switch = {1000, .4}, lock_transfer = {100, .4}, recheck = {60, .4}, exit_user = {3000, .3},
	exit_kernel = {700, .2}, entry = {500, .2}, notify = {300, .35}, unwind = {100, .35},
	lock_handoff = {6000, .5}, loop_wake = {9000, .5}, poll = {1000, .35}, pop = {300, .35}, push = {300, .35},
	msi = {1500, .35}, irq_delivery = {1000, .2}, create = {9000, .5}, attach = {7000, .5}, unref = {5000, .5},
	think = {40000, 0};
static Cost *const costs[] = {&prepare, &add, &kick_prepare, &drain, &get_buf, &response, &irq_entry, &worker_wake,
	&task_wake, &context_switch, &lock_transfer, &recheck, &exit_user, &exit_kernel, &entry, &notify, &unwind,
	&lock_handoff, &loop_wake, &poll, &pop, &push, &msi, &irq_delivery, &create, &attach, &unref, &think};
static Cost *const loop_of_types[] = {&create, &attach, &create, &attach, &unref, &unref};

static void seed_costs(void)
{
	for (unsigned i = 0; i < sizeof costs / sizeof *costs; i++)
		for (int k = 0; k < 4; k++) {
			uint32_t z = (i + 1) * 0x9e3779b9u + (uint32_t)k * 0x85ebca6bu;
			z = (z ^ (z >> 16)) * 0x85ebca6bu;
			z = (z ^ (z >> 13)) * 0xc2b2ae35u;
			costs[i]->stream.s[k] = (z ^ (z >> 16)) | 1;
		}
}

/* A duration, whole ns. A cost without a sigma is exponential, its median being its mean. */
static double draw(Cost *cost)
{
	double u = uniform(&cost->stream);
	return floor(0.5 + (cost->sigma == 0 ? -cost->median * software_log(u)
		: cost->median * software_exp(cost->sigma * normal_quantile(u))));
}

/* ---- events: a 4-ary heap of timers, equal times first come first served; FNV-1a over each ---- */

enum { VCPU0, VCPU1, MAIN_LOOP, GAME, WORKER, TIMERS };

static double now, due[TIMERS];
static uint64_t armed, order[TIMERS], events, hash = 0xcbf29ce484222325ULL;
static int heap[TIMERS], place[TIMERS] = {-1, -1, -1, -1, -1}, pending;

static int before(int a, int b) { return due[a] < due[b] || (due[a] == due[b] && order[a] < order[b]); }

static void rise(int i, int timer)
{
	for (int parent; i > 0 && before(timer, heap[parent = (i - 1) >> 2]); i = parent)
		place[heap[i] = heap[parent]] = i;
	place[heap[i] = timer] = i;
}

static void sink(int i, int timer)
{
	for (;;) {
		int first = 4 * i + 1, end = first + 4 < pending ? first + 4 : pending, least = first;
		if (first >= pending) break;
		for (int j = first + 1; j < end; j++) if (before(heap[j], heap[least])) least = j;
		if (!before(heap[least], timer)) break;
		place[heap[i] = heap[least]] = i;
		i = least;
	}
	place[heap[i] = timer] = i;
}

static void cancel(int timer)
{
	int i = place[timer];
	if (i < 0) return;
	place[timer] = -1;
	int last = heap[--pending];
	if (last == timer) return;
	if (i > 0 && before(last, heap[(i - 1) >> 2])) rise(i, last); else sink(i, last);
}

static void arm(int timer, double at)
{
	cancel(timer);
	due[timer] = at;
	order[timer] = armed++;
	rise(pending++, timer);
}

static void fold(uint32_t word) { hash = (hash ^ word) * 0x100000001b3ULL; }

/* ---- what is measured: counters, windows, histograms, the stages of a command ---- */

enum { COUNTERS = 64, BUCKETS = 48 * 128, STAGES = 13, WINDOWS = 8192 };

typedef struct { double count, sum, max, counts[BUCKETS]; } Histogram;

static double counters[COUNTERS], windows[WINDOWS][COUNTERS], window_end = 1e6;
static unsigned window;
static Histogram latency, device_latency, hold, wait_for_lock;
static double stage_sums[BUCKETS][STAGES], stage_totals[STAGES];

static void count(int point)
{
	if (now >= window_end) {
		memcpy(windows[window++ % WINDOWS], counters, sizeof counters);
		window_end += 1e6;
	}
	counters[point]++;
}

static int bucket_of(double value)
{
	uint64_t whole = (uint64_t)value;
	if (whole < 256) return (int)whole;
	int octave = 56 - __builtin_clzll(whole);
	return octave * 128 + (int)(whole >> octave);
}

static int note(Histogram *histogram, double value)
{
	int bucket = bucket_of(value);
	histogram->counts[bucket]++;
	histogram->count++;
	histogram->sum += value;
	if (value > histogram->max) histogram->max = value;
	return bucket;
}

/* Times of a command; each stage ends with one of them. */
enum { STARTED, PREPARED, LOCKED, PUBLISHED, RUNG, UNLOCKED, POPPED, SERVED, PUSHED, RAISED, DRAINED, REAPED, RESPONDED, TIMES };

typedef struct { double at[TIMES]; int type; } Command;

/* ---- the machine ---- */

enum { RING = 64 };
enum mode { IN_GUEST, EXITED, WAITS_FOR_BQL, HALTED, SPINS };

static Command commands[RING];
static uint16_t avail_index, avail_event, used_index, used_event, last_avail, last_used, added;
static uint16_t avail_ring[RING], used_ring[RING], next_free[RING], free_head;
static int owner_of[RING], free_count = RING;
static int free_commands[RING], free_command_count;

static struct { enum mode mode; double since, times[5]; int irq; } vcpus[2];
static struct { int step; double rest; int runs, is_armed; } guest[2]; /* GAME - GAME, WORKER - GAME */
static int host_step[3];
static int lock_owner = -1, lock_waiter = -1, bql_owner = -1, bql_queue[3], bql_waiting;
static double lock_taken, lock_asked;
static int loop_sleeps = 1, loop_is_notified, in_doorbell, current, place_in_loop, outstanding;
static int served, served_head, got[RING], got_count, got_at;
static uint64_t responses;

enum { /* steps of guest and host */
	G_THINK, G_PREPARED, G_LOCKED, G_ADDED, G_KICKED, G_RUNG,
	W_ENTERED, W_WOKEN, W_LOCKED, W_DRAINED, W_GOT, W_RESPONDED, W_RECHECKED,
	V_EXITED, V_HAS_BQL, V_NOTIFIED, V_UNWOUND, V_ENTERED, V_HALT_EXITED, V_DELIVERED,
	M_WOKEN, M_HAS_BQL, M_POPPED, M_SERVED, M_PUSHED, M_RAISED, M_POLLED,
};

static void guest_steps(int thread);
static void host_steps(int thread);

static void set_mode(int vcpu, enum mode mode)
{
	vcpus[vcpu].times[vcpus[vcpu].mode] += now - vcpus[vcpu].since;
	vcpus[vcpu].since = now;
	vcpus[vcpu].mode = mode;
	count(mode);
}

static void host_runs(int thread, Cost *cost, int step)
{
	host_step[thread] = step;
	arm(thread, now + draw(cost));
}

/* Work of a guest thread: goes on only while its vCPU is in the guest. */
static void guest_runs(int thread, double duration, int step)
{
	guest[thread].step = step;
	guest[thread].is_armed = 1;
	guest[thread].rest = duration;
	arm(GAME + thread, now + duration);
}

static void leave_guest(int vcpu, enum mode mode)
{
	if (guest[vcpu].is_armed) {
		guest[vcpu].rest = due[GAME + vcpu] - now;
		cancel(GAME + vcpu);
	}
	set_mode(vcpu, mode);
}

static void halt(int vcpu)
{
	leave_guest(vcpu, EXITED);
	host_runs(vcpu, &exit_kernel, V_HALT_EXITED);
}

static void enter_guest(int vcpu)
{
	set_mode(vcpu, IN_GUEST);
	if (vcpus[vcpu].irq && !guest[vcpu].runs) {
		vcpus[vcpu].irq = 0;
		count(8);
		guest[vcpu].runs = 1;
		guest_runs(vcpu, draw(&irq_entry), W_ENTERED);
	} else if (guest[vcpu].is_armed) {
		arm(GAME + vcpu, now + guest[vcpu].rest);
	} else if (guest[vcpu].runs) {
		guest_steps(vcpu);
	} else {
		halt(vcpu);
	}
}

static void wake_vcpu(int vcpu)
{
	if (vcpus[vcpu].mode == HALTED) {
		set_mode(vcpu, EXITED);
		host_runs(vcpu, &irq_delivery, V_DELIVERED);
	}
}

static void take_bql(int thread, int step)
{
	host_step[thread] = step;
	count(10);
	if (bql_owner < 0) {
		bql_owner = thread;
		host_steps(thread);
	} else {
		bql_queue[bql_waiting++] = thread;
		if (thread < MAIN_LOOP) set_mode(thread, WAITS_FOR_BQL);
	}
}

static void give_bql(void)
{
	count(11);
	bql_owner = -1;
	if (bql_waiting > 0) {
		int thread = bql_owner = bql_queue[0];
		memmove(bql_queue, bql_queue + 1, (size_t)--bql_waiting * sizeof *bql_queue);
		if (thread < MAIN_LOOP) set_mode(thread, EXITED);
		host_runs(thread, &lock_handoff, host_step[thread]);
	}
}

static void take_lock(int thread, int step)
{
	count(12);
	guest[thread].step = step;
	guest[thread].is_armed = 0;
	if (lock_owner < 0) {
		lock_owner = thread;
		lock_taken = now;
		count(13);
		guest_steps(thread);
	} else {
		lock_waiter = thread;
		lock_asked = now;
		set_mode(thread, SPINS);
		counters[14] += in_doorbell;
	}
}

static void give_lock(void)
{
	count(15);
	note(&hold, now - lock_taken);
	lock_owner = lock_waiter;
	lock_waiter = -1;
	if (lock_owner >= 0) {
		note(&wait_for_lock, now - lock_asked);
		lock_taken = now;
		count(13);
		set_mode(lock_owner, IN_GUEST);
		guest_runs(lock_owner, draw(&lock_transfer), guest[lock_owner].step);
	}
}

static int wants_event(uint16_t event, uint16_t new_index, uint16_t old_index)
{
	return (uint16_t)(new_index - event - 1) < (uint16_t)(new_index - old_index);
}

static void begin_command(void)
{
	current = free_commands[--free_command_count];
	Command *command = &commands[current];
	for (int i = 0; i < TIMES; i++) command->at[i] = -1;
	command->at[STARTED] = now;
	command->type = place_in_loop;
	count(16);
	guest_runs(0, draw(&prepare), G_PREPARED);
}

static void finish_command(Command *command)
{
	command->at[RESPONDED] = now;
	int bucket = note(&latency, now - command->at[STARTED]);
	note(&device_latency, now - command->at[PUBLISHED]);
	double from = command->at[STARTED];
	for (int i = 0; i < STAGES - 1; i++) {
		double to = command->at[i + 1] < from ? from : command->at[i + 1];
		stage_sums[bucket][i] += to - from;
		stage_totals[i] += to - from;
		from = to;
	}
	count(17);
	responses++;
}

static void guest_steps(int thread)
{
	Command *command = &commands[current];
	guest[thread].is_armed = 0;
	switch (guest[thread].step) {
	case G_THINK: begin_command(); break;
	case G_PREPARED: command->at[PREPARED] = now; count(18); take_lock(0, G_LOCKED); break;
	case G_LOCKED: command->at[LOCKED] = now; count(19); guest_runs(0, draw(&add), G_ADDED); break;
	case G_ADDED: {
		int head = free_head;
		free_head = next_free[head];
		owner_of[head] = current;
		avail_ring[avail_index++ % RING] = (uint16_t)head;
		added++;
		counters[20] += --free_count;
		command->at[PUBLISHED] = now;
		count(21); count(22);
		guest_runs(0, draw(&kick_prepare), G_KICKED);
		break;
	}
	case G_KICKED: {
		uint16_t old = (uint16_t)(avail_index - added);
		added = 0;
		count(23);
		if (wants_event(avail_event, avail_index, old)) {
			command->at[RUNG] = now;
			in_doorbell = 1;
			guest[0].step = G_RUNG;
			count(24);
			leave_guest(0, EXITED);
			host_runs(0, &exit_user, V_EXITED);
			break;
		}
	}
	/* fall through */
	case G_RUNG:
		in_doorbell = 0;
		command->at[UNLOCKED] = now;
		count(25);
		give_lock();
		outstanding++;
		place_in_loop++;
		if (place_in_loop < 6) { begin_command(); break; }
		place_in_loop = 0;
		guest[0].runs = 0;
		count(26);
		halt(0);
		break;
	case W_ENTERED: count(27); guest_runs(1, draw(&worker_wake), W_WOKEN); break;
	case W_WOKEN: count(28); take_lock(1, W_LOCKED); break;
	case W_LOCKED: got_count = 0; guest_runs(1, draw(&drain), W_DRAINED); break;
	case W_DRAINED: {
		double took = 0;
		count(29);
		while (last_used != used_index) {
			int head = used_ring[last_used++ % RING];
			next_free[head] = free_head;
			free_head = (uint16_t)head;
			free_count++;
			got[got_count++] = owner_of[head];
			commands[owner_of[head]].at[DRAINED] = now;
			count(30);
			took += draw(&get_buf);
		}
		used_event = last_used;
		guest_runs(1, took, W_GOT);
		break;
	}
	case W_GOT:
		got_at = 0;
		give_lock();
		if (got_count == 0) { guest_runs(1, draw(&recheck), W_RECHECKED); break; }
		commands[got[0]].at[REAPED] = now;
		guest_runs(1, draw(&response), W_RESPONDED);
		break;
	case W_RESPONDED:
		finish_command(&commands[got[got_at]]);
		free_commands[free_command_count++] = got[got_at++];
		if (--outstanding == 0 && !guest[0].runs) {
			guest[0].runs = guest[0].is_armed = 1;
			guest[0].step = G_THINK;
			guest[0].rest = draw(&task_wake) + draw(&context_switch) + draw(&think);
			count(31);
			wake_vcpu(0);
		}
		if (got_at < got_count) {
			commands[got[got_at]].at[REAPED] = now;
			guest_runs(1, draw(&response), W_RESPONDED);
			break;
		}
		guest_runs(1, draw(&recheck), W_RECHECKED);
		break;
	case W_RECHECKED:
		count(32);
		if (vcpus[1].irq) {
			vcpus[1].irq = 0;
			guest_runs(1, draw(&irq_entry), W_ENTERED);
			break;
		}
		guest[1].runs = 0;
		halt(1);
		break;
	}
}

static void host_steps(int thread)
{
	Command *command = &commands[served];
	switch (host_step[thread]) {
	case V_EXITED: count(33); take_bql(thread, V_HAS_BQL); break;
	case V_HAS_BQL: host_runs(thread, &notify, V_NOTIFIED); break;
	case V_NOTIFIED:
		count(34);
		loop_is_notified = 1;
		if (loop_sleeps) { loop_sleeps = 0; host_runs(MAIN_LOOP, &loop_wake, M_WOKEN); }
		host_runs(thread, &unwind, V_UNWOUND);
		break;
	case V_UNWOUND: give_bql(); host_runs(thread, &entry, V_ENTERED); break;
	case V_ENTERED: count(35); enter_guest(thread); break;
	case V_HALT_EXITED:
		count(36);
		if (vcpus[thread].irq || guest[thread].runs) host_runs(thread, &entry, V_ENTERED);
		else set_mode(thread, HALTED);
		break;
	case V_DELIVERED: host_runs(thread, &entry, V_ENTERED); break;
	case M_WOKEN: count(37); take_bql(MAIN_LOOP, M_HAS_BQL); break;
	case M_HAS_BQL:
		loop_is_notified = 0;
		/* fall through */
	case M_RAISED:
		count(38);
		if (last_avail == avail_index) {
			give_bql();
			host_runs(MAIN_LOOP, &poll, M_POLLED);
		} else {
			served_head = avail_ring[last_avail++ % RING];
			avail_event = last_avail;
			served = owner_of[served_head];
			host_runs(MAIN_LOOP, &pop, M_POPPED);
		}
		break;
	case M_POPPED:
		command->at[POPPED] = now;
		count(39);
		host_runs(MAIN_LOOP, loop_of_types[command->type], M_SERVED);
		break;
	case M_SERVED: command->at[SERVED] = now; count(40); host_runs(MAIN_LOOP, &push, M_PUSHED); break;
	case M_PUSHED:
		used_ring[used_index++ % RING] = (uint16_t)served_head;
		command->at[PUSHED] = now;
		count(41);
		host_step[MAIN_LOOP] = M_RAISED;
		if (!wants_event(used_event, used_index, (uint16_t)(used_index - 1))) { host_steps(MAIN_LOOP); break; }
		command->at[RAISED] = now;
		count(42);
		vcpus[1].irq = 1;
		wake_vcpu(1);
		host_runs(MAIN_LOOP, &msi, M_RAISED);
		break;
	case M_POLLED:
		count(43);
		if (loop_is_notified) take_bql(MAIN_LOOP, M_HAS_BQL); else loop_sleeps = 1;
		break;
	}
}

static double time_of_draws(Cost *cost, uint64_t draws)
{
	volatile double sum = 0;
	clock_t begun = clock();
	for (uint64_t i = 0; i < draws; i++) sum += draw(cost);
	return (double)(clock() - begun) / CLOCKS_PER_SEC * 1e9 / (double)draws;
}

int main(int argc, char **argv)
{
	if (argc > 2 && strcmp(argv[1], "draw") == 0) {
		uint64_t draws = strtoull(argv[2], NULL, 10);
		seed_costs();
		printf("{\"lognormal\":%.3f,\"exp\":%.3f}\n", time_of_draws(&prepare, draws), time_of_draws(&think, draws));
		return 0;
	}

	uint64_t wanted = argc > 1 ? strtoull(argv[1], NULL, 10) : 10000000;
	seed_costs();
	for (int i = 0; i < RING; i++) {
		next_free[i] = (uint16_t)(i + 1);
		free_commands[free_command_count++] = i;
	}
	vcpus[1].mode = HALTED;
	guest[0].runs = 1;
	guest_runs(0, draw(&think), G_THINK);
	clock_t begun = clock();
	while (events < wanted && pending > 0) {
		int timer = heap[0];
		now = due[timer];
		cancel(timer);
		events++;
		uint64_t whole = (uint64_t)now;
		fold((uint32_t)whole);
		fold((uint32_t)(whole >> 32));
		fold((uint32_t)(timer < GAME ? timer : 0x10000 | timer));
		fold(0);
		if (timer < GAME) host_steps(timer); else guest_steps(timer - GAME);
	}
	double seconds = (double)(clock() - begun) / CLOCKS_PER_SEC;
	if (events < wanted) { fprintf(stderr, "seed: stalled at %.0f ns\n", now); return 1; }
	printf("{\"events\":%llu,\"commands\":%llu,\"seconds\":%.6f,\"perSecond\":%.0f,\"latency\":%.0f,\"notified\":%.3f,"
		"\"raised\":%.3f,\"hash\":\"%016llx\"}\n", (unsigned long long)events, (unsigned long long)responses, seconds,
		(double)responses / now * 1e9, latency.sum / latency.count, counters[24] / (double)responses,
		counters[42] / (double)responses, (unsigned long long)hash);
	return 0;
}
