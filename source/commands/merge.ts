import {UserError} from '../errors/user-error.js';
import {joined, missingPoints, noResults, readResults, type Results, setsOf} from '../experiment/sweep/results.js';
import {parseShard, pointsOf} from '../experiment/sweep/shard.js';
import {type LineLimits, readLinesOf} from '../files/read-lines.js';
import {sweepNdjson} from '../report/sweep-ndjson.js';
import {shellWord} from '../report/shell-word.js';
import {resultOf} from './command-result.js';
import {renderResults} from './render-results.js';
import {shownResults} from './sweep-options.js';
import {type CommandContext, type CommandOutcome} from './verb.js';

/** A results file that was read. */
type Part = {readonly name: string; readonly results: Results};

/** Of a file of results; a header names all points of a list. */
const limits: LineLimits = {line: 16 * 1_048_576, file: 1024 * 1_048_576};

/** Points that are named one by one in a complaint. */
const mostNamed = 4;

/**
`vqlab merge`: puts results of one sweep together and says what is
missing. Exit 1 when something is.
*/
export async function merge({input, line}: CommandContext): Promise<CommandOutcome> {
	const shown = shownResults(line.flags);
	if (input.length === 0) {
		throw new UserError(
			'merge: give the results of vqlab sweep, as in vqlab merge part-*.ndjson --output all.ndjson',
		);
	}

	const parts = input.map(name => ({name, results: partOf(name)}));
	const whole = joined(parts);
	const {output} = line.flags;
	const again = ['vqlab', 'merge', ...input.map(name => shellWord(name))];
	const keepsResults = output !== undefined && line.flags.format === undefined;
	const text = renderResults(whole, shown, again);
	return {
		...resultOf(text, complaints(parts, whole, keepsResults ? output : undefined)),
		...(keepsResults ? {file: sweepNdjson(whole)} : {}),
	};
}

function partOf(name: string): Results {
	const results = readResults(readLinesOf(name, limits), name);
	if (results === undefined) {
		throw noResults(name);
	}

	return results;
}

/** What is missing, and the command that makes it. */
function complaints(parts: readonly Part[], whole: Results, output: string | undefined): string[] {
	const missing = missingPoints(whole);
	if (missing.length === 0) {
		return [];
	}

	const {command} = whole.header;
	const shards = missingShards(parts, missing, whole.header.points);
	if (shards !== undefined) {
		return shards.map(
			({shard, file, points}) =>
				`shard ${shard} ${file === undefined ? 'is missing' : `is not finished (${file})`}, ` +
				`${pointWords(whole, points)}; this makes it: ${command} --shard ${shard} --output ` +
				`${shellWord(file ?? nameFor(shard, parts))}`,
		);
	}

	const [only] = parts;
	const words = `${pointWords(whole, missing)} missing; `;
	if (output !== undefined || parts.length === 1) {
		return [`${words}this makes them: ${command} --output ${shellWord(output ?? only.name)}`];
	}

	const files = parts.map(({name}) => shellWord(name)).join(' ');
	return [`${words}this makes them: vqlab merge ${files} --output all.ndjson; ${command} --output all.ndjson`];
}

type MissingShard = {readonly shard: string; readonly file: string | undefined; readonly points: readonly number[]};

/**
The shards that the missing points are in; undefined when the files are no shards of one division.
*/
function missingShards(
	parts: readonly Part[],
	missing: readonly number[],
	points: number,
): readonly MissingShard[] | undefined {
	const shards = parts.map(({results: {header}}) => (header.shard === null ? null : parseShard(header.shard)));
	const of = shards[0]?.of;
	if (of === undefined || shards.some(shard => shard?.of !== of)) {
		return undefined;
	}

	return Array.from({length: of}, (_, place): MissingShard => {
		const own = new Set(pointsOf({index: place + 1, of}, points));
		return {
			shard: `${place + 1}/${of}`,
			file: parts[shards.findIndex(shard => shard?.index === place + 1)]?.name,
			points: missing.filter(point => own.has(point)),
		};
	}).filter(({points: lacking}) => lacking.length > 0);
}

/** `part-1.ndjson` of shard 1 makes `part-3.ndjson` of shard 3. */
function nameFor(shard: string, parts: readonly Part[]): string {
	const [index] = shard.split('/', 1);
	const [{name, results}] = parts;
	const [own] = results.header.shard?.split('/', 1) ?? [];
	const place = own === undefined ? -1 : name.lastIndexOf(own);
	return place === -1 || own === undefined
		? `sweep-${index}.ndjson`
		: `${name.slice(0, place)}${index}${name.slice(place + own.length)}`;
}

/** `points 4, 7 to 9 (queue.size=16 driver.lockPolicy=kick-batched, …)`. */
function pointWords({header}: Results, points: readonly number[]): string {
	const sets = setsOf(header);
	const named = points.slice(0, mostNamed).map(point =>
		Object.entries(sets[point])
			.map(([key, value]) => `${key}=${String(value)}`)
			.join(' '),
	);
	const rest = points.length > mostNamed ? ', …' : '';
	return (
		`${points.length === 1 ? 'point' : `${points.length} points:`} ${rangesOf(points)} ` +
		`(${named.join(', ')}${rest})`
	);
}

function rangesOf(points: readonly number[]): string {
	const ranges: Array<[number, number]> = [];
	for (const point of points) {
		const last = ranges.at(-1);
		if (last?.[1] === point - 1) {
			last[1] = point;
		} else {
			ranges.push([point, point]);
		}
	}

	const words = ranges
		.slice(0, 12)
		.map(([from, to]) => (from === to ? String(from) : to === from + 1 ? `${from}, ${to}` : `${from} to ${to}`));
	return `${words.join(', ')}${ranges.length > 12 ? ', …' : ''}`;
}
