import {type DistributionSpec} from '../engine/distribution.js';
import {type ClientSpec, type LoopStep} from '../parameters/configuration.js';
import {type CommandName} from '../devices/gpu/commands.js';
import {type GuestRecording} from '../trace/recording/guest-recording.js';
import {Samples} from '../trace/recording/samples.js';
import {type ClientSteps, notifyPlaces, placeOf} from './client-steps.js';
import {commandOfCode} from './recorded-client.js';
import {regular} from './wait-place.js';

/** Longest time that a client's prepare and think take, ns. */
export const longestClientTime = 60_000_000_000;

/** A client's loop as measured, with the driver's time at each of its places (`driverTimes`). */
export type MeasuredClient = {readonly steps: ClientSteps; readonly driverTimes: readonly number[]};

/** Clients whose loops and habits are alike are one with several threads. */
export type ClientEstimate = {readonly spec: ClientSpec; readonly threads: readonly string[]; readonly words: string};

/** The clients of a calibrated preset. */
export function clientEstimates(
	all: readonly MeasuredClient[],
	recording: GuestRecording,
	vcpus: number,
): readonly ClientEstimate[] {
	const groups = new Map<string, MeasuredClient[]>();
	for (const measured of all) {
		const {steps} = measured;
		const [comm] = steps.client.thread.split('/', 1);
		const key = `${comm} ${steps.client.queue} ${rotatedTypes(steps).join(' ')}`;
		const group = groups.get(key);
		if (group === undefined) {
			groups.set(key, [measured]);
		} else {
			group.push(measured);
		}
	}

	const names = new Set<string>();
	return [...groups.values()].map(group => {
		const [comm] = group[0].steps.client.thread.split('/', 1);
		const name = freeName(comm, names);
		return {
			spec: clientSpec(name, group, recording, vcpus),
			threads: group.map(({steps}) => steps.client.thread),
			words: wordsOf(group),
		};
	});
}

function clientSpec(
	name: string,
	group: readonly MeasuredClient[],
	recording: GuestRecording,
	vcpus: number,
): ClientSpec {
	const [{steps: first}] = group;
	const {length} = first.loop.types;
	const start = startPlace(first);
	const wait = waitOf(group, recording);
	const isWait = (place: number): boolean => wait !== 'none' && place === 0;
	const placeIn = (steps: ClientSteps, place: number): number => (place + startPlace(steps)) % length;
	const total = (what: 'visits' | 'kicks', place: number): number => {
		let count = 0;
		for (const {steps} of group) {
			count += steps[what][placeIn(steps, place)];
		}

		return count;
	};

	const merged = (of: (steps: ClientSteps) => Samples, less: (measured: MeasuredClient) => number): Samples => {
		const samples = new Samples();
		for (const measured of group) {
			samples.addAll(of(measured.steps).minus(less(measured)));
		}

		return samples;
	};

	const nothing = (): number => 0;
	const periods = merged(steps => steps.periods, nothing);
	const pausesAt = Array.from({length}, (_, place) => merged(steps => steps.pauses[placeIn(steps, place)], nothing));
	const pauseRegularly = (place: number): boolean => pausesAt[place].count >= regular * total('visits', place);
	const isPaced =
		pauseRegularly(0) &&
		periods.count >= 8 &&
		periods.quantile(0.9) - periods.quantile(0.1) < 0.25 * periods.median;
	const places = Array.from({length}, (_, place) => place);
	const notifies = notifyPlaces({
		kicks: places.map(place => total('kicks', place)),
		visits: places.map(place => total('visits', place)),
	});
	const steps = Array.from({length}, (_, place): LoopStep => {
		const work = merged(
			client => client.work[placeIn(client, place)],
			measured => measured.driverTimes[placeIn(measured.steps, place)],
		);
		if (!pauseRegularly(place) && !isWait(place)) {
			// Now and then the machine stood still: it counts as the client's time.
			work.addAll(pausesAt[place]);
		}

		const after = (place + 1) % length;
		const fenced = group.some(({steps: {client, loop}}) =>
			client.commands.some(
				(command, index) => command.fenced && placeOf(index, loop) === (place + start) % length,
			),
		);
		return {
			commands: [nameOf(first.loop.types[(place + start) % length])],
			notify: notifies[place] ? 'end' : 'none',
			fenced,
			objects: fenced ? 1 : 0,
			...(work.count > 0 ? {prepare: positive(work.spec(longestClientTime))} : {}),
			// A pause at the beginning of a round is the client's; a paced
			// one has its vblanks instead.
			...(after !== 0 && pauseRegularly(after) ? {think: pausesAt[after].spec(longestClientTime)} : {}),
		};
	});
	const pinned = vcpus > 1 ? pinnedTo(group) : null;
	return {
		name,
		threads: group.length,
		vcpu: pinned ?? 'any',
		kind: isPaced ? 'paced' : 'closed',
		...(isPaced ? {hz: Math.round(1e12 / periods.mean) / 1000} : {}),
		...(!isPaced && pauseRegularly(0) ? {think: pausesAt[0].spec(longestClientTime)} : {}),
		queue: first.client.queue === 0 ? 'control' : 'cursor',
		loop: steps,
		wait,
	};
}

