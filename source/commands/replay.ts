import {clientKey} from '../guest/client-parameters.js';
import {type GivenParameters, resolveParameters} from '../simulation/parameters/resolve.js';
import {parseSets} from '../simulation/parameters/parse-set.js';
import {UserError} from '../errors/user-error.js';
import {configured} from '../calibration/material.js';
import {type Facts} from '../calibration/facts.js';
import {mergedFacts} from '../calibration/simulated-facts.js';
import {fitReport, fitText} from '../calibration/fit-report.js';
import {replayClients} from '../calibration/replay-clients.js';
import {replayedFacts} from '../calibration/replayed-facts.js';
import {type Progress} from '../terminal/progress-line.js';
import {schema} from '../version.js';
import {calibrated} from './calibrate.js';
import {type CommandResult} from './command-result.js';
import {type Interrupt} from './interrupt.js';

export type ReplayOptions = {
	/** `--host`: a QEMU log. */
	readonly host: string | undefined;
	/** `--device`: whose events are used; the busiest device's without. */
	readonly device?: string | undefined;
	/** `--set`: what to change. */
	readonly set: readonly string[];
	readonly format: 'text' | 'json';
	readonly interrupt: Interrupt;
	readonly progress: Progress;
};

/** Replays with different random numbers, as of one: a recording is short. */
const replays = 8;

/** How many times longer than the recording a replay may take. */
const patience = 50;

/**
`vqlab replay <trace> --set key=value`: the recorded commands of each client through the machine
that the recording describes, as it was and with the changes. Throws `UserError`.
*/
export async function runReplayCommand(
	[file]: readonly string[],
	{host, device, set, format, interrupt, progress}: ReplayOptions,
): Promise<CommandResult> {
	if (file === undefined) {
		throw new UserError(
			'replay: give a recording: vqlab replay guest.txt --set driver.lockPolicy=kick-after-unlock (vqlab ' +
				'record --help says how to record)',
		);
	}

	const changes = parseSets(set);
	refuseClientKeys(changes);
	const {found, fitted, warnings} = await calibrated({guest: file, host, device}, {}, interrupt, progress);
	const base = configured(fitted.material, fitted.factors);
	const clients = replayClients(found.clients, fitted.factors.clients);
	const {recorded} = found;
	const longest = patience * Math.max(recorded.span, 10_000_000);
	const isChanged = Object.keys(changes).length > 0;
	let done = 0;
	// Nothing of it is worth showing before the end, so a signal ends the program at once.
	const run = (given: typeof changes): Facts | null => {
		const settings = {...base.given, ...given};
		const configuration = {
			parameters: resolveParameters(settings),
			clients,
			// Each at its time; the recording is over when it would come again.
			faults: base.faults.map(({every: _, ...once}) => once),
			given: settings,
		};
		const facts: Array<Facts | null> = [];
		for (let seed = 1; seed <= replays; seed++) {
			const all = isChanged ? 2 * replays : replays;
			progress.show('replay', done / all, `${++done} of ${all}`);
			facts.push(replayedFacts(configuration, seed, recorded.queue, longest));
		}

		return mergedFacts(facts);
	};

	const asIs = run({});
	if (asIs === null) {
		throw new UserError(
			`${file}: its commands do not get through the machine that it describes; see what vqlab calibrate ` +
				'says of it',
		);
	}

	const changed = isChanged ? run(changes) : null;
	const fit = fitReport(recorded, asIs);
	const difference = changed === null ? null : fitReport(asIs, changed);
	if (format === 'json') {
		return {
			output: `${JSON.stringify(
				{
					schema,
					warnings,
					recorded: fit,
					changed: difference,
				},
				undefined,
				2,
			)}\n`,
			exitCode: 0,
		};
	}

	const lines = [
		`${file}: ${recorded.commands} commands in ${(recorded.span / 1e6).toFixed(1)} ms, replayed`,
		...warnings.map(line => `  warning: ${line}`),
		fitText(fit),
	];
	if (difference !== null) {
		lines.push(`the same load with ${set.join(' ')}`, ...differenceLines(difference), '');
	} else if (set.length > 0) {
		lines.push(
			`with ${set.join(' ')} the load does not get through: the run stalls or takes more than ${patience} ` +
				'times as long',
			'',
		);
	}

	return {output: lines.join('\n'), exitCode: 0};
}

/** The recorded clients have no settings: each of their commands has its own time. */
function refuseClientKeys(changes: GivenParameters): void {
	for (const key of Object.keys(changes)) {
		if (clientKey(key) !== undefined) {
			throw new UserError(
				`${key}: replay sends each recorded command after its own recorded time, so its clients have no ` +
					'settings; vqlab calibrate writes a preset whose clients have them',
			);
		}
	}
}

/** The table without the judgement, which is about recordings. */
function differenceLines(difference: ReturnType<typeof fitReport>): readonly string[] {
	const [header, ...rest] = fitText(difference, 'as it was').split('\n');
	return [
		header.replace('simulated', '  changed').replace('error', 'difference'),
		...rest.slice(0, difference.rows.length),
	];
}
