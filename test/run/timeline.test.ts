import {expect, test} from 'vitest';
import {type Change} from '../../source/parameters/configuration.js';
import {UserError} from '../../source/errors/user-error.js';
import {loadPreset} from '../../source/presets/load-preset.js';
import {configurationOf} from '../../source/presets/preset.js';
import {type RecorderKit, recorderKit} from '../../source/run/recorder-kit.js';
import {Timeline, type TimelineOptions} from '../../source/run/timeline.js';
import {Simulation} from '../../source/simulation/simulation.js';

const ms = 1_000_000;
const window = 500_000;
const policy = {'driver.lockPolicy': 'kick-after-unlock'};

type Setup = {readonly preset?: string; readonly changes?: readonly Change[]; readonly options?: TimelineOptions};

function timelineOf({
	preset = 'seed-2019-kick-under-lock',
	changes = [],
	options = {spacing: 3 * ms},
}: Setup = {}): Timeline<RecorderKit> {
	return new Timeline(
		{configuration: configurationOf(loadPreset(preset)), seed: 7, changes},
		recorderKit(window),
		options,
	);
}

/** All that can be told of a run: events, every window, the figures since the last cut. */
function knownOf({simulation, instruments: {recorder}}: Timeline<RecorderKit>) {
	recorder.advance(simulation.now);
	const {first, end} = recorder.windows;
	return {
		now: simulation.now,
		hash: simulation.eventHash(),
		state: simulation.stateHash(),
		configuration: simulation.configuration.parameters,
		first,
		windows: Array.from({length: end - first}, (_, index) =>
			JSON.stringify(recorder.windows.metrics(first + index, first + index + 1)),
		),
		since: recorder.since,
		metrics: JSON.stringify(recorder.metrics()),
	};
}

/** A change of each kind: at its next use, after a device reset, back again. */
const changes: readonly Change[] = [
	{at: 8 * ms, set: policy},
	{at: 13 * ms, set: {'queue.size': 128}},
	{at: 13 * ms, set: {'host.ioeventfd': true}},
	{at: 22.5 * ms, set: {'driver.lockPolicy': 'kick-batched'}},
];

test.each([
	['seed-2019-kick-under-lock', changes],
	['seed-2019-kick-under-lock', []],
	['ring-too-small', changes],
	['fence-poll-120hz', [{at: 9 * ms, set: {'device.fencePoll': ms}}]],
	['testbed', []],
] as Array<[string, readonly Change[]]>)('%s: back and on again is the same run, %#', (preset, list) => {
	const straight = timelineOf({preset, changes: list});
	straight.advance(30 * ms);
	const known = knownOf(straight);

	const plain = new Simulation(configurationOf(loadPreset(preset)), 7);
	for (const {at, set} of list) {
		plain.runUntil(at);
		plain.apply(set);
	}

	plain.runUntil(30 * ms);
	expect(known.hash).toBe(plain.eventHash());

	const back = timelineOf({preset, changes: list});
	back.advance(30 * ms);
	const times = [14.2, 13, 0, 21, 8, 29.9];
	// A run that never went back stops at each of them.
	const there = timelineOf({preset, changes: list});
	const knownAt = new Map(
		times
			.toSorted((a, b) => a - b)
			.map(time => {
				there.advance(time * ms);
				return [time, knownOf(there)];
			}),
	);
	for (const time of times) {
		expect(back.seek(time * ms)).toBe(true);
		expect(knownOf(back)).toEqual(knownAt.get(time));
	}

	// In small pieces, as between two frames.
	back.seek(5 * ms);
	while (!back.seek(30 * ms, 700)) {
		// Not there yet.
	}

	expect(knownOf(back)).toEqual(known);
});

test('what was done by hand is done again, also in the midst of events of one time', () => {
	const timeline = timelineOf();
	timeline.advance(6 * ms);
	for (let event = 0; event < 41; event++) {
		timeline.step();
	}

	timeline.apply(policy);
	timeline.cut();
	timeline.advance(11 * ms);
	timeline.apply({'queue.size': 256});
	timeline.step();
	timeline.cut();
	timeline.advance(20 * ms);
	const known = knownOf(timeline);
	expect(known.since).toBeGreaterThan(11 * ms);
	timeline.seek(2 * ms);
	expect(timeline.changes).toEqual([]);
	expect(timeline.future).toHaveLength(2);
	timeline.seek(20 * ms);
	expect(knownOf(timeline)).toEqual(known);
	// Event by event through the changes as well.
	timeline.seek(10.999 * ms);
	while (timeline.now < 11.2 * ms) {
		timeline.step();
	}

	timeline.advance(20 * ms);
	expect(knownOf(timeline)).toEqual(known);
});

test('a cut is made again when the run comes there, and not before', () => {
	const timeline = timelineOf();
	timeline.advance(4 * ms);
	timeline.cut();
	timeline.advance(5 * ms);
	const {recorder} = timeline.instruments;
	timeline.seek(2 * ms);
	expect(recorder.since).toBe(0);
	timeline.seek(5 * ms);
	expect(recorder.since).toBe(4 * ms);
});

test('a change in the past undoes what came after it', () => {
	const timeline = timelineOf({
		changes: [
			{at: 8 * ms, set: policy},
			{at: 12 * ms, set: {'queue.size': 128}},
		],
	});
	timeline.advance(20 * ms);
	timeline.seek(8 * ms);
	expect(timeline.configuration.parameters['driver.lockPolicy']).toBe('kick-under-lock');
	timeline.advance(10 * ms);
	timeline.apply({'host.ioeventfd': true});
	expect(timeline.future).toEqual([]);
	timeline.advance(20 * ms);
	const other = timelineOf({
		changes: [
			{at: 8 * ms, set: policy},
			{at: 10 * ms, set: {'host.ioeventfd': true}},
		],
	});
	other.advance(20 * ms);
	expect(knownOf(timeline)).toEqual(knownOf(other));
	timeline.seek(15 * ms);
	timeline.seek(20 * ms);
	expect(knownOf(timeline)).toEqual(knownOf(other));
});

