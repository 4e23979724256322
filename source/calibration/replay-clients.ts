import {type ClientSpec, type LoopStep} from '../parameters/configuration.js';
import {type MeasuredClient} from './client-estimates.js';
import {notifyPlaces, placeOf} from './client-steps.js';
import {commandOfCode} from './recorded-client.js';

/** Longest stretch of a recording that is replayed, in commands of a thread. */
export const longestReplay = 100_000;

/**
Clients that send what the recorded threads sent, command for command, each after the time that its
thread spent on its own before it. What held a thread up in the recording (locks, doorbells, full
rings) is left out: the model does that. `factor` scales the own times as the fit did.
*/
export function replayClients(all: readonly MeasuredClient[], factor: number): readonly ClientSpec[] {
	return all.map((measured, index) => {
		const {client} = measured.steps;
		const cpus = new Set(client.commands.map(({cpu}) => cpu));
		const [cpu] = cpus;
		return {
			name: `replay-${index}`,
			threads: 1,
			vcpu: cpus.size === 1 && cpu !== undefined ? cpu : 'any',
			kind: 'closed',
			queue: client.queue === 0 ? 'control' : 'cursor',
			loop: replaySteps(measured, factor),
			wait: 'none',
		};
	});
}

function replaySteps({steps, driverTimes}: MeasuredClient, factor: number): readonly LoopStep[] {
	const {
		client: {commands},
		loop,
		own,
		pause,
		work,
	} = steps;
	const notifies = notifyPlaces(steps);
	return commands.slice(0, longestReplay).map(({type, fenced}, index): LoopStep => {
		const place = placeOf(index, loop);
		const time = own[index] ?? work[place].median;
		const think = pause[index + 1] ?? 0;
		return {
			commands: [commandOfCode(type) ?? 'GET_DISPLAY_INFO'],
			notify: notifies[place] ? 'end' : 'none',
			prepare: {kind: 'const', value: Math.max(1, Math.round((time - driverTimes[place]) * factor))},
			fenced,
			objects: fenced ? 1 : 0,
			...(think > 0 ? {think: {kind: 'const', value: Math.round(think)} as const} : {}),
		};
	});
}
