import {Simulation} from '../../simulation/simulation.js';
import {type StallKind} from '../../simulation/stall.js';
import {chainOf, firstLink, firstOther} from './chain.js';
import {EventLog} from './event-log.js';
import {feltCommand, type FeltLife, feltOf, unansweredCommand} from './felt.js';
import {differenceOf, isSameEvent, lastEqualBlock, nextEvent, runToEvent} from './first-difference.js';
import {type Difference, type DiffTask, type FirstDifference} from './report.js';
import {Names} from './words.js';

/** Commands after the first difference in which the slowest per cent is looked for. */
const enough = 2000;
/** ns that both runs go on between two looks at what they have. */
const slice = 10_000_000;

/**
Tells two runs of one seed apart: the first event that differs, the key behind it, the
chain to a command that feels it.
*/
export function differenceBetween(task: DiffTask): Difference {
	const {
		sides: [configurationA, configurationB],
		seed,
		end,
		budget,
	} = task;
	const bare = [new Simulation(configurationA, seed), new Simulation(configurationB, seed)] as const;
	const equal = lastEqualBlock(...bare, end, budget);
	if (equal === null) {
		return {
			events: [bare[0].events, bare[1].events],
			eventHash: [bare[0].eventHash(), bare[1].eventHash()],
			first: null,
			causeKey: null,
			later: [],
			chain: [],
			felt: null,
			stalls: [stallOf(bare[0]), stallOf(bare[1])],
		};
	}

	const logs = [new EventLog(configurationA, seed), new EventLog(configurationB, seed)] as const;
	const {first, hash} = walkTo(equal, logs, end);
	const link = firstLink(logs, Math.min(end, first.time * 1e9 + slice));
	const stalls = goOn(logs, first, end);
	const names = [new Names(logs[0].simulation), new Names(logs[1].simulation)] as const;
	const felt = feltIn(logs, stalls);
	const life = felt?.lives[felt.side] ?? null;
	for (const side of bare) {
		side.runUntil(end, Math.max(0, budget - side.events));
	}

	return {
		events: [bare[0].events, bare[1].events],
		eventHash: [bare[0].eventHash(), bare[1].eventHash()],
		first,
		...causeOf(task, first, hash),
		chain: chainOf(logs, names, link, felt),
		felt: felt === null || life === null ? null : feltOf(felt, names[felt.side].thread(life.thread)),
		stalls,
	};
}

/**
Takes both to the first event that differs. The logs hold what was said from where they
part on, which may be before that event: what two runs do in another order at one time
makes other events only later.
*/
function walkTo(
	equal: number,
	[a, b]: readonly [EventLog, EventLog],
	end: number,
): {readonly first: FirstDifference; readonly hash: string} {
	for (const log of [a, b]) {
		runToEvent(log.simulation, equal, end);
		log.isOpen = true;
	}

	for (;;) {
		const [left, right] = [nextEvent(a.simulation, end), nextEvent(b.simulation, end)];
		if (!isSameEvent(left, right)) {
			return {first: differenceOf(a.simulation.events, left, right), hash: a.simulation.eventHash()};
		}

		if (left === null) {
			throw new Error('two runs whose hashes differ have the same events');
		}

		const isSame = a.entries.length === b.entries.length && firstOther(a.entries, b.entries) === a.entries.length;
		for (const log of [a, b]) {
			if (isSame) {
				log.clear();
			}

			log.simulation.step();
		}
	}
}

/** Runs both until enough commands have ended, one stalls or the end comes. */
function goOn(logs: readonly [EventLog, EventLog], {time}: FirstDifference, end: number): Difference['stalls'] {
	const stalls: [StallKind | null, StallKind | null] = [null, null];
	for (let to = time * 1e9 + slice; ; to += slice) {
		for (const [side, {simulation}] of logs.entries()) {
			simulation.runUntil(Math.min(to, end));
			stalls[side] ??= stallOf(simulation);
		}

		if (
			to >= end ||
			stalls.some(stall => stall !== null) ||
			logs.some(log => log.isFull) ||
			logs.every(({ended}) => ended.length >= enough)
		) {
			return stalls;
		}
	}
}

function stallOf(simulation: Simulation): StallKind | null {
	return simulation.stall()?.kind ?? null;
}

function feltIn(logs: readonly [EventLog, EventLog], stalls: Difference['stalls']): FeltLife | null {
	const stalled = stalls.findIndex(stall => stall !== null);
	const both = stalls.every(stall => stall !== null);
	return stalled === -1 || both ? feltCommand(logs) : unansweredCommand(logs, stalled === 0 ? 0 : 1);
}

/**
Which of the keys makes the same first difference when it is set alone; `hash`
is that of the events before it.
*/
function causeOf(
	{alone, seed, end, sides}: DiffTask,
	first: FirstDifference,
	hash: string,
): Pick<Difference, 'causeKey' | 'later'> {
	const later: string[] = [];
	let causeKey: string | null = null;
	const next = (configuration: DiffTask['sides'][0]) => {
		const simulation = new Simulation(configuration, seed);
		runToEvent(simulation, first.index, end);
		return {
			event: nextEvent(simulation, end),
			isSame: simulation.events === first.index && simulation.eventHash() === hash,
		};
	};

	if (alone.length > 0) {
		const {event: ofB} = next(sides[1]);
		const {event: ofA} = next(sides[0]);
		for (const {key, configuration} of alone) {
			const {event, isSame} = next(configuration);
			if (isSame && isSameEvent(event, ofB)) {
				causeKey ??= key;
			} else if (isSame && isSameEvent(event, ofA)) {
				later.push(key);
			}
		}
	}

	return {causeKey, later};
}
