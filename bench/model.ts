import {compiled} from './c-program.js';
import {eventProgram} from './event-program.js';
import {type Figure, overRounds} from './figure.js';

/** So many that what the compiler takes at the start is a few percent. */
const events = 4_000_000;
const fewer = 1_000_000;
const rounds = 5;
const seed = 'seed-2019-kick-under-lock';
const others = ['testbed', 'ring-too-small', 'compositor-60hz'];
/**
Events a command of the C program and of the model may differ by this, or they are not the same
work.
*/
const mostApart = 0.05;

/** How fast the whole model runs with its metrics, beside the seed scenario by hand in C. */
export function benchModel(): readonly Figure[] {
	const run = eventProgram();
	const program = compiled('seed');
	const figures: Figure[] = [];
	try {
		const ours: number[] = [];
		const theirs: number[] = [];
		let ourEvents = 0;
		let theirEvents = 0;
		// In turns: what else the machine does meets both.
		for (let round = 0; round < rounds; round++) {
			const {time, commands} = run(seed, events, 'metrics');
			ourEvents = events / commands;
			ours.push(1e6 / time / ourEvents);
			if (program !== undefined) {
				const {events: done, commands: answered, seconds} = program.run(String(events));
				theirEvents = done / answered;
				theirs.push(answered / seconds / 1000);
			}
		}

		const apart = Math.abs(theirEvents / ourEvents - 1);
		const isSame = program !== undefined && apart <= mostApart;
		figures.push(
			{
				name: `${seed}, with metrics`,
				...overRounds(ours),
				unit: 'k commands/s',
				better: 'more',
				...(isSame ? {reference: {what: 'C', value: overRounds(theirs).value}} : {}),
				goal: {
					of: 'ratio',
					bound: 0.3,
					floor: 0.24,
					why: 'docs/performance.md, Levers',
				},
			},
			{
				name: 'events a command',
				value: ourEvents,
				unit: 'events',
				better: 'less',
				...(program === undefined ? {} : {reference: {what: 'C', value: theirEvents}}),
			},
		);
		if (program !== undefined && !isSame) {
			console.log(
				`model: no ratio to C: ${theirEvents.toFixed(2)} events a command there, ` +
					`${ourEvents.toFixed(2)} here, ` +
					`more than ${100 * mostApart} % apart`,
			);
		}

		for (const preset of others) {
			const {time, commands} = run(preset, fewer, 'metrics');
			figures.push({
				name: `${preset}, with metrics`,
				value: (1e6 / time / fewer) * commands,
				unit: 'k commands/s',
				better: 'more',
			});
		}
	} finally {
		program?.remove();
	}

	return figures;
}
