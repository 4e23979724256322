import {eventProgram} from './event-program.js';
import {type Figure, overRounds} from './figure.js';

const preset = 'seed-2019-kick-under-lock';
const events = 1_000_000;
/** Few enough that all they allocate stays in memory. */
const keptEvents = 300_000;
const rounds = 5;

/** What an event of the seed preset costs bare, and what its metrics add. */
export function benchMetrics(): readonly Figure[] {
	const run = eventProgram();
	const bare: number[] = [];
	const full: number[] = [];
	for (let round = 0; round < rounds; round++) {
		bare.push(run(preset, events, 'bare').time);
		full.push(run(preset, events, 'metrics').time);
	}

	const without = overRounds(bare);
	const bytes = (what: 'bare' | 'metrics'): number => run(preset, keptEvents, what, true).bytes;
	const allocation = {
		of: 'value',
		bound: 0,
		why: 'numbers that are no small integers are boxed where a call is not inlined',
	} as const;
	return [
		{name: 'an event, bare', ...without, unit: 'ns an event', better: 'less'},
		{
			name: 'an event, with metrics',
			...overRounds(full),
			unit: 'ns an event',
			better: 'less',
			reference: {what: 'bare', value: without.value},
		},
		{
			name: 'metrics of an event',
			...overRounds(full.map((time, round) => time - bare[round])),
			unit: 'ns an event',
			better: 'less',
		},
		{name: 'allocated, bare', value: bytes('bare'), unit: 'bytes an event', better: 'less', goal: allocation},
		{
			name: 'allocated, with metrics',
			value: bytes('metrics'),
			unit: 'bytes an event',
			better: 'less',
			goal: allocation,
		},
	];
}
