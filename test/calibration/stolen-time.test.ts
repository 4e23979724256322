import {expect, test} from 'vitest';
import {StolenTime} from '../../source/calibration/stolen-time.js';

const irq = (cpu: number, entry: number, exit: number | null) => ({
	queue: 0,
	cpu,
	isIdle: false,
	entry,
	queued: null,
	exit,
});

const run = (cpu: number, start: number, end: number | null) => ({
	queue: 0,
	cpu,
	start,
	queued: null,
	isIdle: false,
	end,
	responses: [],
	lockWait: 0,
});

const stolen = new StolenTime({
	irqs: [irq(0, 100, 130), irq(0, 210, 220), irq(1, 100, 200), irq(0, 500, null), irq(-1, 100, 200)],
	// The second interrupt came within the run.
	runs: [run(0, 200, 250), run(0, 600, null)],
});

test.each([
	['all of both', 0, {start: 0, end: 1000}, [], 80],
	['what overlaps counts once', 0, {start: 205, end: 240}, [], 35],
	['the ends are cut', 0, {start: 110, end: 205}, [], 25],
	['not what was left out already', 0, {start: 0, end: 1000}, [{start: 90, end: 120}], 60],
	['nothing behind them', 0, {start: 250, end: 1000}, [], 0],
	['another CPU', 1, {start: 0, end: 1000}, [], 100],
	['a CPU without any', 2, {start: 0, end: 1000}, [], 0],
	['no CPU', -1, {start: 0, end: 1000}, [], 0],
])('%s', (_, cpu, stretch, without, time) => {
	expect(stolen.within(cpu, stretch, without)).toBe(time);
});
