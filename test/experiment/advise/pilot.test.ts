import {expect, test} from 'vitest';
import {blockLengthFor, lengthFor, pilotRun} from '../../../source/experiment/advise/pilot.js';
import {loadPreset} from '../../../source/presets/load-preset.js';
import {configurationOf} from '../../../source/presets/preset.js';

test('a block holds whole frames of paced clients, whatever its events', () => {
	const configuration = configurationOf(loadPreset('fence-poll-120hz'));
	const rates = configuration.clients.flatMap(({hz}) => (hz === undefined ? [] : [hz]));
	expect(rates).not.toEqual([]);
	for (let events = 1000; events < 20_000; events += 777) {
		const {duration} = lengthFor(configuration, {events: 10_000, commands: 120, whole: false}, events);
		expect(rates.map(hz => (duration * hz) % 1e9)).toEqual(rates.map(() => 0));
	}

	const durations = [500, 2000, 8000, 13_000].map(
		events => lengthFor(configuration, {events: 10_000, commands: 120, whole: false}, events).duration / 1e6,
	);
	expect(durations).toEqual([100, 100, 1000, 2000]);
});

test('frames of many events are few, and those of a fault that comes again are as frames', () => {
	const full = lengthFor(
		configurationOf(loadPreset('event-idx-birth')),
		{events: 500_000, commands: 51_200, whole: false},
		4000,
	);
	expect(full.duration).toBe(40_000_000);
	expect(full.enough).toBeUndefined();
	const stalls = configurationOf(loadPreset('preemption-slack'));
	const {whole, events, commands} = pilotRun(stalls, 1);
	expect(whole).toBe(false);
	const {duration} = lengthFor(stalls, {events, commands, whole}, 4000);
	expect(duration % 40_000_000).toBe(0);
	expect(duration).toBeLessThan(200_000_000);
});

test('a fault that comes once comes as soon as the machine is warm, and the run ends when it is seen', () => {
	const lost = configurationOf(loadPreset('lost-kick'));
	const pilot = {events: 100_000, commands: 5000, whole: true, stall: pilotRun(lost, 1).stall};
	expect(blockLengthFor(lost, pilot, 4000)).toEqual({
		warmup: 60_000_000,
		settle: 0,
		skip: 180_000_000,
		duration: 60_000_000 + 308_000_000,
	});
	const first = {...lost, faults: lost.faults.map(fault => ({...fault, at: 1_000_000}))};
	expect(blockLengthFor(first, pilot, 4000)).toEqual(lengthFor(first, pilot, 4000));
	const full = configurationOf(loadPreset('ring-full'));
	const {warmup, duration, skip = 0} = blockLengthFor(full, {...pilot, stall: null}, 4000);
	const [{at}] = full.faults;
	expect(at - skip).toBeGreaterThan(warmup);
	expect(warmup + duration).toBe(at - skip + 300_000_000 + 150_000_000 + warmup);
});

test('without a paced client a block is as long as its events take, to the next millisecond', () => {
	const configuration = configurationOf(loadPreset('seed-2019-kick-under-lock'));
	const {settle, duration} = lengthFor(configuration, {events: 600_000, commands: 31_000, whole: false}, 12_345);
	expect(settle).toBe(4_000_000);
	expect(duration).toBe(17_000_000);
});

test('times of a dense machine give way down to half, and frames down to two', () => {
	const configuration = configurationOf(loadPreset('seed-2019-kick-under-lock'));
	const lengths = [600_000, 1_200_000, 40_000_000].map(events => {
		const {settle, duration} = lengthFor(configuration, {events, commands: events / 18, whole: false}, 1000);
		return [settle / 1e6, duration / 1e6];
	});
	expect(lengths).toEqual([
		[4, 10],
		[3, 7],
		[2, 5],
	]);
	const paced = configurationOf(loadPreset('event-idx-birth'));
	const {duration} = lengthFor(paced, {events: 40_000_000, commands: 1_000_000, whole: false}, 1000);
	const [rate] = paced.clients.flatMap(({hz}) => (hz === undefined ? [] : [hz]));
	expect((duration * rate) / 1e9).toBe(2);
});
