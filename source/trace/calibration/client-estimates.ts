import {type DistributionSpec} from '../../engine/distribution.js';
import {type ClientSpec, type LoopStep} from '../../parameters/configuration.js';
import {type CommandName} from '../../protocol/commands.js';
import {type ClientSteps, placeOf} from './client-steps.js';
import {type GuestRecording} from './guest-recording.js';
import {commandOfCode} from './recorded-client.js';
import {Samples} from './samples.js';

/** Longest time that a client's prepare and think take, ns. */
export const longestClientTime = 60_000_000_000;

/** Default of guest.cost.add and guest.cost.kickPrepare, which the events do not tell from the client's own time. */
const add = 300;
const kickPrepare = 100;

/** Doorbells after a command, as a share of those at the loop's busiest place, from which the client notifies there: a full ring makes it ring anywhere. */
const habit = 0.1;

/** Rounds from which a wait shows, and the shares of them that must and must not begin with nothing outstanding. */
const fewestRounds = 20;
const always = 0.97;
const notAlways = 0.9;

/** Share of a response's latency within which a client that waited for it goes on. */
const soon = 0.5;

/** Share of visits with a pause from which the client means it. */
const regular = 0.5;

/** Clients whose loops and habits are alike are one with several threads. */
export type ClientEstimate = {readonly spec: ClientSpec; readonly threads: readonly string[]; readonly words: string};

/** The clients of a calibrated preset. */
export function clientEstimates(all: readonly ClientSteps[], recording: GuestRecording, vcpus: number): readonly ClientEstimate[] {
	const groups = new Map<string, ClientSteps[]>();
	for (const steps of all) {
		const [comm] = steps.client.thread.split('/', 1);
		const key = `${comm} ${steps.client.queue} ${rotatedTypes(steps).join(' ')}`;
		const group = groups.get(key);
		if (group === undefined) {
			groups.set(key, [steps]);
		} else {
			group.push(steps);
		}
	}

	const names = new Set<string>();
	return [...groups.values()].map(group => {
		const [comm] = group[0].client.thread.split('/', 1);
		const name = freeName(comm, names);
		return {spec: clientSpec(name, group, recording, vcpus), threads: group.map(({client}) => client.thread), words: wordsOf(group)};
	});
}

function clientSpec(name: string, group: readonly ClientSteps[], recording: GuestRecording, vcpus: number): ClientSpec {
	const [first] = group;
	const {length} = first.loop.types;
	const start = startPlace(first);
	const wait = waitOf(group, recording);
	const merged = (what: 'work' | 'pauses' | 'sinceAnswer', place: number): Samples => {
		const samples = new Samples();
		for (const steps of group) {
			samples.addAll(steps[what][(place + startPlace(steps)) % length]);
		}

		return samples;
	};

	const visits = (place: number): number => group.reduce((sum, steps) => sum + steps.visits[(place + startPlace(steps)) % length], 0);
	const rings = (place: number): number => group.reduce((sum, steps) => sum + steps.kicks[(place + startPlace(steps)) % length], 0);
	const periods = new Samples();
	for (const steps of group) {
		periods.addAll(steps.periods);
	}

	const pausesAt = Array.from({length}, (_, place) => merged('pauses', place));
	const isPaced = pausesAt[0].count >= regular * visits(0) && periods.count >= 8 && periods.quantile(0.9) - periods.quantile(0.1) < 0.25 * periods.median;
	const most = Math.max(...Array.from({length}, (_, place) => rings(place) / Math.max(1, visits(place))));
	const steps = Array.from({length}, (_, place): LoopStep => {
		const isPause = pausesAt[place].count >= regular * visits(place);
		const work = merged(wait !== 'none' && place === 0 ? 'sinceAnswer' : 'work', place);
		if (!isPause && !(wait !== 'none' && place === 0)) {
			// Now and then the machine stood still: it counts as the client's time.
			work.addAll(pausesAt[place]);
		}

		const after = (place + 1) % length;
		const nextPauses = pausesAt[after].count >= regular * visits(after) && !(isPaced && after === 0);
		const prepare = work.count > 0 && !isPause ? work.minus(add + kickPrepare).spec(longestClientTime) : null;
		const fenced = group.some(({client, loop}) => client.commands.some((command, index) => command.fenced && placeOf(index, loop) === (place + start) % length));
		// Most often the last command of a loop is where a client notifies that never had to ring.
		const notify = most === 0 ? place === length - 1 : rings(place) >= habit * most * visits(place);
		return {
			commands: [nameOf(first.loop.types[(place + start) % length])],
			notify: notify ? 'end' : 'none',
			fenced,
			objects: fenced ? 1 : 0,
			...(prepare === null ? {} : {prepare: positive(prepare)}),
			...(nextPauses ? {think: pausesAt[after].spec(longestClientTime)} : {}),
		};
	});
	const pinned = vcpus > 1 ? pinnedTo(group) : null;
	return {
		name,
		threads: group.length,
		vcpu: pinned ?? 'any',
		kind: isPaced ? 'paced' : 'closed',
		...(isPaced ? {hz: Math.round(1e12 / periods.mean) / 1000} : {}),
		queue: first.client.queue === 0 ? 'control' : 'cursor',
		loop: steps,
		wait,
	};
}

