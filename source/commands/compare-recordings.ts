import {existsSync, statSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {bucketOf} from '../engine/histogram.js';
import {UserError} from '../errors/user-error.js';
import {gateOutcome, parseGate} from '../experiment/compare/gate.js';
import {type ComparedSide, type Comparison} from '../experiment/compare/report.js';
import {type Blocks, unpairedRows} from '../experiment/compare/unpaired.js';
import {readStart} from '../files/read-start.js';
import {recordingFigures, type RecordingFigures} from '../meter/figures.js';
import {type RecordingMeter} from '../meter/recording-meter.js';
import {type MetricPath, metrics} from '../metrics/metric-table.js';
import {presetNames} from '../presets/preset-files.js';
import {compareCsv} from '../report/compare-csv.js';
import {compareJson} from '../report/compare-json.js';
import {compareHtml} from '../report/compare-html.js';
import {compareMarkdown} from '../report/compare-markdown.js';
import {compareText} from '../report/compare-text.js';
import {gobench} from '../report/gobench.js';
import {Recording} from '../session/recording/recording.js';
import {readingProgress} from '../terminal/reading-progress.js';
import {recordingSource} from '../trace/reader/recording-source.js';
import {schema, version} from '../version.js';
import {againWords} from './again.js';
import {resultOf} from './command-result.js';
import {checkGates, complaints} from './compare-complaints.js';
import {compareFormats, ownMargin, undecidedOf} from './compare-options.js';
import {type FlagName, spelling} from './flags.js';
import {formatFlag} from './format-flag.js';
import {type CommandContext, type CommandOutcome} from './verb.js';

const confidence = 0.95;

/** Flags that are about runs. */
const ofRuns: readonly FlagName[] = [
	'a',
	'b',
	'set',
	'seed',
	'runs',
	'precision',
	'for',
	'warmup',
	'events',
	'proveGate',
	'baseline',
	'ablate',
];

/** A file that is no preset: a preset is an object of JSON. */
function isRecording(name: string): boolean {
	if (name === '-' || name.endsWith('.json') || presetNames().includes(name) || !existsSync(name)) {
		return false;
	}

	return statSync(name).isFile() && !/^\s*\{/v.test(new TextDecoder().decode(readStart(name, 64)));
}

/**
The two recordings that `compare` was given; undefined for presets.

@throws {UserError} for one recording and something else.
*/
export function recordingsOf(names: readonly string[]): readonly [string, string] | undefined {
	const found = names.filter(name => isRecording(name));
	if (found.length === 0) {
		return undefined;
	}

	const [a, b] = names;
	if (b === undefined) {
		throw new UserError(
			`compare: ${a} is a recording: give a second one beside it (vqlab compare before.txt after.txt)`,
		);
	}

	if (found.length === 1) {
		const other = found[0] === a ? b : a;
		throw new UserError(
			`compare: ${found[0]} is a recording and ${other} is none: give two recordings or two presets ` +
				'(vqlab calibrate makes a preset of a recording)',
		);
	}

	return [a, b];
}

/**
`vqlab compare before.txt after.txt`: what a trace shows, without pairs. Exit 1 when a gate closes.
*/
export async function compareRecordings(
	names: readonly [string, string],
	{line, interrupt, progress}: Pick<CommandContext, 'line' | 'interrupt' | 'progress'>,
): Promise<CommandOutcome> {
	const {flags, given} = line;
	const wrong = ofRuns.find(name => given.has(name));
	if (wrong !== undefined) {
		throw new UserError(
			`${spelling(wrong)}: is about runs, and two recordings are compared as they are; leave it out`,
		);
	}

	const format = formatFlag(flags.format, compareFormats);
	const gates = flags.failIf.map(text => parseGate(text));
	const undecidedFails = undecidedOf(flags.undecided);
	const margins = new Map(flags.sameWithin.map(text => ownMargin(text)));
	const [a, b] = [await blocksIn(names[0], interrupt, progress), await blocksIn(names[1], interrupt, progress)];
	const rows = unpairedRows(a.blocks, b.blocks, {confidence, margins});
	const blocks = Math.min(a.blocks.commands.length, b.blocks.commands.length);
	const comparison: Comparison = {
		schema,
		vqlab: version,
		a: sideOf(names[0]),
		b: sideOf(names[1]),
		runs: blocks,
		seeds: [],
		stopped: 'recordings',
		confidence,
		length: {warmup: 0, duration: Math.min(a.span, b.span)},
		recorded: [a.span / 1e9, b.span / 1e9],
		lengthWords: 'as recorded',
		method:
			`not paired: block bootstrap over ${a.blocks.commands.length} and ${b.blocks.commands.length} blocks, ` +
			'95 %',
		rows,
		gates: gates.map(gate => ({gate, outcome: gateOutcome(gate, rows)})),
		notes: [...a.notes, ...b.notes],
	};
	checkGates(comparison);
	const again = againWords('compare', names, flags);
	const output = {
		text: () => compareText(comparison, again, flags.ascii),
		json: () => compareJson(comparison),
		markdown: () => compareMarkdown(comparison, again),
		csv: () => compareCsv(comparison),
		html: () => compareHtml(comparison, again),
		gobench: () =>
			gobench('recording', {vqlab: version}, [
				{labels: {side: 'a'}, runs: a.blocks.figures},
				{labels: {side: 'b'}, runs: b.blocks.figures},
			]),
	}[format]();
	return resultOf(output, complaints(comparison, {undecidedFails}));
}

function sideOf(file: string): ComparedSide {
	return {
		preset: path.basename(file),
		set: [],
		parametersHash: null,
		stalls: 0,
		stall: null,
	};
}

type Read = {
	readonly blocks: Blocks;
	/** ns that the blocks cover. */
	readonly span: number;
	readonly notes: readonly string[];
};

async function blocksIn(
	file: string,
	interrupt: CommandContext['interrupt'],
	progress: CommandContext['progress'],
): Promise<Read> {
	const name = path.basename(file);
	const recording = new Recording({name, isLive: false, clock: () => 0, device: undefined});
	await progress.guard(process, async () =>
		recording.read(
			recordingSource(file, () => recording.events > 0),
			() => interrupt.signal !== undefined,
			readingProgress(file, progress),
		),
	);
	const read = cut(name, recording.meter);
	const lost = recording.lostEvents;
	return lost === 0
		? read
		: {...read, notes: [`${name}: ${lost} events were lost in it; what was under way then is not counted.`]};
}

/** Blocks at most and at least, and commands of each that make it one. */
const mostBlocks = 40;
const leastBlocks = 5;
const enough = 50;

/** Lengths of blocks are whole multiples of a window that is kept for so long, ns. */
const windows = [
	[100_000, 13_000_000_000],
	[10_000_000, 300_000_000_000],
	[1_000_000_000, Infinity],
] as const;

/** Cuts what was recorded into blocks of equal time; what is left at its ends is in none. */
function cut(name: string, meter: RecordingMeter): Read {
	const {commands} = meter;
	// The oldest commands are gone when there were too many.
	const from = commands.first === 0 ? meter.start : commands.response(commands.first);
	const [window] = windows.find(([, kept]) => meter.now - from < kept) ?? windows[2];
	const begin = Math.ceil(from / window) * window;
	const end = Math.floor(meter.now / window) * window;
	const wanted = Math.max(leastBlocks, Math.min(mostBlocks, Math.floor((commands.end - commands.first) / enough)));
	const length = Math.floor((end - begin) / wanted / window) * window;
	if (length < window) {
		throw new UserError(
			`${name}: it is ${Math.round((meter.now - from) / 1000)} us long, too short to be cut into ` +
				`${wanted} blocks of ${window / 1000} us or more: record longer`,
		);
	}

	const count = Math.min(mostBlocks, Math.floor((end - begin) / length));
	const places = Array.from({length: count}, (_, block) => begin + block * length);
	const all = places.map(place => recordingFigures(meter, place, place + length));
	const whole = recordingFigures(meter, begin, begin + count * length);
	return {
		blocks: {
			whole: figuresOf(whole),
			figures: all.map(one => figuresOf(one)),
			commands: all.map(({latency}) => latency.count),
			counts: new Map([['latency.traced', places.map(place => countsIn(meter, place, place + length, whole))]]),
		},
		span: count * length,
		notes: [],
	};
}

/** The metrics that the recording shows, by path. */
function figuresOf(figures: RecordingFigures): Readonly<Record<string, number | null>> {
	return Object.fromEntries(
		metrics.flatMap(({path: name}) => {
			const value = /[<\[]/v.test(name) ? null : figures.at(name as MetricPath);
			return value === null ? [] : [[name, value]];
		}),
	);
}

/** Latencies of the control queue by bucket; of the cursor queue where there is no other. */
function countsIn(
	{commands}: RecordingMeter,
	from: number,
	to: number,
	{at}: RecordingFigures,
): ReadonlyMap<number, number> {
	const queue = (at('throughput.completed') ?? 0) > 0 ? 0 : 1;
	const counts = new Map<number, number>();
	for (let index = commands.indexAt(from); index < commands.indexAt(to); index++) {
		if (commands.queue(index) === queue) {
			const bucket = bucketOf(commands.latency(index));
			counts.set(bucket, (counts.get(bucket) ?? 0) + 1);
		}
	}

	return counts;
}
