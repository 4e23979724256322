import {type ClientSpec, type LoopStep} from '../../parameters/configuration.js';
import {type ClientSteps, placeOf} from '../calibration/client-steps.js';
import {commandOfCode, type RecordedClient} from '../calibration/recorded-client.js';

/** Default of guest.cost.add and guest.cost.kickPrepare, which are part of the recorded own time. */
const driverTime = 400;

/** Doorbells after a command, as a share of those at the loop's busiest place, from which the client notifies there. */
const habit = 0.1;

/** Longest stretch of a recording that is replayed, in commands of a thread. */
export const longestReplay = 100_000;

/**
Clients that send what the recorded threads sent, command for command, each after the time
that its thread spent on its own before it. What held a thread up in the recording (locks, doorbells,
full rings) is left out: the model does that. `factor` scales the own times as the fit did.
*/
export function replayClients(all: readonly ClientSteps[], factor: number): readonly ClientSpec[] {
	return all.map((steps, index) => {
		const {client} = steps;
		const cpus = new Set(client.commands.map(({cpu}) => cpu));
		const [cpu] = cpus;
		return {
			name: `replay-${index}`,
			threads: 1,
			vcpu: cpus.size === 1 && cpu !== undefined ? cpu : 'any',
			kind: 'closed',
			queue: client.queue === 0 ? 'control' : 'cursor',
			loop: replaySteps(steps, client, factor),
			wait: 'none',
		};
	});
}

function replaySteps(steps: ClientSteps, {commands}: RecordedClient, factor: number): readonly LoopStep[] {
	const {kicks, visits, loop, own, pause, work} = steps;
	const rates = kicks.map((count, place) => count / Math.max(1, visits[place]));
	const most = Math.max(...rates);
	return commands.slice(0, longestReplay).map(({type, fenced}, index): LoopStep => {
		const place = placeOf(index, loop);
		const time = own[index] ?? work[place].median;
		const think = pause[index + 1] ?? 0;
		return {
			commands: [commandOfCode(type) ?? 'GET_DISPLAY_INFO'],
			notify: (most === 0 ? place === loop.types.length - 1 : rates[place] >= habit * most) ? 'end' : 'none',
			prepare: {kind: 'const', value: Math.max(1, Math.round((time - driverTime) * factor))},
			fenced,
			objects: fenced ? 1 : 0,
			...(think > 0 ? {think: {kind: 'const', value: Math.round(think)} as const} : {}),
		};
	});
}
