import fc from 'fast-check';
import {beforeEach, expect, test, vi} from 'vitest';
import {type Notice} from '../../source/session/interface-state.js';
import {type RecordingFigures} from '../../source/meter/figures.js';
import {type RecordingSnapshot} from '../../source/session/recording/recording-snapshot.js';
import {type OverviewSnapshot} from '../../source/session/snapshot.js';
import {recordedBy, recordedDesk, shownOf} from '../session/recorded-desk.js';
import {canonical} from './canonical.js';
import {frameOf, screenOf, tableOver} from './render-screen.js';

/** Everything that the functions that write numbers have written since the last screen. */
const written = vi.hoisted(() => new Set<string>());

vi.mock('../../source/charts/format-number.js', async importOriginal => {
	const original: Record<string, unknown> = await importOriginal();
	return Object.fromEntries(
		Object.entries(original).map(([name, value]) => [
			name,
			typeof value !== 'function'
				? value
				: (...input: unknown[]): unknown => {
						const result: unknown = Reflect.apply(value, undefined, input);
						for (const form of Array.isArray(result) ? (result as unknown[]) : [result]) {
							written.add(String(form));
						}

						return result;
					},
		]),
	);
});

beforeEach(() => {
	written.clear();
});

/** Numbers as they stand on a screen: digits with their suffix. */
function numbersIn(text: string): readonly string[] {
	return [...text.matchAll(/\d[\d.,]*[kMG]?/gv)].map(([found]) => found.replace(/[.,]+$/v, ''));
}

/**
The labels of an axis have a test of their own, how many rows are hidden is no figure of the
snapshot, and the last row has keys.
*/
function withoutAxes(lines: readonly string[]): string {
	return lines
		.slice(0, -1)
		.join('\n')
		.replaceAll(/[^│┃┤]{6}┤/gv, '┤')
		.replaceAll(/ \d+ more: /gv, ' more: ');
}

/** The numbers of a screen that nobody wrote: neither a formatter nor the snapshot's own words. */
function strangers(lines: readonly string[], words: readonly string[]): readonly string[] {
	const known = new Set([...written, ...words].flatMap(text => numbersIn(text)));
	return numbersIn(withoutAxes(lines)).filter(number => !known.has(number));
}

const extremes = [
	0, 1e-9, 0.0004, 0.0006, 0.04, 0.9996, 1, 9.949, 9.996, 62.8, 99.96, 999.4, 999.6, 1022.85, 1024, 3276.8, 9999.5,
	32_767.4, 32_768, 99_999, 1e6, 12_345_678, 1e9,
];
const figure = fc.oneof(
	{weight: 3, arbitrary: fc.constantFrom(...extremes)},
	{weight: 1, arbitrary: fc.double({min: 0, max: 1e9, noNaN: true})},
	{weight: 1, arbitrary: fc.constant(null)},
);
const sizes = [
	[60, 18],
	[72, 20],
	[80, 24],
	[99, 30],
	[100, 50],
	[108, 32],
	[120, 36],
	[132, 24],
	[171, 50],
	[200, 60],
	[240, 70],
] as const;
const figures = fc.array(figure, {minLength: 7, maxLength: 23});

/**
The same structure with other numbers in it; `kept` are left as they are, shares lie in 0 to 1.
*/
function scrambled<T>(value: T, numbers: ReadonlyArray<number | null>, kept: ReadonlySet<string> = new Set()): T {
	let next = 0;
	const visit = (node: unknown, key: string): unknown => {
		if (kept.has(key) || node === undefined) {
			return node;
		}

		if (typeof node === 'number' || node === null) {
			const number = numbers[next++ % numbers.length];
			return key === 'share' || key === 'lock.contentionShare' || key === 'mainLoop'
				? Math.min(1, number ?? 0)
				: typeof node === 'number' && number === null
					? 0
					: number;
		}

		if (Array.isArray(node)) {
			return node.map(entry => visit(entry, key));
		}

		return typeof node === 'object'
			? Object.fromEntries(Object.entries(node).map(([name, entry]) => [name, visit(entry, name)]))
			: node;
	};

	return visit(value, '') as T;
}

/** The figures of a recording with other numbers at every path as well. */
function scrambledFigures(figures: RecordingFigures, numbers: ReadonlyArray<number | null>): RecordingFigures {
	return {
		...scrambled(figures, numbers, new Set(['histogram', 'type'])),
		at(path) {
			const number = numbers[path.length % numbers.length];
			return path.endsWith('Share') ? Math.min(1, number ?? 0) : number;
		},
	};
}

/** A snapshot with extreme values everywhere. */
function extreme(numbers: ReadonlyArray<number | null>, ringSize: number, vcpus: number): OverviewSnapshot {
	const [first, second] = numbers;
	const readings = scrambled(canonical.readings, numbers);
	return {
		...canonical,
		time: (second ?? 0) * 1e6,
		fine: numbers.length % 2 === 0,
		ringSize,
		settled: (first ?? 0) > 1,
		readings: {
			...readings,
			queues: readings.queues.map(queue => ({...queue, size: ringSize})),
			vcpus: Array.from({length: vcpus}, (_, index) =>
				scrambled(
					canonical.readings.vcpus[index % 2],
					numbers.map(number => (number === null ? 0 : Math.min(1, number))),
				),
			),
		},
		charts: {
			...canonical.charts,
			column: 1 + Math.floor(second ?? 0),
			marks: [
				{age: 3, at: (first ?? 0) * 1e9},
				{age: 30, at: second ?? 0},
			],
		},
		changes: [
			{
				at: (first ?? 0) * 1e9,
				text: 'queue size 32768',
				set: {'queue.size': 32_768},
				isSameRun: false,
				figures: [
					{path: 'lock.spin.total', before: first ?? 0, after: second ?? 0, word: 'better'},
					{path: 'throughput.completed', before: second ?? 0, after: first ?? 0, word: 'same'},
				],
			},
		],
		before:
			numbers.length % 2 === 0
				? null
				: {
						at: (first ?? 0) * 1e9,
						readings,
						effects: [{path: 'throughput.completed', before: 1, after: 2, word: 'undecided'}],
						isSameRun: false,
						lock: null,
					},
		verdict: {
			id: 'ring-full',
			text: canonical.verdict?.text.replaceAll('646', String(first ?? 0)) ?? '',
			short: `num_free ${first ?? 0} of ${ringSize}, again ${second ?? 0} /s, and ${second ?? 0} us`,
			severity: 'notice',
		},
	};
}

