import {expect, test} from 'vitest';
import {runSimulation} from '../../source/run/run.js';
import {loadPreset} from '../../source/presets/load-preset.js';
import {configurationOf} from '../../source/presets/preset.js';
import {type GuestRecording, type RecordedCommand} from '../../source/trace/recording/guest-recording.js';
import {recordingFigures, recordingValue} from '../../source/meter/figures.js';
import {RecordingMeter} from '../../source/meter/recording-meter.js';
import {SimulationFeed} from '../../source/meter/simulation-feed.js';
import {readFixture, recordings} from './recorded.js';

/** The control queue's commands. */
function controls({commands}: GuestRecording): readonly RecordedCommand[] {
	return commands.filter(({queue}) => queue === 0);
}

/** Time-weighted mean number of commands in flight in [from, to), command by command. */
function inFlight(commands: readonly RecordedCommand[], from: number, to: number): number {
	let sum = 0;
	for (const {published, responded} of commands) {
		sum += Math.max(0, Math.min(responded ?? to, to) - Math.max(published, from));
	}

	return sum / (to - from);
}

/** Nearest rank. */
function rank(sorted: readonly number[], share: number): number {
	return sorted[Math.max(1, Math.ceil(share * sorted.length)) - 1];
}

test.each(recordings)('%s: the figures of the whole are those counted command by command', name => {
	const {meter, guest} = readFixture(name);
	const commands = controls(guest);
	const own = new Set(guest.commands.map(({thread}) => thread));
	const span = meter.now - meter.start;
	const perSecond = (count: number) => (count * 1e9) / span;
	const figures = recordingFigures(meter, meter.start, meter.now + 1);
	const {at} = figures;
	expect(span).toBeGreaterThan(20_000_000);
	expect(at('throughput.submitted')).toBeCloseTo(perSecond(commands.length), 6);
	expect(at('throughput.completed')).toBeCloseTo(
		perSecond(commands.filter(({responded}) => responded !== null).length),
		6,
	);
	expect(at('irqs.perSecond')).toBeCloseTo(perSecond(guest.irqs.filter(({queue}) => queue === 0).length), 6);
	expect(at('kicks.perSecond')).toBeCloseTo(
		perSecond(guest.kicks.filter(({queue, thread}) => queue === 0 && own.has(thread)).length),
		6,
	);
	expect(at('ring.inFlight.mean')).toBeCloseTo(inFlight(commands, meter.start, meter.now), 9);

	const latencies = commands
		.flatMap(({published, responded}) => (responded === null ? [] : [responded - published]))
		.toSorted((a, b) => a - b);
	const {latency} = figures;
	expect(latency.count).toBe(latencies.length);
	expect(latency.mean).toBeCloseTo(latencies.reduce((sum, value) => sum + value, 0) / latencies.length / 1000, 6);
	expect(latency.max).toBe((latencies.at(-1) ?? 0) / 1000);
	for (const [share, value] of [
		[0.5, latency.p50],
		[0.9, latency.p90],
		[0.99, latency.p99],
	] as const) {
		const exact = rank(latencies, share) / 1000;
		expect(value).toBeGreaterThanOrEqual(exact);
		expect(value).toBeLessThanOrEqual(exact * 1.01);
	}

	const parts = figures.stages.reduce((sum, {mean}) => sum + mean, 0);
	expect(parts).toBeCloseTo(latency.mean ?? -1, 6);
	expect(figures.groups.reduce((sum, {count}) => sum + count, 0)).toBe(latency.count);
	const waited = guest.waits.reduce((sum, {start, end}) => sum + (end - start), 0);
	expect(at('lock.spin.total') ?? 0).toBeCloseTo((waited / span) * 1000, 6);
});

test.each(recordings)('%s: a stretch has what lies in it, and stretches add up', name => {
	const {meter, guest} = readFixture(name);
	const commands = controls(guest);
	const column = 10_000_000;
	let counted = 0;
	for (let from = Math.floor(meter.start / column) * column; from <= meter.now; from += column) {
		const to = from + column;
		const figures = recordingFigures(meter, from, to);
		const begin = Math.max(from, meter.start);
		const end = Math.min(to, meter.now);
		const inside = commands.filter(({responded}) => responded !== null && responded >= from && responded < to);
		counted += inside.length;
		expect(figures.latency.count).toBe(inside.length);
		expect(figures.at('throughput.completed')).toBeCloseTo((inside.length * 1e9) / (end - begin), 6);
		expect(figures.at('ring.inFlight.mean')).toBeCloseTo(inFlight(commands, begin, end), 6);
		if (end - begin === column) {
			expect(recordingValue(meter, 'throughput.completed', from, to)).toBeCloseTo(inside.length * 100, 9);
			const sum = inside.reduce((total, {published, responded}) => total + (responded ?? 0) - published, 0);
			expect(recordingValue(meter, 'latency.traced.mean', from, to) ?? -1).toBeCloseTo(
				inside.length === 0 ? -1 : sum / inside.length / 1000,
				6,
			);
			const frees = commands
				.filter(({published}) => published >= from && published < to)
				.flatMap(({numFree}) => (numFree === null ? [] : [numFree]));
			expect(figures.at('ring.numFree.min') ?? 99).toBeLessThanOrEqual(Math.min(99, ...frees));
		}
	}

	expect(counted).toBe(commands.filter(({responded}) => responded !== null).length);
});

test('the least num_free of any stretch was recorded in it, or just before it', () => {
	const {meter, guest} = readFixture('base_flood1_p1');
	const figures = recordingFigures(meter, meter.start, meter.now + 1);
	expect(figures.at('ring.numFree.min')).toBe(Math.min(...controls(guest).map(({numFree}) => numFree ?? 99)));
	expect(figures.sizes[0]).toBe(64);
});

test.each(['seed-2019-kick-under-lock', 'compositor-60hz', 'ring-too-small', 'cursor-behind-video'])(
	'%s: a simulation measured as a recording has the figures of its own report',
	name => {
		const meter = new RecordingMeter();
		const warmup = 20_000_000;
		const duration = 200_000_000;
		const {metrics, simulation} = runSimulation({
			configuration: configurationOf(loadPreset(name)),
			seed: 1,
			warmup,
			duration,
			changes: [],
			prepare(simulation) {
				simulation.observe(new SimulationFeed(simulation, meter, warmup));
			},
		});
		meter.pass(simulation.now);
		const span = meter.now - meter.start;
		const perSecond = 1e9 / span;
		const {at} = recordingFigures(meter, meter.start, meter.now + 1);
		// The first event is a little later than the end of the warm-up.
		expect(
			Math.abs((at('throughput.completed') ?? 0) / perSecond - (metrics.throughput.completed * duration) / 1e9),
		).toBeLessThanOrEqual(70);
		expect((at('throughput.submitted') ?? 0) / perSecond).toBeCloseTo(
			(metrics.throughput.submitted * duration) / 1e9,
			6,
		);
		expect((at('kicks.perSecond') ?? 0) / perSecond).toBeCloseTo((metrics.kicks.perSecond * duration) / 1e9, 6);
		expect((at('irqs.perSecond') ?? 0) / perSecond).toBeCloseTo((metrics.irqs.perSecond * duration) / 1e9, 6);
		const spin = at('lock.spin.total') ?? 0;
		const spun = (metrics.lock.spin.total ?? 0) + (metrics.lock.halted ?? 0);
		expect(spin).toBeGreaterThanOrEqual(spun * 0.97);
		expect(spin).toBeLessThanOrEqual(spun * 1.03 + 0.1);
	},
);