test('a refused change changes nothing', () => {
	const timeline = timelineOf({changes: [{at: 8 * ms, set: policy}]});
	timeline.advance(10 * ms);
	timeline.seek(5 * ms);
	expect(() => timeline.apply({'guest.vcpus': 4})).toThrow(UserError);
	expect(timeline.future).toHaveLength(1);
});

test('a fork and its parent leave each other alone', () => {
	const straight = timelineOf();
	straight.advance(30 * ms);
	const parent = timelineOf();
	parent.advance(12.3 * ms);
	const fork = parent.fork();
	expect(knownOf(fork)).toEqual(knownOf(parent));
	fork.apply(policy);
	fork.advance(20 * ms);
	parent.advance(25 * ms);
	fork.advance(30 * ms);
	parent.advance(30 * ms);
	expect(knownOf(parent)).toEqual(knownOf(straight));
	const changed = timelineOf({changes: [{at: 12.3 * ms, set: policy}]});
	changed.advance(30 * ms);
	expect(knownOf(fork)).toEqual(knownOf(changed));
	// They share a past, which each can go back to.
	fork.seek(4 * ms);
	parent.seek(6 * ms);
	fork.seek(30 * ms);
	parent.seek(30 * ms);
	expect(knownOf(fork)).toEqual(knownOf(changed));
	expect(knownOf(parent)).toEqual(knownOf(straight));
});

test('a fork may stand in the past', () => {
	const timeline = timelineOf({changes});
	timeline.advance(30 * ms);
	const known = knownOf(timeline);
	const past = timeline.at(14 * ms);
	expect(past.now).toBe(12 * ms);
	past.advance(14 * ms);
	const there = timelineOf({changes});
	there.advance(14 * ms);
	expect(knownOf(past)).toEqual(knownOf(there));
	past.advance(30 * ms);
	expect(knownOf(past)).toEqual(known);
	expect(knownOf(timeline)).toEqual(known);
});

test('moments are few, and the fewer the older', () => {
	const timeline = timelineOf({options: {spacing: ms / 10, most: 12}});
	timeline.advance(16 * ms);
	expect(timeline.kept).toBe(12);
	const distances = [15.85, 12, 0.8].map(time => time - timeline.at(time * ms).now / ms);
	expect(distances[0]).toBeLessThan(0.2);
	expect(distances[1]).toBeLessThan(5);
	timeline.seek(1.5 * ms);
	const there = timelineOf();
	there.advance(1.5 * ms);
	expect(knownOf(timeline)).toEqual(knownOf(there));
});

test('windows take bounded memory, and those of before a seek are there', () => {
	const kept = 200;
	const timeline = new Timeline(
		{configuration: configurationOf(loadPreset('ring-too-small')), seed: 1},
		recorderKit(10_000, kept),
		{spacing: ms},
	);
	timeline.advance(ms);
	const {windows} = timeline.instruments.recorder;
	const few = windows.bytes;
	timeline.advance(20 * ms);
	timeline.instruments.recorder.advance(20 * ms);
	expect([windows.first, windows.end]).toEqual([2000 - kept + 1, 2000]);
	expect(windows.bytes).toBeLessThan(3 * few);
	timeline.seek(19.5 * ms);
	timeline.instruments.recorder.advance(19.5 * ms);
	expect([windows.first, windows.end]).toEqual([2000 - kept + 1, 1950]);
	// Older ones than are kept are gone, but for those that are simulated again.
	timeline.seek(10 * ms);
	timeline.instruments.recorder.advance(10 * ms);
	expect(windows.end).toBe(1000);
	expect(windows.first).toBeLessThanOrEqual(901);
	expect(windows.value('throughput.completed', 950, 1000)).toBeGreaterThan(0);
});

/** The hash of a run that knows of its changes only when they are. */
function repeated(timeline: Timeline<RecorderKit>, preset: string, end: number): string {
	const again = timelineOf({preset, changes: timeline.changes});
	again.advance(end);
	return again.eventHash();
}

const stopped = ['seed-2019-kick-under-lock', 'testbed', 'ring-too-small', 'pmem-flush'];

test.each(stopped)(
	'%s: a change that is made wherever a slice or a step has stopped is repeated by its time alone',
	preset => {
		const key = preset === 'pmem-flush' ? 'host.load' : 'driver.lockPolicy';
		const values = key === 'host.load' ? [1, 0] : ['kick-batched', 'kick-after-unlock'];
		const wrong: number[] = [];
		// Every length of slice from 1 to 40 in one of them.
		for (let budget = 1 + stopped.indexOf(preset); budget <= 40; budget += stopped.length) {
			const timeline = timelineOf({preset});
			for (let turn = 0; turn < 12; turn++) {
				timeline.advance(20 * ms, 37 + budget * 3 + turn);
				if (turn % 3 === 1) {
					timeline.step();
				}

				timeline.apply({[key]: values[turn % 2]});
			}

			// The hash is of all events: one that differs is in it at once.
			const end = timeline.now + 2 * ms;
			timeline.advance(end);
			if (repeated(timeline, preset, end) !== timeline.eventHash()) {
				wrong.push(budget);
			}
		}

		expect(wrong).toEqual([]);
	},
);
