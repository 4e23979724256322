import {type ComparedSide} from '../experiment/compare/report.js';
import {type Difference, type FirstDifference, type Link, type SideEvent} from '../experiment/diff/report.js';
import {type schema} from '../version.js';
import {toJson} from './json.js';
import {againLines, wrap} from './text-layout.js';

/** The key behind a difference, with its value on both sides as text. */
export type Cause = {readonly key: string; readonly a: string; readonly b: string};

/** All that `vqlab diff` has to tell. */
export type DiffReport = {
	readonly schema: typeof schema;
	readonly vqlab: string;
	readonly a: Pick<ComparedSide, 'preset' | 'set' | 'parametersHash'>;
	readonly b: Pick<ComparedSide, 'preset' | 'set' | 'parametersHash'>;
	readonly seed: number;
	/** Simulated time that was looked at, s. */
	readonly end: number;
	readonly difference: Difference;
	/** The keys in which the sides differ. */
	readonly differing: readonly string[];
	/** Null when the runs are the same, or no key alone does it. */
	readonly cause: Cause | null;
};

/** The JSON of `vqlab diff` (docs/contract.md, section 6). Times in s; those of `felt` in us. */
export function diffJson({schema, vqlab, a, b, seed, end, difference, differing, cause}: DiffReport): string {
	const {first, chain, felt, events, eventHash, later, stalls} = difference;
	return toJson({
		schema,
		vqlab,
		a,
		b,
		seed,
		simulatedSeconds: end,
		events: {a: events[0], b: events[1]},
		eventHash: {a: eventHash[0], b: eventHash[1]},
		first,
		cause,
		differing,
		later,
		chain,
		felt,
		stalls: {a: stalls[0], b: stalls[1]},
	});
}

/** Keys without a part in it that are worth their names. */
const mostLater = 4;

/** Lines of a report at most. */
const mostLines = 20;

/** The difference for people, in at most twenty lines. */
export function diffText(report: DiffReport, again: readonly string[]): string {
	const {vqlab, a, b, seed, end, difference} = report;
	const {first, events, eventHash, chain} = difference;
	const head = [
		`vqlab ${vqlab}  diff, seed ${seed}, ${Number(end.toPrecision(6))} s of simulated time`,
		...[['a', a] as const, ['b', b] as const].flatMap(([name, {preset, set}]) =>
			wrap(`${name}  ${set.length === 0 ? preset : `${preset}, ${set.join(' ')}`}`, 0),
		),
	];
	const last = againLines(again).trimEnd().split('\n');
	if (first === null) {
		return `${[...head, '', `same run: ${events[0]} events, hash ${eventHash[0]}`, ...idleLines(report), ...last].join('\n')}\n`;
	}

	const middle = [...firstLines(first), ...causeLines(report)];
	const tail = [...feltLines(report), ...stallLines(difference)];
	const room = mostLines - head.length - middle.length - tail.length - last.length;
	return `${[...head, ...middle, ...chainLines(chain, room), ...tail, ...last].join('\n')}\n`;
}

/** The settings differ, and nothing that happens rests on them. */
function idleLines({differing}: DiffReport): readonly string[] {
	return differing.length === 0 ? [] : wrap(`No event depends on ${differing.join(', ')}.`, 0);
}

function firstLines({index, a, b}: FirstDifference): readonly string[] {
	return [
		`The first ${index} events are the same; then comes`,
		`  in a  ${eventWords(a)}`,
		`  in b  ${eventWords(b)}`,
	];
}

/** Whose event it is, and what it is; a kind that is not here goes by its name. */
const kindWords: Readonly<Record<string, readonly [string, string]>> = {
	hostSegment: ['host CPU', 'what it runs ends'],
	hostTick: ['host CPU', 'tick'],
	guestSegment: ['vCPU', 'what it runs ends'],
	guestTick: ['vCPU', 'tick'],
	irq: ['vCPU', 'an interrupt is there'],
	arrival: ['thread', 'a command is due'],
};

function eventWords(event: SideEvent | null): string {
	if (event === null) {
		return 'nothing more';
	}

	const {kind, actor, argument, time} = event;
	const words = kindWords[kind];
	return `${timeText(time)}  ${words === undefined ? `${kind} of ${actor}` : `${words[0]} ${actor}: ${words[1]}`}${argument === 0 ? '' : ` (${argument})`}`;
}

function causeLines({cause, differing, difference: {later}}: DiffReport): readonly string[] {
	const others =
		later.length === 0 || later.length > mostLater
			? ''
			: `; ${later.join(', ')} alone would part them later or never`;
	return wrap(
		cause === null
			? `cause: none of ${differing.length} keys does it alone${others}`
			: `cause: ${cause.key}, ${cause.a} in a, ${cause.b} in b${others}`,
		0,
	);
}

/** The beginning and the end stay when there is no room for all. */
function chainLines(chain: readonly Link[], room: number): readonly string[] {
	const blocks = chain.map(({time, what}) => {
		const [first, ...rest] = wrap(what, 0, 64);
		return [`  ${timeText(time).padStart(13)} ${first}`, ...rest.map(text => `${' '.repeat(16)}${text}`)];
	});
	const lines = (): number => blocks.reduce((sum, block) => sum + block.length, 0);
	while (blocks.length > 2 && lines() > room) {
		blocks.splice(Math.min(2, blocks.length - 2), 1);
	}

	return blocks.flat().slice(0, Math.max(1, room));
}

function feltLines({difference: {felt}}: DiffReport): readonly string[] {
	if (felt === null) {
		return ['No command feels it: all that both runs answered took as long on both sides.'];
	}

	const {command, stage, a, b, latency, slowest} = felt;
	const where = stage === null ? '' : `; ${stage} ${microseconds(a)} in a, ${microseconds(b)} in b`;
	const rank = slowest > 0 ? ` (of the slowest ${Number((slowest * 100).toPrecision(2))} %)` : '';
	return wrap(
		`felt by ${command}${rank}: ${microseconds(latency.a)} in a, ${microseconds(latency.b)} in b${where}`,
		0,
	);
}

function stallLines({stalls}: Difference): readonly string[] {
	return stalls.flatMap((stall, side) => (stall === null ? [] : [`${side === 0 ? 'a' : 'b'} stalls: ${stall}`]));
}

function microseconds(value: number | null): string {
	return value === null ? 'no response' : `${Number(value.toPrecision(3))} us`;
}

/** A time of a run to the nanosecond, in us or ms. */
function timeText(time: number): string {
	return time < 0.001 ? `${(time * 1e6).toFixed(3)} us` : `${(time * 1000).toFixed(6)} ms`;
}