/** The loop begins after its longest pause, or else where the client has waited for its answers; otherwise where the recording's first does. */
function startPlace(steps: ClientSteps): number {
	const {pauses, visits} = steps;
	let best = 0;
	for (const [place, samples] of pauses.entries()) {
		if (samples.count >= regular * visits[place] && samples.median > pauses[best].median) {
			best = place;
		}
	}

	return hasPauses(steps) ? best : Math.max(0, waitPlace(steps));
}

function hasPauses({pauses, visits}: ClientSteps): boolean {
	return pauses.some((samples, place) => samples.count >= regular * visits[place]);
}

/**
The place before which a client waits for its answers, or -1: there it has none outstanding,
elsewhere it has. Where the host is so fast that it never has any, a client waits if it goes on soon after the answer.
*/
function waitPlace(steps: ClientSteps): number {
	const {answered, visits, sinceAnswer, client} = steps;
	if (hasPauses(steps) || visits[0] < fewestRounds) {
		return -1;
	}

	const shares = answered.map((count, place) => count / Math.max(1, visits[place]));
	const place = shares.findIndex(share => share >= always);
	if (place === -1 || shares.some(share => share < notAlways)) {
		return place;
	}

	const latencies = new Samples();
	for (const {published, responded} of client.commands) {
		if (responded !== null) {
			latencies.add(responded - published);
		}
	}

	return sinceAnswer[place].median < soon * latencies.median ? place : -1;
}

function rotatedTypes(steps: ClientSteps): readonly number[] {
	const start = startPlace(steps);
	return [...steps.loop.types.slice(start), ...steps.loop.types.slice(0, start)];
}

function waitOf(group: readonly ClientSteps[], recording: GuestRecording): ClientSpec['wait'] {
	if (!group.every(steps => waitPlace(steps) !== -1)) {
		return 'none';
	}

	const threads = new Set(group.map(({client}) => client.thread));
	return recording.commands.some(({fenced, thread}) => fenced && threads.has(thread)) ? 'fence' : 'response';
}

/** The vCPU that a lone thread hardly ever left; the model has no migration of its own. */
function pinnedTo(group: readonly ClientSteps[]): number | null {
	if (group.length > 1) {
		return null;
	}

	const counts = new Map<number, number>();
	const {commands} = group[0].client;
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
	const clean = comm.replaceAll(/[^\w \-]/gv, '_').replace(/^[^A-Za-z]+/v, '').slice(0, 30);
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

function wordsOf(group: readonly ClientSteps[]): string {
	const {loop, client} = group[0];
	const count = group.reduce((sum, steps) => sum + steps.client.commands.length, 0);
	const names = loop.types.map(type => nameOf(type)).join(', ');
	return `${group.map(steps => steps.client.thread).join(', ')}: ${count} commands on ${client.queue === 0 ? 'controlq' : 'cursorq'}, ${loop.isExact ? `again and again ${names}` : 'in no order that repeats; a stretch of them stands for it'}`;
}