/**
The loop begins where the client has waited for its answers, or else after its longest pause;
otherwise where the recording's first does.
*/
function startPlace({pauses, visits, waitPlace}: ClientSteps): number {
	let best = Math.max(0, waitPlace);
	if (waitPlace === -1) {
		for (const [place, samples] of pauses.entries()) {
			if (samples.count >= regular * visits[place] && samples.median > pauses[best].median) {
				best = place;
			}
		}
	}

	return best;
}

function rotatedTypes(steps: ClientSteps): readonly number[] {
	const start = startPlace(steps);
	return [...steps.loop.types.slice(start), ...steps.loop.types.slice(0, start)];
}

function waitOf(group: readonly MeasuredClient[], recording: GuestRecording): ClientSpec['wait'] {
	if (!group.every(({steps}) => steps.waitPlace !== -1)) {
		return 'none';
	}

	const threads = new Set(group.map(({steps}) => steps.client.thread));
	return recording.commands.some(({fenced, thread}) => fenced && threads.has(thread)) ? 'fence' : 'response';
}

/** The vCPU that a lone thread hardly ever left; the model has no migration of its own. */
function pinnedTo(group: readonly MeasuredClient[]): number | null {
	if (group.length > 1) {
		return null;
	}

	const counts = new Map<number, number>();
	const {commands} = group[0].steps.client;
	for (const {cpu} of commands) {
		counts.set(cpu, (counts.get(cpu) ?? 0) + 1);
	}

	for (const [cpu, count] of counts) {
		if (count >= 0.9 * commands.length) {
			return cpu;
		}
	}

	return null;
}

function nameOf(type: number): CommandName {
	return commandOfCode(type) ?? 'GET_DISPLAY_INFO';
}

/** A name that a preset takes and no other client has. */
function freeName(comm: string, taken: Set<string>): string {
	const clean = comm
		.replaceAll(/[^\w \-]/gv, '_')
		.replace(/^[^A-Za-z]+/v, '')
		.slice(0, 30);
	const base = clean === '' ? 'client' : clean;
	let name = base;
	for (let number = 2; taken.has(name); number++) {
		name = `${base}-${number}`;
	}

	taken.add(name);
	return name;
}

function positive(spec: DistributionSpec): DistributionSpec {
	return spec.kind === 'const' && spec.value < 1 ? {kind: 'const', value: 1} : spec;
}

function wordsOf(group: readonly MeasuredClient[]): string {
	const {loop, client} = group[0].steps;
	const count = group.flatMap(({steps}) => steps.client.commands).length;
	const names = loop.types.map(type => nameOf(type)).join(', ');
	const does = loop.isExact
		? `again and again ${names}`
		: 'in no order that repeats; a stretch of them stands for it';
	return (
		`${group.map(({steps}) => steps.client.thread).join(', ')}: ${count} commands on ` +
		`${client.queue === 0 ? 'controlq' : 'cursorq'}, ${does}`
	);
}
