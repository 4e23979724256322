import {readFileSync} from 'node:fs';
import {gunzipSync} from 'node:zlib';
import {expect, test} from 'vitest';
import {type SchedulerSettings} from '../../source/cpu/scheduler-settings.js';
import {SchedulerReplay} from './scheduler-replay.js';

/*
Half a second of QEMU 7.2 on one CPU of a 2-CPU machine with Linux 6.18 (sched_switch,
sched_waking): two flushers of a virtio-pmem whose fsync takes 130 us, on two vCPUs under TCG. Times
in us, whole.
*/
const lines = gunzipSync(readFileSync(new URL('../fixtures/traces/wakeups-one-cpu.txt.gz', import.meta.url)))
	.toString()
	.trimEnd()
	.split('\n');

/** The share of wake-ups by a running thread after which the kernel did what the rules say. */
function share(rules: Partial<SchedulerSettings>): number {
	const replay = new SchedulerReplay({timeslice: 1_400_000, ...rules}, 6);
	for (const line of lines) {
		replay.line(line);
	}

	expect(replay.right + replay.wrong).toBe(3086);
	return replay.right / (replay.right + replay.wrong);
}

test('nine wake-ups of ten of a real kernel go as EEVDF with RUN_TO_PARITY says', () => {
	expect(share({runToParity: true})).toBeGreaterThan(0.9);
});

test('no other rule says as much of them: that host runs to parity, and has no next buddy', () => {
	expect(share({runToParity: false})).toBeLessThan(0.82);
	expect(share({runToParity: true, nextBuddy: true})).toBeLessThan(0.6);
	expect(share({runToParity: true, timeslice: 700_000})).toBeLessThan(0.87);
});
