import * as z from 'zod/mini';
import {UserError} from '../errors/user-error.js';
import {firstDifference} from '../experiment/diff/first-difference.js';
import {type FirstDifference, type SideEvent} from '../experiment/diff/report.js';
import {decodeText, readBytes} from '../presets/file-text.js';
import {parsePreset} from '../presets/parse-preset.js';
import {nodePresetFiles} from '../presets/preset-files.js';
import {configurationOf} from '../presets/preset.js';
import {type ExpectReport, type RunReport} from '../report/run-report.js';
import {blockEvents} from '../run/run.js';
import {type Configuration} from '../simulation/configuration.js';
import {parametersHash} from '../simulation/parameters/parameters-hash.js';
import {Simulation} from '../simulation/simulation.js';
import {version} from '../version.js';

/** Largest report, bytes. */
const largestFile = 64 * 1_048_576;

const reportSchema = z.object({
	vqlab: z.string(),
	eventHash: z.string().check(z.regex(/^[\da-f]{16}$/v)),
	hashes: z._default(z.array(z.string()), []),
	parametersHash: z.string(),
	seed: z.number(),
	parameters: z.record(z.string(), z.unknown()),
	clients: z.array(z.unknown()),
	faults: z.array(z.unknown()),
	changes: z.array(z.unknown()),
});

type ExpectedReport = z.infer<typeof reportSchema>;

/** The run that `--expect` names: by its hash, or whole by a report. */
export type Expected = {
	/** The first 8 to 16 digits. */
	readonly eventHash: string;
	/** Null when nobody said what made it. */
	readonly vqlab: string | null;
	readonly report: ExpectedReport | null;
};

/**
Reads `HASH`, `HASH@VERSION` or the name of a file with the JSON of `vqlab run`.

@throws {UserError} for a file that is no such report.
*/
export function expectedOf(text: string): Expected {
	const [, hash, made] = /^([\dA-Fa-f]{8,16})(?:@(\S+))?$/v.exec(text) ?? [];
	if (hash !== undefined) {
		return {eventHash: hash.toLowerCase(), vqlab: made ?? null, report: null};
	}

	const report = reportIn(text);
	return {eventHash: report.eventHash, vqlab: report.vqlab, report};
}

function reportIn(file: string): ExpectedReport {
	let json: unknown;
	try {
		json = JSON.parse(decodeText(file, readBytes(nodePresetFiles(), file, largestFile)));
	} catch (error) {
		throw error instanceof UserError
			? new UserError(`--expect ${error.message}; it takes 8 to 16 digits of an event hash, or a report`)
			: new UserError(`--expect ${file}: it is no JSON; vqlab run --format json --output FILE makes one`);
	}

	const parsed = reportSchema.safeParse(json);
	if (!parsed.success) {
		throw new UserError(`--expect ${file}: it is not the JSON of vqlab run (one run, without --runs)`);
	}

	return parsed.data;
}

/** What a share line carries of a run that came to its end. */
export function shareHash({end, eventHash}: Pick<RunReport, 'end' | 'eventHash'>): string | undefined {
	return end === 'interrupted' ? undefined : `${eventHash}@${version}`;
}

/**
Says whether a run is the one that was expected; where a report tells more, the first block of
events that differs, and the first event where its run can be made again. `end`: of the run,
ns; `budget`: its events at most.
*/
export function expectReport(
	{eventHash, vqlab, report}: Expected,
	run: RunReport,
	made: {readonly configuration: Configuration; readonly end: number; readonly budget: number},
): ExpectReport {
	const same = run.eventHash.startsWith(eventHash);
	const found = {eventHash, vqlab, same};
	if (same) {
		return {...found, text: `same run: event hash ${run.eventHash}, ${run.events} events`};
	}

	const other =
		`another run: event hash ${eventHash}${vqlab === null ? '' : ` by vqlab ${vqlab}`} was expected, this is ` +
		`${run.eventHash} by vqlab ${version}`;
	return {...found, text: report === null ? other : `${other}; ${placeWords(report, run, made)}`};
}

function placeWords(
	report: ExpectedReport,
	run: RunReport,
	{
		configuration,
		end,
		budget,
	}: {readonly configuration: Configuration; readonly end: number; readonly budget: number},
): string {
	if (report.hashes.length === 0 && run.hashes.length > 0) {
		return 'the report has no hashes of blocks';
	}

	const block = firstOtherBlock(report.hashes, run.hashes);
	const place =
		`the first block that differs is ${block + 1} (events ${block * blockEvents} to ` +
		`${(block + 1) * blockEvents - 1})`;
	const known = report.changes.length + run.changes.length > 0 ? null : configurationIn(report);
	if (known === null) {
		return place;
	}

	const first = firstDifference(
		() => [new Simulation(known, report.seed), new Simulation(configuration, run.seed)],
		end,
		budget,
	);
	// Elsewhere the report was made by a program that runs otherwise.
	return first !== null && Math.floor(first.index / blockEvents) === block ? `${place}, ${eventWords(first)}` : place;
}

function firstOtherBlock(a: readonly string[], b: readonly string[]): number {
	const length = Math.min(a.length, b.length);
	for (let block = 0; block < length; block++) {
		if (a[block] !== b[block]) {
			return block;
		}
	}

	return length;
}

/**
The configuration that a report was made with; null when this program reads another one in it.
*/
function configurationIn(report: ExpectedReport): Configuration | null {
	const text = JSON.stringify({
		title: 'a report',
		story: 'The run of a report.',
		source: 'a report',
		theme: 'machine',
		parameters: report.parameters,
		clients: report.clients,
		faults: report.faults,
	});
	try {
		const preset = parsePreset(text, {
			file: 'the report',
			name: 'report',
			readEmpirical(reference) {
				throw new UserError(`${reference}: a report names no files`);
			},
		});
		const configuration = configurationOf(preset);
		return parametersHash(configuration) === report.parametersHash ? configuration : null;
	} catch (error) {
		if (error instanceof UserError) {
			return null;
		}

		throw error;
	}
}

function eventWords({index, a, b}: FirstDifference): string {
	return `the first event that differs is ${index}: ${oneEvent(a)} there, ${oneEvent(b)} here`;
}

function oneEvent(event: SideEvent | null): string {
	return event === null ? 'nothing more' : `${event.kind} of ${event.actor} at ${(event.time * 1e6).toFixed(3)} us`;
}