/** A notice with large numbers, sometimes. */
function noticeOf(numbers: ReadonlyArray<number | null>): Notice | undefined {
	return numbers.length % 3 === 0
		? {text: `saved run-${numbers[1] ?? 0}.json, 123456789 bytes in 987654321 ns`, bad: false}
		: undefined;
}

/** What stands on a screen besides figures: names, indices, keys. */
const fixedWords = [
	'1 2 3 4 5 6 7 8 9 0 p50 p90 p99 200 ms 14 16 100.0',
	...Array.from({length: 13}, (_, index) => String(index)),
];

function wordsOf(snapshot: OverviewSnapshot): readonly string[] {
	const {preset, machine, speed, parameters, verdict, advice, changes, seed, noHelp, question} = snapshot;
	return [
		...fixedWords,
		preset,
		machine,
		speed,
		String(seed),
		verdict?.text ?? '',
		verdict?.short ?? '',
		advice?.text ?? '',
		advice?.short ?? '',
		...changes.map(({text}) => text),
		...noHelp.map(({why}) => why),
		question?.title ?? '',
		question?.answer ?? '',
		...parameters.flatMap(({key, label, value}) => [key, label, value]),
	];
}

test(
	'every number of the dashboard is written whole, or as #, whatever its value and the size of the terminal',
	{timeout: 60_000},
	() => {
		fc.assert(
			fc.property(
				figures,
				fc.constantFrom(...sizes),
				fc.constantFrom(16, 64, 1024, 32_768),
				fc.integer({min: 1, max: 12}),
				(numbers, [columns, rows], ringSize, vcpus) => {
					written.clear();
					const snapshot = extreme(numbers, ringSize, vcpus);
					const notice = noticeOf(numbers);
					const lines = screenOf(snapshot, columns, rows, notice && {notice});
					expect(strangers(lines, [...wordsOf(snapshot), notice?.text ?? ''])).toEqual([]);
					expect(Math.max(...lines.map(line => line.length))).toBeLessThanOrEqual(columns);
				},
			),
			{numRuns: 60},
		);
	},
);

test('a ring of 1,024 and one of 32,768 have their numbers in the table', () => {
	const row = (size: number, free: number, columns: number, rows: number): string => {
		const {readings} = canonical;
		const [control, cursor] = readings.queues;
		const lines = screenOf(
			{...canonical, ringSize: size, readings: {...readings, queues: [{...control, size, free}, cursor]}},
			columns,
			rows,
		);
		return lines.find(line => line.includes(' control ')) ?? '';
	};

	expect(row(1024, 1022.85, 120, 36)).toContain('│ control 1,024 1,023    7.1  28.2k ');
	expect(row(32_768, 32_750, 120, 36)).toContain('│ control 32.8k 32.8k    7.1  28.2k ');
	expect(row(1024, 1022.85, 80, 24)).toContain('│ control 1,023   7.1 28.2k ');
	expect(row(32_768, 3276.8, 80, 24)).toContain('│ control 3,277   7.1 28.2k ');
});

/** The round numbers at the log axis of a histogram. */
const logMarks = '10 20 50 100 200 500';

test(
	'every number of a recording is written whole, or as #, whatever its value and the size of the terminal',
	{timeout: 60_000},
	async () => {
		const {controller} = await recordedDesk('base_flood1_p2');
		controller.fit(40);
		const snapshot = recordedBy(controller);
		fc.assert(
			fc.property(
				figures,
				fc.constantFrom(...sizes),
				fc.constantFrom('overview', 'latency'),
				fc.boolean(),
				(numbers, [columns, rows], view, isBeside) => {
					written.clear();
					const own = scrambledFigures(snapshot.figures, numbers);
					const shown: RecordingSnapshot = {
						...snapshot,
						figures: own,
						facts: scrambled(
							snapshot.facts,
							numbers.map(number => Math.round(number ?? 0)),
						),
						from: (numbers[0] ?? 0) * 1000,
						to: (numbers[1] ?? 0) * 1e9,
						beside: isBeside
							? {
									name: 'seed-2019-kick-under-lock',
									progress: numbers.length % 2,
									figures: scrambledFigures(own, numbers.toReversed()),
									lines: snapshot.lines,
								}
							: null,
					};
					controller.update({view});
					const lines = tableOver(frameOf(shownOf(shown), columns, rows, controller), columns);
					const words = [
						...fixedWords,
						logMarks,
						snapshot.name,
						'seed-2019-kick-under-lock',
						String(shown.facts.unanswered),
						'queue.size=256',
						...shown.figures.groups.map(({type}) => `0x${type.toString(16)}`),
						String(shown.figures.groups.length),
						String(shown.figures.sizes[0]),
					];
					expect(strangers(lines, words)).toEqual([]);
					expect(Math.max(...lines.map(line => line.length))).toBeLessThanOrEqual(columns);
				},
			),
			{numRuns: 60},
		);
	},
);
